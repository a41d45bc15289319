//! Starting, deciding and ending reviews.

use kartoteka_directory::{Actor, Directory, Error, FieldError};
use kartoteka_reviews::{Decide, Decision, ItemFilter, Reviews, Subject};
use kartoteka_texts::language::Language;
use kartoteka_wire::reviews;
use serde_json::json;

use super::render::about;
use super::{Items, Of, Which};
use crate::exit::Exit;
use crate::output::{print, print_json};
use crate::problems::{field_errors, sentence};
use crate::relations::render;

/// Begins a review, or says what it would go through.
///
/// # Errors
/// As the use case.
pub async fn start(
    directory: &Directory,
    of: Of,
    note: &str,
    dry_run: bool,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let subject = match (of.group, of.customer) {
        (Some(group), _) => Subject::Group(group),
        (None, customer) => Subject::Customer(customer.unwrap_or_default()),
    };
    let plan = Reviews::of(directory)
        .plan_review(&Actor::operator(), subject)
        .await?;
    if dry_run {
        let exit = ended(&plan.errors);
        if as_json {
            print_json(&json!({
                "dry_run": true, "grants": plan.grants, "beside": plan.beside, "open": plan.open,
                "errors": field_errors(&plan.errors),
            }))?;
        } else {
            let mut text = format!(
                "{} grants of {} {:?} would be reviewed",
                plan.grants,
                plan.subject.kind().name(),
                plan.subject.key()
            );
            add_errors(&mut text, &plan.errors);
            print(&text)?;
        }
        return Ok(exit);
    }
    let review = Reviews::of(directory).start_review(plan, note).await?;
    match as_json {
        true => print_json(&reviews::review(&review))?,
        false => print(&about(&review).join("\n"))?,
    }
    Ok(Exit::Ok)
}

/// Decides on items.
///
/// # Errors
/// As the use case; mistakes name the items.
pub async fn decide(
    directory: &Directory,
    number: i64,
    items: Items,
    which: Which,
    (decision, comment): (Decision, Option<String>),
    as_json: bool,
) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let (changed, counts) = if items.all {
        let filter = ItemFilter {
            decision: which.only.map(super::DecisionOption::decision),
            outcome: None,
            search: which.search,
        };
        let done = Reviews::of(directory)
            .decide_all(&operator, number, &filter, decision, comment.as_deref())
            .await?;
        (done.changed, done.counts)
    } else {
        let wanted = items.numbers.iter().map(|item| Decide {
            item: *item,
            decision,
            comment: comment.clone(),
            version: None,
        });
        let done = Reviews::of(directory)
            .decide(&operator, number, wanted.collect())
            .await;
        let done = done.map_err(|error| at_numbers(error, &items.numbers))?;
        (done.changed, done.counts)
    };
    if as_json {
        let counts = json!({
            "items": counts.items, "decided": counts.decided(), "undecided": counts.undecided,
            "confirm": counts.confirm, "revoke": counts.revoke,
        });
        print_json(&json!({"changed": changed, "counts": counts}))?;
    } else {
        print(&format!(
            "{changed} changed; {} of {} decided, {} to revoke",
            counts.decided(),
            counts.items,
            counts.revoke
        ))?;
    }
    Ok(Exit::Ok)
}

/// Takes in what was given since.
///
/// # Errors
/// As the use case.
pub async fn take_in(directory: &Directory, number: i64, as_json: bool) -> anyhow::Result<Exit> {
    let added = Reviews::of(directory)
        .take_in_added(&Actor::operator(), number)
        .await?;
    match as_json {
        true => print_json(&json!({"added": added}))?,
        false => print(&format!("{added} taken in"))?,
    }
    Ok(Exit::Ok)
}

/// Signs a review off, or says what that would come to.
///
/// # Errors
/// As the use case; mistakes name the items.
pub async fn sign_off(
    directory: &Directory,
    number: i64,
    note: &str,
    dry_run: bool,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let plan = Reviews::of(directory)
        .plan_sign_off(&Actor::operator(), number)
        .await?;
    if dry_run {
        let exit = ended(&plan.errors);
        if as_json {
            let mut document = reviews::sign_off(&plan, Language::En);
            document["dry_run"] = true.into();
            print_json(&document)?;
        } else {
            let mut text = format!(
                "{} confirmed, {} to revoke, {} gone before, {} given since and not reviewed",
                plan.confirmed,
                plan.revoked.len(),
                plan.gone,
                plan.added
            );
            if !plan.relations.changes.is_empty() {
                let relations = &plan.relations;
                text.push('\n');
                text.push_str(&render(&relations.changes, &relations.effects, true));
            }
            add_errors(&mut text, &plan.errors);
            print(&text)?;
        }
        return Ok(exit);
    }
    let review = Reviews::of(directory).sign_off(plan, None, note).await?;
    match as_json {
        true => print_json(&reviews::review(&review))?,
        false => print(&about(&review).join("\n"))?,
    }
    Ok(Exit::Ok)
}

/// Cancels a review.
///
/// # Errors
/// As the use case.
pub async fn cancel(
    directory: &Directory,
    number: i64,
    note: &str,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let review = Reviews::of(directory)
        .cancel_review(&Actor::operator(), number, note)
        .await?;
    match as_json {
        true => print_json(&reviews::review(&review))?,
        false => print(&about(&review).join("\n"))?,
    }
    Ok(Exit::Ok)
}

fn ended(errors: &[FieldError]) -> Exit {
    match errors.is_empty() {
        true => Exit::Ok,
        false => Exit::Refused,
    }
}

fn add_errors(text: &mut String, errors: &[FieldError]) {
    for error in errors {
        text.push_str(&format!("\nerror: {}", sentence(error)));
    }
}

/// Mistakes by the numbers of the items instead of their places on the command line.
fn at_numbers(error: Error, numbers: &[i64]) -> Error {
    let Error::Invalid(errors) = error else {
        return error;
    };
    let one = |error: FieldError| {
        let place = error.field.split_once('.');
        let number = place.and_then(|(at, _)| numbers.get(at.parse::<usize>().ok()?));
        FieldError {
            field: number.map_or(error.field.clone(), |number| format!("item {number}")),
            problem: error.problem,
        }
    };
    Error::Invalid(errors.into_iter().map(one).collect())
}
