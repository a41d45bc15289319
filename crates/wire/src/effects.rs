//! What changes of relations come to, as JSON.

use kartoteka_access::AccessEffects;
use kartoteka_directory::{Relation, RelationChange};
use serde_json::{Map, Value, json};

/// The most logins that stand in one effect; their number is always exact.
const LISTED: usize = 100;

/// What was changed, or would be: what a save would be refused for, or the entries of the journal.
pub fn answer(
    of: &[RelationChange],
    effects: &AccessEffects,
    errors: Value,
    journal: Option<(i64, u64)>,
) -> Value {
    json!({
        "changes": changes(of),
        "effects": document(effects),
        "errors": errors,
        "journal": journal.map(entries),
    })
}

/// Entries of the journal: the number of the first, and how many.
pub fn entries((first, count): (i64, u64)) -> Value {
    json!({"first": first, "count": count})
}

/// Changes, in the words in which they are asked for.
pub fn changes(changes: &[RelationChange]) -> Value {
    changes.iter().map(change).collect()
}

fn change(change: &RelationChange) -> Value {
    let mut document = relation(&change.relation);
    if let Some(members) = document.as_object_mut() {
        members.insert("given".into(), change.given.into());
    }
    document
}

/// A relation by itself.
pub fn relation(relation: &Relation) -> Value {
    match relation {
        Relation::Customer { login, customer } => {
            json!({"relation": "customer", "login": login, "customer": customer})
        }
        Relation::PersonGroup {
            login,
            group,
            permission,
            ..
        } => json!({
            "relation": "person-group", "login": login, "group": group, "permission": permission,
        }),
        Relation::CustomerGroup {
            customer,
            group,
            permission,
            context,
            ..
        } => json!({
            "relation": "customer-group", "customer": customer, "group": group, "permission": permission,
            "context": context,
        }),
        Relation::Service { login, service, .. } => {
            json!({"relation": "service", "login": login, "service": service})
        }
    }
}

/// Who gains and who loses what.
pub fn document(effects: &AccessEffects) -> Value {
    let permissions = effects.permissions.iter().map(|effect| {
        let members = [
            ("group", json!(effect.group)),
            ("permission", json!(effect.permission)),
            ("customers", json!(effect.customers)),
        ];
        with_people(effect.gained, &effect.people, members)
    });
    let customers = effects.customers.iter().map(|effect| {
        let members = [("customer", json!(effect.customer))];
        with_people(effect.gained, &effect.people, members)
    });
    let services = effects.services.iter().map(|effect| {
        let members = [
            ("service", json!(effect.service)),
            ("everybody_without_own", json!(effect.everybody_without_own)),
        ];
        with_people(effect.gained, &effect.people, members)
    });
    json!({
        "permissions": permissions.collect::<Vec<_>>(),
        "customers": customers.collect::<Vec<_>>(),
        "services": services.collect::<Vec<_>>(),
    })
}

fn with_people<const N: usize>(
    gained: bool,
    people: &[String],
    members: [(&str, Value); N],
) -> Value {
    let mut document: Map<String, Value> = members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    document.insert("gained".into(), gained.into());
    document.insert("people".into(), people.len().into());
    document.insert("logins".into(), json!(people[..people.len().min(LISTED)]));
    Value::Object(document)
}
