//! Below which service one stands: all services to choose from, and the top.

use kartoteka_directory::{Kind, Search, ValidFilter};
use kartoteka_model::service::is_below;

use super::form::Choice;
use super::screen::{SERVICES, Screen};
use crate::context::Ctx;
use crate::failure::Failure;

/// The field with the full name of the service above.
pub const FIELD: &str = "Parent";

/// The most services that a form offers.
const MOST: u32 = 10_000;

/// The places that a service may have, in the order of the tree; none for records of other kinds. `own` is the
/// service that is placed: neither itself nor what is below it is offered.
pub async fn choices(ctx: &Ctx, screen: Screen, own: Option<&str>) -> Result<Vec<Choice>, Failure> {
    if screen != SERVICES {
        return Ok(Vec::new());
    }
    let search = Search {
        valid: ValidFilter::All,
        limit: MOST,
        ..Search::default()
    };
    let found = ctx
        .directory
        .search(&ctx.actor, Kind::Service, &search)
        .await?;
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        selected: false,
    };
    let mut choices = vec![choice("", ctx.t("services-top"))];
    let possible = found
        .rows
        .iter()
        .map(|row| row.key.as_str())
        .filter(|name| own.is_none_or(|own| *name != own && !is_below(name, own)));
    choices.extend(possible.map(|name| choice(name, name.to_owned())));
    Ok(choices)
}

/// The choices with one of them chosen. What is not offered any more stays to be seen.
pub fn chosen(choices: &[Choice], value: &str) -> Vec<Choice> {
    let mut choices = choices.to_vec();
    if !choices.iter().any(|choice| choice.value == value) {
        choices.push(Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            selected: false,
        });
    }
    for choice in &mut choices {
        choice.selected = choice.value == value;
    }
    choices
}
