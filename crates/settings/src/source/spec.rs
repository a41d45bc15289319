//! What both kinds of sources have.

use std::collections::BTreeMap;

use kartoteka_model::source::SourceSpec;
use kartoteka_model::{FieldMap, Selections};

use super::columns::Columns;
use super::{map, params};
use crate::document::{Table, Value};
use crate::mistake::Mistake;
use crate::nearest::nearest;
use crate::places::Places;
use crate::section::Section;

/// The names that keys have in one kind of source, and the fields that its map needs.
pub(super) struct Names {
    pub(super) key: &'static str,
    pub(super) valid: &'static str,
    pub(super) list_fields: &'static str,
    pub(super) search_fields: &'static str,
    pub(super) search_prefix: &'static str,
    pub(super) search_suffix: &'static str,
    pub(super) list_limit: &'static str,
    /// The field of the key.
    pub(super) key_field: &'static str,
    pub(super) needed: &'static [&'static str],
}

/// Lays a section over the shipped source.
pub(super) fn read(
    id: &str,
    section: &Section<'_>,
    shipped: SourceSpec,
    names: &Names,
    places: &mut Places,
) -> SourceSpec {
    let first = shipped.id == id;
    let origin = shipped.origin.clone();
    let params = params::read(id, section, origin, places);
    let map = map::read(id, section, shipped.map.clone(), names.needed, places);
    let columns = Columns {
        id,
        section,
        map: &map,
        shipped: &shipped.map,
    };
    let number = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let shipped_name = if first {
        shipped.name
    } else {
        format!("No Name {number}")
    };
    SourceSpec {
        id: id.to_owned(),
        name: section
            .text("Name")
            .filter(|name| !name.trim().is_empty())
            .unwrap_or(shipped_name),
        origin: params.origin,
        text: params.text.unwrap_or(shipped.text),
        key: columns.one(names.key, names.key_field, shipped.key, places),
        valid: columns.valid(names.valid, places),
        list_fields: columns.list(names.list_fields, &shipped.list_fields, true, places),
        search_fields: columns.list(names.search_fields, &shipped.search_fields, false, places),
        search_prefix: section
            .text(names.search_prefix)
            .unwrap_or(shipped.search_prefix),
        search_suffix: section
            .text(names.search_suffix)
            .unwrap_or(shipped.search_suffix),
        list_limit: section
            .number(names.list_limit)
            .filter(|limit| *limit > 0)
            .or(shipped.list_limit),
        cache_ttl: section.number("CacheTTL").unwrap_or(shipped.cache_ttl),
        read_only: read_only(section).unwrap_or(shipped.read_only),
        selections: selections(section, &map).unwrap_or(shipped.selections),
        map,
    }
}

/// Whether nothing is written. A file is only read.
fn read_only(section: &Section<'_>) -> Option<bool> {
    let given = section.switch("ReadOnly");
    if section.of_file && given == Some(false) {
        params::no_effect(section, "ReadOnly", "a file is only read");
    }
    section.of_file.then_some(true).or(given)
}

fn selections(section: &Section<'_>, map: &FieldMap) -> Option<Selections> {
    let node = section.get("Selections")?;
    let findings = section.findings;
    let key = section.keys.iter().find(|key| key.name == "Selections")?;
    let Value::Table(fields) = &node.value else {
        section.wrong_type(node, key);
        return None;
    };
    let mut selections = Selections::new();
    for (field, entry) in fields {
        if map.find(field).is_none() && !findings.is_full() {
            let meant = nearest(field, map.visible().map(|field| field.name.as_str()));
            findings.push(
                findings
                    .error(&entry.key_at, Mistake::SelectionWithoutField)
                    .param("field", field)
                    .remedy(meant.map(str::to_owned)),
            );
        }
        match &entry.node.value {
            Value::Table(labels) => {
                selections.insert(field.clone(), read_labels(section, labels));
            }
            _ => section.wrong_type(&entry.node, key),
        }
    }
    Some(selections)
}

fn read_labels(section: &Section<'_>, labels: &Table) -> BTreeMap<String, String> {
    let findings = section.findings;
    let mut read = BTreeMap::new();
    for (value, entry) in labels {
        let label = match &entry.node.value {
            Value::Text(label) => label.clone(),
            Value::Number(label) => label.to_string(),
            _ => {
                findings.push(
                    findings
                        .error(&entry.node.at, Mistake::WrongType)
                        .param("key", value)
                        .param("expected", "a label in quotes")
                        .found(entry.node.found())
                        .remedy(format!("{value:?} = \"…\"")),
                );
                continue;
            }
        };
        if value.chars().chain(label.chars()).any(char::is_control) {
            findings.push(
                findings
                    .error(&entry.key_at, Mistake::ControlCharacter)
                    .param("key", "Selections"),
            );
            continue;
        }
        read.insert(value.clone(), label);
    }
    read
}
