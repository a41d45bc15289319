//! Sources, what a test of one found, and keys that several have.

use kartoteka_directory::doctor::{Finding, Step};
use kartoteka_directory::{Conflict, Conflicts, SourceState};
use kartoteka_model::Field;
use serde_json::{Value, json};

use crate::language::Language;
use crate::{findings, time};

/// How a source is.
pub fn source(state: &SourceState, now: i64) -> Value {
    let error = state.last_error.as_ref().map(|error| {
        let mut document = finding(&error.finding);
        document["at"] = time::text(error.at).into();
        document
    });
    json!({
        "id": state.status.id,
        "name": state.status.name,
        "kind": state.kind.name(),
        "module": state.module,
        "origin": state.origin,
        "writable": state.status.writable,
        "answers": state.asked.then_some(state.status.unavailable_since.is_none()),
        "unavailable_since": state.status.unavailable_since.map(time::text),
        "latency_ms": state.latency_ms,
        "last_error": error,
        "valid": state.records[0],
        "others": state.records[1],
        "in_step_at": state.in_step_at.map(time::text),
        "age_seconds": state.age(now),
        "tells_changes": state.tells_changes.name(),
        "has_passwords": state.has_passwords,
        "conflicts": state.conflicts,
        "more_conflicts": state.more_conflicts,
    })
}

/// The same with its fields.
pub fn source_with_fields(state: &SourceState, now: i64) -> Value {
    let mut document = source(state, now);
    let field = |field: &Field| {
        json!({
            "name": field.name,
            "label": field.label,
            "column": field.column,
            "required": field.required,
            "secret": field.is_secret(),
        })
    };
    document["fields"] = state.fields.iter().map(field).collect();
    document
}

/// What a test found.
pub fn test(id: &str, steps: &[Step]) -> Value {
    let worst = steps.iter().map(Step::outcome).max();
    json!({
        "source": id,
        "outcome": worst.map(|worst| worst.name()),
        "steps": steps.iter().map(step).collect::<Vec<_>>(),
    })
}

fn step(step: &Step) -> Value {
    let fields: serde_json::Map<String, Value> = step
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    json!({
        "step": step.name.name(),
        "on": step.on,
        "outcome": step.outcome().name(),
        "milliseconds": u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX),
        "findings": step.findings.iter().map(finding).collect::<Vec<_>>(),
        "asked": step.asked,
        "fields": fields,
    })
}

/// Something that was found, in English.
fn finding(finding: &Finding) -> Value {
    json!({
        "finding": finding.what.name(),
        "outcome": finding.what.outcome().name(),
        "text": findings::text(finding, Language::En),
        "remedy": findings::remedy(finding, Language::En),
    })
}

/// Keys that several sources have.
pub fn conflicts(conflicts: &Conflicts) -> Value {
    let one = |one: &Conflict| {
        json!({
            "key": one.key,
            "first": one.first,
            "later": one.later,
            "unsure": one.unsure,
        })
    };
    json!({
        "items": conflicts.items.iter().map(one).collect::<Vec<_>>(),
        "total": conflicts.total,
        "total_exact": !conflicts.more,
        "next": conflicts.next,
    })
}
