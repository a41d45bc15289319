//! Records as JSON, lists of them, and what writing them would do.

use kartoteka_directory::{Fields, Found, Page, Row, SourceStatus};
use kartoteka_model::{Field, Record};
use kartoteka_records::Plan;
use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::messages::Mistake;
use crate::places::{Place, mistakes};
use crate::time;

/// Whether a field of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    Field::new(name, "", "").is_secret()
}

/// A single record as REST shows it: its preferences, too, as far as they are set.
pub fn full_document(source: &str, record: &Record, preferences: &Fields) -> Value {
    let mut document = document(source, record);
    for (key, value) in preferences {
        document[key] = value.as_str().into();
    }
    document
}

/// A record as REST shows it: its fields, and `Source`.
pub fn document(source: &str, record: &Record) -> Value {
    let mut members = fields(record);
    members.entry("Source").or_insert_with(|| source.into());
    Value::Object(members)
}

/// The fields of a record, secrets left out.
pub fn fields(record: &Record) -> Map<String, Value> {
    let shown = record.iter().filter(|(name, _)| !is_secret(name));
    shown
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

/// A record that was asked for alone; of a source that does not answer, since when.
pub fn found(found: &Found) -> Value {
    let mut document = full_document(&found.source, &found.record, &found.preferences);
    if let Some(since) = found.unavailable_since {
        document["unavailable_since"] = time::text(since).into();
    }
    document
}

/// A page of records.
pub fn page(page: &Page) -> Value {
    let row = |Row { source, record, .. }: &Row| document(source, record);
    json!({
        "items": page.rows.iter().map(row).collect::<Vec<_>>(),
        "total": page.total.count,
        "total_exact": page.total.exact,
        "next": page.next,
        "sources": page.sources.iter().map(source).collect::<Vec<_>>(),
        "index": page.index,
    })
}

fn source(status: &SourceStatus) -> Value {
    json!({
        "id": status.id,
        "name": status.name,
        "writable": status.writable,
        "unavailable_since": status.unavailable_since.map(time::text),
        "mirrored": status.mirrored,
        "first_only": status.first_only,
        "stale_since": status.stale_since.map(time::text),
    })
}

/// What a write would do, and what it would be refused for.
pub fn plan(plan: &Plan, errors: &[(Place, Mistake)], language: Language) -> Value {
    json!({
        "source": plan.source,
        "key": plan.key,
        "before": plan.before.as_ref().map(fields),
        "after": fields(&plan.after),
        "changes": plan.changes,
        "effects": plan.effects,
        "errors": mistakes(errors, language),
    })
}
