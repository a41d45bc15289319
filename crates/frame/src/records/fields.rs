//! The fields of a kind over all its sources, as pages need them.

use std::collections::BTreeMap;

use kartoteka_directory::{FieldShape, SourceInfo};
use kartoteka_model::FieldKind;

use crate::frame::Frame;
use crate::input::Pairs;

/// All fields that can be searched and ordered by: those of all sources, each name once, secrets left out.
pub fn searchable(sources: &[SourceInfo]) -> Vec<&FieldShape> {
    let mut found: Vec<&FieldShape> = Vec::new();
    for shape in sources.iter().flat_map(|source| &source.fields) {
        let known = found
            .iter()
            .any(|known| known.field.name == shape.field.name);
        if !known && !shape.secret && shape.field.kind != FieldKind::DynamicField {
            found.push(shape);
        }
    }
    found
}

/// The names of [`searchable`] fields.
pub fn searchable_names(sources: &[SourceInfo]) -> Vec<String> {
    searchable(sources)
        .into_iter()
        .map(|shape| shape.field.name.clone())
        .collect()
}

/// The values to choose from for a field, over all sources; none for a field of free text.
pub fn selections(sources: &[SourceInfo], field: &str) -> BTreeMap<String, String> {
    let of_field = sources
        .iter()
        .filter_map(|source| source.selections.get(field));
    of_field
        .flatten()
        .map(|(value, label)| (value.clone(), label.clone()))
        .collect()
}

/// Whether a field's value is one of a list.
pub fn is_choice(sources: &[SourceInfo], field: &str) -> bool {
    is_validity(field)
        || sources
            .iter()
            .any(|source| source.selections.contains_key(field))
}

/// Whether a field holds a validity (OTOBO's rule: by name).
pub fn is_validity(field: &str) -> bool {
    field.len() >= 7 && field.as_bytes()[..7].eq_ignore_ascii_case(b"validid")
}

/// Whether a field holds text of several lines.
pub fn is_long(field: &str) -> bool {
    field.to_lowercase().ends_with("comment")
}

/// The label of a field in the language of the page; the field's name when no source has it.
pub fn label(page: &Frame, sources: &[SourceInfo], field: &str) -> String {
    let shape = sources
        .iter()
        .flat_map(|source| &source.fields)
        .find(|shape| shape.field.name == field);
    match shape {
        Some(shape) if !shape.field.label.is_empty() => page.field_label(&shape.field),
        _ => page.label(field),
    }
}

/// Label and value of what a form holds in searchable fields, empty ones left out: what can be shown again.
pub fn typed(page: &Frame, sources: &[SourceInfo], form: &Pairs) -> Vec<(String, String)> {
    let known = searchable_names(sources);
    form.iter()
        .filter(|(name, value)| !value.is_empty() && known.iter().any(|field| field == name))
        .map(|(name, value)| (label(page, sources, name), value.to_owned()))
        .collect()
}

/// The labels of the fields that the free search looks in, over all sources.
pub fn searched(page: &Frame, sources: &[SourceInfo]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for name in sources.iter().flat_map(|source| &source.searched) {
        let label = self::label(page, sources, name);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.join(", ")
}
