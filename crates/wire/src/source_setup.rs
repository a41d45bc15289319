//! Sources as they are set up, and what setting one up does.

use kartoteka_directory::Change;
use kartoteka_source_setup::{FirstRecord, Looked, SetupApplied, SetupPlanned, SetupShown};
use serde_json::{Value, json};

use crate::language::Language;
use crate::places::{in_body, mistakes};
use crate::sources::test;

/// A source as it is set up here.
pub fn shown(shown: &SetupShown) -> Value {
    json!({
        "id": shown.id,
        "version": shown.version,
        "document": shown.document,
        "secrets": shown.secrets,
        "locked": shown.locked,
        "said_in": shown.said,
        "refused": shown.refused,
    })
}

/// What would be done.
pub fn preview(plan: &SetupPlanned, language: Language) -> Value {
    let after = json!({
        "id": plan.id,
        "version": null,
        "document": plan.after,
        "secrets": plan.secrets,
    });
    let mut document = answer(after, &plan.changes, &plan.warnings, &plan.looked);
    document["errors"] = mistakes(&in_body(plan.errors.clone()), language);
    document["journal"] = Value::Null;
    document
}

/// What was done.
pub fn done(applied: &SetupApplied) -> Value {
    let after = json!({
        "id": applied.id,
        "version": applied.version,
        "document": applied.after,
        "secrets": applied.secrets,
    });
    let mut document = answer(after, &applied.changes, &applied.warnings, &applied.looked);
    document["errors"] = json!([]);
    document["journal"] = json!(
        applied
            .journal
            .map(|entry| json!({"first": entry, "count": 1}))
    );
    document
}

fn answer(mut document: Value, changes: &[Change], warnings: &[String], looked: &Looked) -> Value {
    let id = document["id"].as_str().unwrap_or_default().to_owned();
    let first = |one: &FirstRecord| {
        let fields: serde_json::Map<String, Value> = one
            .fields
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().into()))
            .collect();
        json!({
            "key": one.key, "name": one.name, "customer": one.customer, "valid": one.valid,
            "fields": fields,
        })
    };
    document["changes"] = json!(changes);
    document["warnings"] = json!(warnings);
    document["test"] = match looked.steps.is_empty() {
        true => Value::Null,
        false => test(&id, &looked.steps),
    };
    document["first"] = looked.first.iter().map(first).collect();
    document["known_elsewhere"] = json!(looked.known);
    document["looked_at"] = json!(looked.looked_at);
    document["effects"] = json!(looked.effects);
    document
}
