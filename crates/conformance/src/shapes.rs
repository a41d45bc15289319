//! OTOBO's calls that describe sources and fields.

use kartoteka_directory::{Kind, Maintenance};
use serde_json::{Value, json};

use crate::input::{Input, text};

pub(crate) fn sources(directory: &Maintenance, kind: Kind, input: &Input) -> Value {
    let asked = text(input, "ReadOnly");
    let wanted = |writable: bool| match asked {
        Some("1") => !writable,
        Some("0") => writable,
        _ => true,
    };
    let sources = directory
        .sources(kind)
        .into_iter()
        .filter(|source| wanted(source.writable));
    Value::Object(
        sources
            .map(|source| (source.id, json!(source.name)))
            .collect(),
    )
}

pub(crate) fn search_fields(directory: &Maintenance) -> Value {
    let mut fields = vec![];
    for source in directory.sources(Kind::CustomerUser) {
        for shape in source.fields.iter().filter(|shape| !shape.secret) {
            let field = &shape.field;
            let mut entry = json!({
                "Name": field.name, "Label": field.label, "DatabaseField": field.column,
                "StorageType": storage_type(field.kind), "Type": "Input",
            });
            if let Some(choices) = selections(directory, &field.name) {
                entry["Type"] = json!("Selection");
                entry["SelectionsData"] = choices;
            }
            fields.push(entry);
        }
    }
    Value::Array(fields)
}

pub(crate) fn storage_type(kind: kartoteka_model::FieldKind) -> &'static str {
    match kind {
        kartoteka_model::FieldKind::Var => "var",
        kartoteka_model::FieldKind::Int => "int",
        kartoteka_model::FieldKind::DynamicField => "dynamic_field",
    }
}

pub(crate) fn selections(directory: &Maintenance, field: &str) -> Option<Value> {
    let sources = directory.sources(Kind::CustomerUser);
    if let Some(choices) = sources
        .iter()
        .find_map(|source| source.selections.get(field))
    {
        return Some(json!(choices));
    }
    let validities = kartoteka_model::Validity::ALL;
    let names = validities
        .iter()
        .map(|validity| (validity.id().to_string(), json!(validity.name())));
    field
        .starts_with("ValidID")
        .then(|| Value::Object(names.collect()))
}

pub(crate) fn field_config(directory: &Maintenance, input: &Input) -> Value {
    let name = text(input, "FieldName").unwrap_or_default();
    let sources = directory.sources(Kind::CustomerUser);
    let shape = sources
        .iter()
        .flat_map(|source| &source.fields)
        .find(|shape| shape.field.name == name);
    shape.map_or(json!({}), |shape| {
        let field = &shape.field;
        json!({"Label": field.label, "DatabaseField": field.column, "StorageType": storage_type(field.kind)})
    })
}

pub(crate) fn field_selections(directory: &Maintenance, input: &Input) -> Value {
    selections(directory, text(input, "FieldName").unwrap_or_default()).unwrap_or(json!({}))
}
