//! Who had a group on a past day, and who gained and lost it until another.

use kartoteka_directory::{Actor, Directory};
use kartoteka_model::access::{Context, Group};
use serde_json::{Value, json};

use super::super::problem::Problem;
use super::super::time;
use super::documents::reasons;
use super::paging::Paging;
use super::past::Past;

/// The people with a permission in a group.
pub async fn people(
    directory: &Directory,
    actor: &Actor,
    (group, permission): (&str, &str),
    past: Past,
    wanted: &Paging,
) -> Result<Value, Problem> {
    let page = (wanted.after.as_deref(), wanted.limit);
    if let Some(compare) = past.compare {
        let moments = (past.as_of, compare);
        let found = directory
            .holders_between(actor, group, permission, moments, page)
            .await?;
        let items = found.people.iter().map(|one| {
            json!({
                "UserLogin": one.login,
                "text": one.text,
                "gained": one.gained,
                "reasons": reasons(&one.reasons),
            })
        });
        let mut document = list(&found.name, &found.permission, items, found.next.as_deref());
        between(&mut document, past, compare, (found.gained, found.lost));
        return Ok(document);
    }
    let found = directory
        .holders_as_of(actor, group, permission, past.as_of, page)
        .await?;
    let items = found.holders.iter().map(|one| {
        json!({
            "UserLogin": one.login,
            "login_then": one.login_then,
            "text": one.text,
            "reasons": reasons(&one.reasons),
        })
    });
    let mut document = list(&found.name, &found.permission, items, found.next.as_deref());
    document["total"] = found.total.into();
    of_then(&mut document, past, found.group.as_ref());
    Ok(document)
}

/// The customers with a permission in a group in a context.
pub async fn customers(
    directory: &Directory,
    actor: &Actor,
    (group, permission, context): (&str, &str, Context),
    past: Past,
    wanted: &Paging,
) -> Result<Value, Problem> {
    let page = (wanted.after.as_deref(), wanted.limit);
    let what = (permission, context);
    if let Some(compare) = past.compare {
        let moments = (past.as_of, compare);
        let found = directory
            .customer_holders_between(actor, group, what, moments, page)
            .await?;
        let items = found.customers.iter().map(|one| {
            json!({
                "CustomerID": one.customer,
                "text": one.text,
                "gained": one.gained,
                "reasons": reasons(&one.reasons),
            })
        });
        let mut document = list(&found.name, &found.permission, items, found.next.as_deref());
        document["context"] = json!(found.context);
        between(&mut document, past, compare, (found.gained, found.lost));
        return Ok(document);
    }
    let found = directory
        .customer_holders_as_of(actor, group, what, past.as_of, page)
        .await?;
    let items = found.holders.iter().map(|one| {
        json!({
            "CustomerID": one.customer,
            "customer_then": one.customer_then,
            "text": one.text,
            "reasons": reasons(&one.reasons),
        })
    });
    let mut document = list(&found.name, &found.permission, items, found.next.as_deref());
    document["context"] = json!(found.context);
    document["total"] = found.total.into();
    of_then(&mut document, past, found.group.as_ref());
    Ok(document)
}

/// A page of those who have a permission in a group, whenever that is.
fn list(
    group: &str,
    permission: &str,
    items: impl Iterator<Item = Value>,
    next: Option<&str>,
) -> Value {
    json!({
        "group": group,
        "permission": permission,
        "items": items.collect::<Vec<_>>(),
        "next": next,
    })
}

/// Between which moments, and how many gained and lost it.
fn between(document: &mut Value, past: Past, compare: i64, (gained, lost): (u64, u64)) {
    document["as_of"] = past.as_of().into();
    document["compare"] = time::moment(compare).into();
    document["gained"] = gained.into();
    document["lost"] = lost.into();
}

/// What the group was then.
fn of_then(document: &mut Value, past: Past, group: Option<&Group>) {
    document["as_of"] = past.as_of().into();
    document["known"] = group.is_some().into();
    document["group_then"] = json!(group.map(|group| &group.name));
    document["valid"] = group.is_some_and(|group| group.valid).into();
}
