//! What both kinds of sources have.

use std::collections::BTreeMap;

use kartoteka_model::source::{Origin, SourceSpec};
use kartoteka_model::{FieldMap, Selections};

use super::columns::Columns;
use super::{Module, ldap, map, params};
use crate::column::set_in;
use crate::document::{Table, Value};
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::Section;
use kartoteka_model::nearest;

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
    let mut map = map::read(id, section, shipped.map.clone(), names.needed, places);
    if section.module == Module::Ldap {
        map.0.extend(ldap::further(section, &map));
    }
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
        text: params.text.unwrap_or(shipped.text),
        key: columns.one(names.key, names.key_field, shipped.key, places),
        valid: match &params.origin {
            Origin::Ldap(tree) => ldap::valid(section, names.valid, tree),
            Origin::Table(_) | Origin::Csv(_) => columns.valid(names.valid, places),
        },
        origin: params.origin,
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
        loss_limit: section.number("LossLimit").unwrap_or(shipped.loss_limit),
        mirror: mirror(section).unwrap_or(shipped.mirror),
        max_age: section.number("MaxAge").unwrap_or(shipped.max_age),
        read_only: read_only(section).unwrap_or(shipped.read_only),
        selections: selections(id, section, &map, places).unwrap_or(shipped.selections),
        locked: None,
        map,
    }
}

/// Whether the search index has its records.
fn mirror(section: &Section<'_>) -> Option<bool> {
    let mirror = section.choice("Mirror")? == "on";
    if mirror || section.module == Module::Ldap {
        return Some(mirror);
    }
    params::no_effect(
        section,
        "Mirror",
        "only an LDAP source is searched without a mirror",
    );
    None
}

/// Whether nothing is written.
fn read_only(section: &Section<'_>) -> Option<bool> {
    let given = section.bool("ReadOnly");
    let only_read = match section.module {
        Module::Database => return given,
        Module::Csv => "a file is only read",
        Module::Ldap => "an LDAP source is only read",
    };
    if given == Some(false) {
        params::no_effect(section, "ReadOnly", only_read);
    }
    Some(true)
}

fn selections(
    id: &str,
    section: &Section<'_>,
    map: &FieldMap,
    places: &mut Places,
) -> Option<Selections> {
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
        if let Some(set_in) = set_in(&entry.key_at) {
            places.note_choices(id, field, set_in);
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
