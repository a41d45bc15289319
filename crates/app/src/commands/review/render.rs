//! Reviews on the screen and in files.

use std::path::PathBuf;

use anyhow::Context as _;
use kartoteka_directory::{Actor, Directory, Relation};
use kartoteka_model::access::{Context, Why};
use kartoteka_reviews::{
    ItemFilter, OtherAccessReason, OtherGrant, Review, ReviewFilter, ReviewItem, ReviewState,
    Reviews,
};
use kartoteka_wire::reviews;
use serde_json::json;

use super::{FormatOption, Which};
use crate::exit::Exit;
use crate::output::{Table, print, print_json, time};

/// Which page: after a number, at most so many.
pub type Paging = (Option<i64>, u32);

/// Lists reviews.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    directory: &Directory,
    state: Option<ReviewState>,
    (before, limit): Paging,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let filter = ReviewFilter {
        state,
        before,
        limit,
    };
    let page = Reviews::of(directory)
        .reviews(&Actor::operator(), &filter)
        .await?;
    if as_json {
        let items: Vec<_> = page.reviews.iter().map(reviews::review).collect();
        print_json(&json!({"items": items, "next": page.next}))?;
        return Ok(Exit::Ok);
    }
    if page.reviews.is_empty() {
        print("there are no reviews; `kartoteka review start --group NAME` begins one")?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["No.", "Of", "State", "Decided", "Begun", "By", "Ended"]);
    for review in &page.reviews {
        table.row([
            review.id.to_string(),
            subject(review),
            review.state.name().into(),
            format!("{} of {}", review.counts.decided(), review.counts.items),
            time(review.started),
            review.started_by.clone(),
            review.ended.map(time).unwrap_or_default(),
        ]);
    }
    let mut text = table.to_string();
    if let Some(next) = page.next {
        text.push_str(&format!("\nmore: --after {next}"));
    }
    print(&text)?;
    Ok(Exit::Ok)
}

/// Shows a review and a page of its items.
///
/// # Errors
/// `Unknown` for one that is not there.
pub async fn show(
    directory: &Directory,
    number: i64,
    which: Which,
    (after, limit): Paging,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let review = Reviews::of(directory).review(&operator, number).await?;
    let filter = ItemFilter {
        decision: which.only.map(super::DecisionOption::decision),
        outcome: None,
        search: which.search,
    };
    let page = Reviews::of(directory)
        .review_items(&operator, number, &filter, after, limit)
        .await?;
    let drift = Reviews::of(directory)
        .review_drift(&operator, number, 20)
        .await?;
    let open = review.ended.is_none();
    if as_json {
        let items: Vec<_> = page
            .items
            .iter()
            .map(|item| reviews::item(item, open))
            .collect();
        print_json(&json!({
            "review": reviews::review(&review), "items": items, "total": page.total, "next": page.next,
            "added": drift.added_total, "gone": drift.gone,
        }))?;
        return Ok(Exit::Ok);
    }
    let mut lines = about(&review);
    if drift.added_total > 0 {
        lines.push(format!(
            "given since the review began: {}; `kartoteka review take-in {number}` takes that in",
            drift.added_total
        ));
    }
    let mut table = Table::new(&[
        "No.", "Who", "Name", "What", "People", "Decision", "By", "Notes",
    ]);
    for item in &page.items {
        table.row([
            item.seq.to_string(),
            item.holder().to_owned(),
            item.text.clone(),
            what(&item.relation),
            item.reach.to_string(),
            match item.outcome {
                Some(outcome) => format!("{} ({})", item.decision.name(), outcome.name()),
                None => item.decision.name().to_owned(),
            },
            item.decided_by.clone(),
            notes(item),
        ]);
    }
    lines.push(table.to_string());
    match page.next {
        Some(next) => lines.push(format!("{} items; more: --after {next}", page.total)),
        None => lines.push(format!("{} items", page.total)),
    }
    print(&lines.join("\n"))?;
    Ok(Exit::Ok)
}

/// What a review says of itself, line by line.
pub fn about(review: &Review) -> Vec<String> {
    let counts = &review.counts;
    let mut lines = vec![format!(
        "review {} of {}: {}; {} of {} decided, {} to revoke",
        review.id,
        subject(review),
        review.state.name(),
        counts.decided(),
        counts.items,
        counts.revoke
    )];
    if !review.note.is_empty() {
        lines.push(format!("note: {}", review.note));
    }
    for beside in &review.beside {
        lines.push(match beside.why {
            OtherAccessReason::SupportOff => {
                "permissions by group are off: everybody has everything, whatever is decided".into()
            }
            OtherAccessReason::AlwaysGroup => {
                format!("everybody has group {:?} anyway", beside.group)
            }
            OtherAccessReason::CompanyAlwaysGroup => {
                format!("every customer has group {:?} anyway", beside.group)
            }
            OtherAccessReason::InvalidGroup => format!("group {:?} is not valid", beside.group),
            OtherAccessReason::InvalidCustomer => "the customer is not valid".into(),
        });
    }
    if let Some(result) = &review.result {
        lines.push(format!(
            "signed off by {}: {} confirmed, {} revoked, {} gone before",
            review.ended_by,
            result.confirmed,
            result.revoked,
            result.gone()
        ));
        if result.added > 0 {
            lines.push(format!("given since and not reviewed: {}", result.added));
        }
    }
    lines
}

fn subject(review: &Review) -> String {
    let key = review.subject.key();
    match review.named == key {
        true => format!("{} {key:?}", review.subject.kind().name()),
        false => format!(
            "{} {key:?} (was {:?})",
            review.subject.kind().name(),
            review.named
        ),
    }
}

fn what(relation: &Relation) -> String {
    match relation {
        Relation::CustomerGroup {
            group,
            permission,
            context,
            ..
        } => match context {
            Context::Same => format!("{permission} in {group:?}"),
            Context::Other => format!("{permission} in {group:?}, tickets of other customers"),
        },
        Relation::PersonGroup {
            group, permission, ..
        } => format!("{permission} in {group:?}"),
        Relation::Customer { customer, .. } => format!("further customer {customer:?}"),
        Relation::Service { service, .. } => format!("service {service:?}"),
    }
}

fn notes(item: &ReviewItem) -> String {
    let mut notes = vec![];
    if !item.given {
        notes.push("no longer given".to_owned());
    }
    if !item.known {
        notes.push("unknown".to_owned());
    } else if !item.valid {
        notes.push("invalid".to_owned());
    }
    if item.named != item.holder() {
        notes.push(format!("was {:?}", item.named));
    }
    notes.extend(item.also.iter().map(|also| match also {
        OtherGrant::Permission { why, .. } => match why {
            Why::Direct => "given otherwise too".to_owned(),
            Why::ViaCustomer { customer, .. } => format!("also through {customer:?}"),
            Why::AlwaysGroup | Why::CompanyAlwaysGroup { .. } => "also by an always-group".into(),
            Why::SupportOff => "also since permissions by group are off".into(),
        },
        OtherGrant::Belongs { .. } => "also by the person's own record".to_owned(),
    }));
    if !item.comment.is_empty() {
        notes.push(item.comment.clone());
    }
    notes.join("; ")
}

/// Writes a review with all its items.
///
/// # Errors
/// `Unknown` for one that is not there; when the file can't be written.
pub async fn export(
    directory: &Directory,
    number: i64,
    format: FormatOption,
    output: Option<PathBuf>,
) -> anyhow::Result<Exit> {
    let export = Reviews::of(directory)
        .export_review(&Actor::operator(), number)
        .await?;
    let text = match format {
        FormatOption::Csv => export.csv(','),
        FormatOption::Json => serde_json::to_string_pretty(&reviews::export(&export))?,
    };
    match output {
        None => print(text.trim_end())?,
        Some(file) => {
            std::fs::write(&file, text)
                .with_context(|| format!("{} can't be written", file.display()))?;
        }
    }
    Ok(Exit::Ok)
}
