//! Field maps: the shipped one, one's own, and what is added.

use std::collections::BTreeSet;

use kartoteka_model::FieldMap;

use super::entry::Entry;
use crate::column::{is_secret_column, set_in};
use crate::document::Value;
use crate::findings::At;
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::{LONGEST_LIST, Section};

/// The map of a section: `Map`, else the shipped one, and what `MapAdd` adds. `needed` are the fields
/// that must be there.
pub(super) fn read(
    id: &str,
    section: &Section<'_>,
    shipped: FieldMap,
    needed: &[&str],
    places: &mut Places,
) -> FieldMap {
    let mut seen = BTreeSet::new();
    let own = entries(id, section, "Map", &mut seen, places);
    if let Some(set_in) = section.get("Map").and_then(|node| set_in(&node.at)) {
        places.note_order(id, set_in);
    }
    let mut map = own.unwrap_or_else(|| {
        seen.extend(shipped.0.iter().map(|field| field.name.clone()));
        shipped
    });
    if let Some(added) = entries(id, section, "MapAdd", &mut seen, places) {
        map.0.extend(added.0);
    }
    check_secrets(id, section, &map, places);
    if let Some(node) = section.get("Map")
        && matches!(node.value, Value::List(_))
    {
        // An entry that could not be read is reported already; its name counts.
        for field in needed.iter().filter(|field| !seen.contains(**field)) {
            section.findings.push(
                section
                    .findings
                    .error(&node.at, Mistake::MissingField)
                    .param("section", id)
                    .param("field", *field)
                    .remedy(format!(
                        "add [{field:?}, \"…\", \"…\", 1, 1, \"var\"] to Map"
                    )),
            );
        }
    }
    map
}

fn entries(
    id: &str,
    section: &Section<'_>,
    key: &'static str,
    seen: &mut BTreeSet<String>,
    places: &mut Places,
) -> Option<FieldMap> {
    let node = section.get(key)?;
    let Value::List(items) = &node.value else {
        if let Some(described) = section.keys.iter().find(|known| known.name == key) {
            section.wrong_type(node, described);
        }
        return None;
    };
    if items.len() > LONGEST_LIST {
        section.too_many(node, key);
        return None;
    }
    let mut map = FieldMap::default();
    for item in items {
        let entry = Entry::open(section, key, item);
        if let Some(field) = entry.and_then(|entry| entry.field(id, seen, places)) {
            map.0.push(field);
        }
    }
    Some(map)
}

/// No field but the password itself may show what a password's column holds (rule D21).
fn check_secrets(id: &str, section: &Section<'_>, map: &FieldMap, places: &Places) {
    let secret: BTreeSet<&str> = map
        .0
        .iter()
        .filter(|field| field.is_secret())
        .map(|field| field.column.as_str())
        .collect();
    for field in map.visible() {
        if !is_secret_column(&field.column) && !secret.contains(field.column.as_str()) {
            continue;
        }
        let mut diagnostic = section
            .findings
            .error(&At::Byte(0), Mistake::SecretMapped)
            .param("field", &field.name)
            .param("column", &field.column);
        if let Some(place) = places.find(id, &field.column) {
            diagnostic.place = place.clone();
        }
        section.findings.push(diagnostic);
    }
}
