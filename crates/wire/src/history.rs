//! What happened to a record, as JSON.

use kartoteka_directory::HistoryEntry;
use serde_json::{Value, json};

use crate::{effects, time};

/// An entry of the journal.
pub fn entry(entry: &HistoryEntry) -> Value {
    json!({
        "id": entry.id,
        "at": time::text(entry.at),
        "who": entry.who,
        "door": entry.door,
        "action": entry.action,
        "kind": entry.kind,
        "source": entry.source,
        "key": entry.key,
        "changes": entry.changes,
        "effects": entry.effects,
        "relations": effects::changes(&entry.relations),
        "job": entry.job,
    })
}
