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
        return Ok(json!({
            "group": found.name,
            "permission": found.permission,
            "as_of": past.as_of(),
            "compare": time::moment(compare),
            "items": items.collect::<Vec<_>>(),
            "gained": found.gained,
            "lost": found.lost,
            "next": found.next,
        }));
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
    let items = items.collect::<Vec<_>>();
    let mut document = json!({
        "group": found.name,
        "permission": found.permission,
        "items": items,
        "total": found.total,
        "next": found.next,
    });
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
        return Ok(json!({
            "group": found.name,
            "permission": found.permission,
            "context": found.context,
            "as_of": past.as_of(),
            "compare": time::moment(compare),
            "items": items.collect::<Vec<_>>(),
            "gained": found.gained,
            "lost": found.lost,
            "next": found.next,
        }));
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
    let items = items.collect::<Vec<_>>();
    let mut document = json!({
        "group": found.name,
        "permission": found.permission,
        "context": found.context,
        "items": items,
        "total": found.total,
        "next": found.next,
    });
    of_then(&mut document, past, found.group.as_ref());
    Ok(document)
}

/// What the group was then.
fn of_then(document: &mut Value, past: Past, group: Option<&Group>) {
    document["as_of"] = past.as_of().into();
    document["known"] = group.is_some().into();
    document["group_then"] = json!(group.map(|group| &group.name));
    document["valid"] = group.is_some_and(|group| group.valid).into();
}
