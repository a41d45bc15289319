//! Who had a permission in a group on a past day, and who gained and lost it until another.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory};
use kartoteka_model::access::{Permission, Why};
use kartoteka_wire::past::{
    CustomersDifference, HoldersDifference, PastCustomersOfGroup, PastHoldersOfGroup,
};
use serde_json::{Value, json};

use super::HolderQuery;
use super::explain::reasons_text;
use super::past::Past;
use super::who::listed;
use crate::exit::Exit;
use crate::output::{Table, print_json};

/// Somebody who had a permission, or gained or lost it: key; the key of then, `gained` or `lost`; name; why.
type Line = (String, String, String, Vec<(Permission, Why)>);

/// Those who did.
struct Found {
    lines: Vec<Line>,
    total: u64,
    next: Option<String>,
    /// What REST answers.
    document: Value,
}

/// Lists them: people, or customers.
///
/// # Errors
/// As the use cases.
pub async fn who(
    directory: &Directory,
    asked: &HolderQuery,
    past: Past,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let found = match past.compare {
        Some(compare) => between(directory, asked, (past.as_of, compare)).await?,
        None => then(directory, asked, past.as_of).await?,
    };
    let key = match asked.customers {
        true => "CustomerID",
        false => "UserLogin",
    };
    if as_json {
        print_json(&found.document)?;
        return Ok(Exit::Ok);
    }
    let heading = match past.compare {
        Some(_) => "Change",
        None => "Then",
    };
    let mut table = Table::new(&[key, heading, "Name", "Why"]);
    for (one, then, text, why) in &found.lines {
        table.row([one, then, text, &reasons_text(why)]);
    }
    listed(
        &table,
        found.lines.len(),
        found.total,
        found.next.as_deref(),
    )
}

async fn then(directory: &Directory, asked: &HolderQuery, at: i64) -> anyhow::Result<Found> {
    let operator = Actor::operator();
    let (group, permission) = (asked.group.as_str(), asked.permission.as_str());
    if asked.customers {
        let what = (permission, asked.context());
        let page = Access::of(directory)
            .customer_holders_as_of(&operator, group, what, at, asked.page())
            .await?;
        let document = json!(PastCustomersOfGroup::of(&page, at));
        let lines = page.holders.into_iter();
        return Ok(Found {
            lines: lines
                .map(|one| (one.customer, one.customer_then, one.text, one.reasons))
                .collect(),
            document,
            total: page.total,
            next: page.next,
        });
    }
    let page = Access::of(directory)
        .holders_as_of(&operator, group, permission, at, asked.page())
        .await?;
    let document = json!(PastHoldersOfGroup::of(&page, at));
    let lines = page.holders.into_iter();
    Ok(Found {
        lines: lines
            .map(|one| (one.login, one.login_then, one.text, one.reasons))
            .collect(),
        document,
        total: page.total,
        next: page.next,
    })
}

async fn between(
    directory: &Directory,
    asked: &HolderQuery,
    moments: (i64, i64),
) -> anyhow::Result<Found> {
    let operator = Actor::operator();
    let (group, permission) = (asked.group.as_str(), asked.permission.as_str());
    let change = |gained: bool| match gained {
        true => "gained".to_owned(),
        false => "lost".to_owned(),
    };
    if asked.customers {
        let what = (permission, asked.context());
        let page = Access::of(directory)
            .customer_holders_between(&operator, group, what, moments, asked.page())
            .await?;
        let document = json!(CustomersDifference::of(&page, moments));
        let lines = page.customers.into_iter();
        return Ok(Found {
            lines: lines
                .map(|one| (one.customer, change(one.gained), one.text, one.reasons))
                .collect(),
            document,
            total: page.gained + page.lost,
            next: page.next,
        });
    }
    let page = Access::of(directory)
        .holders_between(&operator, group, permission, moments, asked.page())
        .await?;
    let document = json!(HoldersDifference::of(&page, moments));
    let lines = page.people.into_iter();
    Ok(Found {
        lines: lines
            .map(|one| (one.login, change(one.gained), one.text, one.reasons))
            .collect(),
        document,
        total: page.gained + page.lost,
        next: page.next,
    })
}
