//! The documents of sources that are held, and of records that are missing.

use kartoteka_directory::{HeldRefresh, Kind, MissingList};
use serde_json::{Value, json};

use crate::time;

/// Sources that are held, and what is missing.
pub fn held_sources(held: &[HeldRefresh], missing: &[(Kind, MissingList)]) -> Value {
    json!({
        "items": held.iter().map(held_source).collect::<Vec<_>>(),
        "missing": missing.iter().map(missing_list).collect::<Vec<_>>(),
    })
}

fn held_source(held: &HeldRefresh) -> Value {
    let (kept_by, kept_at) = held.kept_by.clone().unzip();
    json!({
        "id": held.source,
        "name": held.name,
        "kind": held.kind.name(),
        "since": time::text(held.since),
        "known": held.known,
        "there": held.there,
        "gone": held.gone,
        "no_longer_valid": held.invalid,
        "kept_by": kept_by,
        "kept_at": kept_at.map(time::text),
    })
}

fn missing_list((kind, list): &(Kind, MissingList)) -> Value {
    let record = |record: &kartoteka_directory::Missing| {
        json!({
            "key": record.key,
            "text": record.text,
            "missing_since": time::text(record.since),
        })
    };
    json!({
        "id": list.source,
        "name": list.source_name,
        "kind": kind.name(),
        "count": list.count,
        "items": list.records.iter().map(record).collect::<Vec<_>>(),
    })
}
