//! The document of what is held back, since logins are other people's than before.

use kartoteka_directory::{HeldBack, HeldBackList, Relation};
use serde_json::{Value, json};

use crate::time;

/// What is held back.
pub fn held_back(list: &HeldBackList) -> Value {
    json!({
        "count": list.count,
        "items": list.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(held: &HeldBack) -> Value {
    json!({
        "UserLogin": held.login,
        "source": held.source,
        "source_name": held.source_name,
        // Larger than what every reader of JSON takes for a number.
        "identity": held.identity.to_string(),
        "identity_now": held.found.to_string(),
        "since": time::text(held.since),
        "given": held.relations.iter().map(given).collect::<Vec<_>>(),
        "others": held.others,
    })
}

fn given(relation: &Relation) -> Value {
    let (kind, name) = relation.in_words();
    json!({"kind": kind, "name": name})
}
