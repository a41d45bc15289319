//! What somebody had on a past day, and what was gained and lost since.

use jiff::tz::TimeZone;
use kartoteka_access::{Access, AccessDifference};
use kartoteka_directory::{Actor, Directory};
use kartoteka_model::access::Context;
use kartoteka_wire::access::{PermissionsOfCustomer, PermissionsOfPerson};

use super::explain::rows;
use super::{Days, Of};
use crate::exit::{Ended, Exit};
use crate::output::{Table, print, print_json, time};

/// A moment, and the one to compare it with; in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Past {
    pub as_of: i64,
    pub compare: Option<i64>,
}

/// The moments that the command line names; days end in the zone of the machine.
///
/// # Errors
/// For what is no day, the future, and the time before the journal begins.
pub async fn asked(directory: &Directory, days: &Days) -> anyhow::Result<Option<Past>> {
    let Some(as_of) = &days.as_of else {
        return Ok(None);
    };
    let zone = TimeZone::system();
    let as_of = Access::of(directory)
        .moment("--as-of", as_of, &zone)
        .await?;
    let compare = match &days.compare {
        Some(compare) => Some(
            Access::of(directory)
                .moment("--compare", compare, &zone)
                .await?,
        ),
        None => None,
    };
    Ok(Some(Past { as_of, compare }))
}

/// Shows what a person or customer had.
///
/// # Errors
/// As the use cases.
pub async fn show(
    directory: &Directory,
    of: Of,
    past: Past,
    as_json: bool,
) -> anyhow::Result<Exit> {
    match of {
        Of {
            login: Some(login), ..
        } => person(directory, &login, past, as_json).await,
        Of {
            customer: Some(customer),
            ..
        } => customer_had(directory, &customer, past, as_json).await,
        _ => {
            let message = "--as-of goes with a login or --customer; for a group see `kartoteka permissions who`";
            Err(Ended::usage(message).into())
        }
    }
}

async fn customer_had(
    directory: &Directory,
    id: &str,
    past: Past,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let access = Access::of(directory)
        .customer_permissions_as_of(&operator, id, past.as_of)
        .await?;
    let between = match past.compare {
        Some(compare) => {
            let between =
                Access::of(directory).customer_access_between(&operator, id, past.as_of, compare);
            Some((compare, between.await?))
        }
        None => None,
    };
    if as_json {
        let then = PermissionsOfCustomer::then(&access, past.as_of);
        print_json(&match &between {
            Some((compare, found)) => then.compared(*compare, found),
            None => then,
        })?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Group", "Permission", "Why"]);
    for (context, effective) in &access.effective {
        let before = match context {
            Context::Same => "",
            Context::Other => "tickets of other customers: ",
        };
        rows(&mut table, before, effective);
    }
    let mut effective = access.effective.iter();
    let held = match effective.all(|(_, held)| held.groups.is_empty()) {
        true if !access.facts.known => format!("customer {:?} was not known", access.customer),
        true => format!("customer {:?} had nothing", access.customer),
        false => table.to_string(),
    };
    render(past.as_of, held, between.as_ref())
}

async fn person(
    directory: &Directory,
    login: &str,
    past: Past,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let access = Access::of(directory)
        .permissions_as_of(&operator, login, past.as_of)
        .await?;
    let between = match past.compare {
        Some(compare) => {
            let between =
                Access::of(directory).access_between(&operator, login, past.as_of, compare);
            Some((compare, between.await?))
        }
        None => None,
    };
    if as_json {
        let then = PermissionsOfPerson::then(&access, past.as_of);
        print_json(&match &between {
            Some((compare, found)) => then.compared(*compare, found),
            None => then,
        })?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Group", "Permission", "Why"]);
    rows(&mut table, "", &access.effective);
    let login = &access.login;
    let held = match access.effective.groups.is_empty() {
        true if !access.person.known => format!("{login:?} was not known"),
        true if !access.person.valid => format!("{login:?} was not valid and had nothing"),
        true => format!("{login:?} had nothing"),
        false => table.to_string(),
    };
    render(past.as_of, held, between.as_ref())
}

fn render(
    as_of: i64,
    held: String,
    between: Option<&(i64, Vec<AccessDifference>)>,
) -> anyhow::Result<Exit> {
    let mut text = format!("on {}:\n{held}", time(as_of / 1000));
    if let Some((compare, found)) = between {
        text.push_str(&format!("\n\nuntil {}:", time(compare / 1000)));
        if found.is_empty() {
            text.push_str("\nnothing changed");
        }
        for one in found {
            text.push_str(&format!("\n- {}", difference_text(one)));
        }
    }
    print(&text)?;
    Ok(Exit::Ok)
}

fn difference_text(one: &AccessDifference) -> String {
    let what = if one.gained { "gained" } else { "lost" };
    let context = match one.context {
        Some(Context::Other) => ", tickets of other customers",
        _ => "",
    };
    format!(
        "{what} {} in group {:?}{context}",
        one.permission, one.group
    )
}
