//! What differs between two documents, key by key. Of secrets only that they do.

use std::collections::BTreeMap;

use kartoteka_directory::Change;
use kartoteka_settings::{Document, WrittenDefinition};
use serde_json::Value;

use crate::wanted::Wanted;

/// What is told of a secret.
const CHANGED: &str = "changed";
const REMOVED: &str = "removed";

pub(crate) fn changes(
    before: Option<&WrittenDefinition>,
    wanted: Option<&Wanted>,
    held: &BTreeMap<String, String>,
) -> Vec<Change> {
    let old = before.map_or_else(BTreeMap::new, |before| flat(&before.document));
    let new = wanted.map_or_else(BTreeMap::new, |wanted| flat(&wanted.document));
    let names = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    let text = |map: &BTreeMap<String, String>, name| map.get(name).cloned().unwrap_or_default();
    let mut changes: Vec<Change> = names
        .map(|name| Change {
            field: name.clone(),
            before: text(&old, name),
            after: text(&new, name),
        })
        .filter(|change| change.before != change.after)
        .collect();
    let secret = |key: &String, after: &str| Change {
        field: key.clone(),
        before: String::new(),
        after: after.to_owned(),
    };
    match wanted {
        Some(wanted) => {
            let kept = wanted.kept.keys().filter(|key| held.contains_key(*key));
            let given = wanted.fresh.keys().chain(kept);
            changes.extend(given.map(|key| secret(key, CHANGED)));
            changes.extend(wanted.dropped.iter().map(|key| secret(key, REMOVED)));
        }
        None => {
            let sealed = before.into_iter().flat_map(|before| before.sealed.keys());
            changes.extend(sealed.map(|key| secret(key, REMOVED)));
        }
    }
    changes
}

/// A document by the keys of its values: `Params.Host`, `Map.UserRoom`.
fn flat(document: &Document) -> BTreeMap<String, String> {
    let mut flat = BTreeMap::new();
    for (name, value) in &document.0 {
        match value {
            Value::Object(inner) => {
                let inner = inner.iter();
                flat.extend(inner.map(|(key, value)| (format!("{name}.{key}"), text(value))));
            }
            Value::Array(entries) if name == "Map" || name == "MapAdd" => {
                let mut order = vec![];
                for entry in entries {
                    let field = entry.get(0).or(entry.get("var"));
                    let field = field.and_then(Value::as_str).unwrap_or_default();
                    order.push(field);
                    flat.insert(format!("{name}.{field}"), text(entry));
                }
                flat.insert(name.clone(), order.join(", "));
            }
            value => drop(flat.insert(name.clone(), text(value))),
        }
    }
    flat
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join(", ")
        }
        other => other.to_string(),
    }
}
