//! Giving and taking relations at the terminal: done, or shown with what it comes to.

use kartoteka_access::{Access, AccessEffects, RelationPlan, Wanted};
use kartoteka_directory::{Actor, Directory, Error, FieldError, Relation, RelationChange};
use kartoteka_texts::language::Language;
use kartoteka_wire::effects;
use kartoteka_wire::places::{mistakes, without_places};
use serde_json::json;

use crate::exit::Exit;
use crate::output::{print, print_json};
use crate::problems::sentence;
use crate::records::Saving;

/// Does what is wanted, all of it or nothing, or shows what it would come to.
///
/// # Errors
/// `Invalid` when something can't be given or taken.
pub async fn relate(
    directory: &Directory,
    wanted: Vec<Wanted>,
    how: Saving,
) -> anyhow::Result<Exit> {
    let plan = Access::of(directory)
        .plan_relations(&Actor::operator(), wanted)
        .await?;
    finish(directory, plan, how).await
}

/// Does what a plan says, or shows it.
///
/// # Errors
/// `Invalid` when something can't be given or taken.
pub async fn finish(
    directory: &Directory,
    plan: RelationPlan,
    how: Saving,
) -> anyhow::Result<Exit> {
    if how.dry_run {
        let errors = plain(plan.errors.clone());
        let exit = if errors.is_empty() {
            Exit::Ok
        } else {
            Exit::Refused
        };
        if how.json {
            let errors = mistakes(&without_places(plan.errors.clone()), Language::En);
            let answer = effects::answer(&plan.changes, &plan.effects, errors, None);
            print_json(&answer)?;
        } else {
            let mut text = render(&plan.changes, &plan.effects, true);
            for error in &errors {
                text.push_str(&format!("\nerror: {}", sentence(error)));
            }
            print(&text)?;
        }
        return Ok(exit);
    }
    if !plan.errors.is_empty() {
        return Err(Error::Invalid(plain(plan.errors.clone())).into());
    }
    let applied = match Access::of(directory).apply_relations(plan).await {
        Err(Error::Invalid(errors)) => return Err(Error::Invalid(plain(errors)).into()),
        applied => applied?,
    };
    if how.json {
        let (changes, effects) = (&applied.changes, &applied.effects);
        print_json(&effects::answer(
            changes,
            effects,
            json!([]),
            applied.journal,
        ))?;
    } else {
        print(&render(&applied.changes, &applied.effects, false))?;
    }
    Ok(Exit::Ok)
}

/// Fields without the number of the relation: the command line names few, and each mistake names its field. What is
/// wrong with several of them is said once.
pub fn plain(errors: Vec<FieldError>) -> Vec<FieldError> {
    let mut found: Vec<FieldError> = vec![];
    for error in errors {
        let field = error.field.split_once('.').map(|(_, part)| part.to_owned());
        let error = FieldError {
            field: field.unwrap_or(error.field),
            problem: error.problem,
        };
        if !found.contains(&error) {
            found.push(error);
        }
    }
    found
}

/// Changes and what they come to, a line each.
pub fn render(changes: &[RelationChange], effects: &AccessEffects, dry_run: bool) -> String {
    if changes.is_empty() {
        return "everything is as wanted already".into();
    }
    let mut lines: Vec<String> = changes
        .iter()
        .map(|change| change_text(change, dry_run))
        .collect();
    lines.extend(
        effect_texts(effects)
            .into_iter()
            .map(|text| format!("- {text}")),
    );
    lines.join("\n")
}

fn change_text(change: &RelationChange, dry_run: bool) -> String {
    let what = match &change.relation {
        Relation::Customer { login, customer } => format!("customer {customer:?} of {login:?}"),
        Relation::PersonGroup {
            login,
            group,
            permission,
            ..
        } => format!("{permission} in group {group:?} of {login:?}"),
        Relation::CustomerGroup {
            customer,
            group,
            permission,
            context,
            ..
        } => format!(
            "{permission} in group {group:?} of customer {customer:?}, tickets of {}",
            match context {
                kartoteka_model::access::Context::Same => "the same customer",
                kartoteka_model::access::Context::Other => "other customers",
            }
        ),
        Relation::Service { login, service, .. } => match login.as_str() {
            "<DEFAULT>" => format!("default service {service:?}"),
            _ => format!("service {service:?} of {login:?}"),
        },
    };
    let done = match (change.given, dry_run) {
        (true, false) => "given",
        (false, false) => "taken",
        (true, true) => "would be given",
        (false, true) => "would be taken",
    };
    format!("{done}: {what}")
}

/// Who gains and who loses what, one line each.
fn effect_texts(effects: &AccessEffects) -> Vec<String> {
    let verb = |gained: bool, count: usize| match (gained, count) {
        (true, 1) => "gets",
        (true, _) => "get",
        (false, 1) => "loses",
        (false, _) => "lose",
    };
    let permissions = effects.permissions.iter().map(|effect| {
        let count = effect.people.len();
        let customers = match effect.customers {
            0 => String::new(),
            1 => " of 1 customer".into(),
            many => format!(" of {many} customers"),
        };
        format!(
            "{}{customers} {} {} in group {:?}",
            people(count),
            verb(effect.gained, count),
            effect.permission,
            effect.group
        )
    });
    let customers = effects.customers.iter().map(|effect| {
        let count = effect.people.len();
        let verb = match (effect.gained, count) {
            (true, 1) => "comes to belong",
            (true, _) => "come to belong",
            (false, 1) => "no longer belongs",
            (false, _) => "no longer belong",
        };
        format!("{} {verb} to customer {:?}", people(count), effect.customer)
    });
    let services = effects.services.iter().flat_map(|effect| {
        let count = effect.people.len();
        let some = (count > 0).then(|| people(count));
        let all = effect
            .everybody_without_own
            .then(|| "everybody without services of their own".to_owned());
        let count = if effect.everybody_without_own {
            1
        } else {
            count
        };
        some.into_iter().chain(all).map(move |who| {
            format!(
                "{who} {} service {:?}",
                verb(effect.gained, count),
                effect.service
            )
        })
    });
    permissions.chain(customers).chain(services).collect()
}

/// How many people, in words.
pub fn people(count: usize) -> String {
    match count {
        1 => "1 person".into(),
        many => format!("{many} people"),
    }
}
