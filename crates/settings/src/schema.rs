//! The JSON schema of the settings file, for editors.

use serde_json::{Map, Value, json};

use crate::key::{Key, Kind};
use crate::read::{DATA_DIR, DATA_DIR_DOC, DATA_DIR_KEY, SECTIONS};
use crate::source::{self, CUSTOMER_COMPANY_KEYS, CUSTOMER_USER_KEYS};

/// The schema (draft 2020-12) of `kartoteka.toml`.
pub fn json_schema() -> Value {
    let mut sections = Map::new();
    sections.insert(
        DATA_DIR_KEY.into(),
        json!({ "type": "string", "default": DATA_DIR, "description": DATA_DIR_DOC }),
    );
    for (name, keys, doc) in SECTIONS {
        sections.insert((*name).into(), table(keys, doc));
    }
    for (kind, definition) in [
        (source::CUSTOMER_USER, "customerUser"),
        (source::CUSTOMER_COMPANY, "customerCompany"),
    ] {
        for id in source::ids(kind) {
            sections.insert(id, json!({ "$ref": format!("#/$defs/{definition}") }));
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kartoteka.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": sections,
        "$defs": {
            "switch": { "enum": [true, false, 0, 1, "1", "0", "yes", "no", "true", "false", "on", "off"] },
            "identifier": { "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,62}$" },
            "mapEntry": map_entry(),
            "customerUser": table(CUSTOMER_USER_KEYS, "A source of customer users."),
            "customerCompany": table(CUSTOMER_COMPANY_KEYS, "A source of customers."),
        },
    })
}

fn table(keys: &[Key], doc: &str) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    json!({
        "type": "object",
        "description": doc,
        "additionalProperties": false,
        "properties": properties,
    })
}

fn property(key: &Key) -> Value {
    let mut property = match key.kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Switch => json!({ "$ref": "#/$defs/switch" }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::OneOrMore => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Kind::Choice(choices) => json!({ "enum": choices }),
        Kind::Table(keys) => return table(keys, key.doc),
        Kind::Map => json!({ "type": "array", "items": { "$ref": "#/$defs/mapEntry" } }),
        Kind::Selections => json!({
            "type": "object",
            "additionalProperties": { "type": "object", "additionalProperties": { "type": ["string", "integer"] } },
        }),
    };
    if let Value::Object(property) = &mut property {
        property.insert("description".into(), key.doc.into());
        if let Some(default) = default(key) {
            property.insert("default".into(), default);
        }
    }
    property
}

/// The default as JSON; defaults are simple enough to read the same in both.
fn default(key: &Key) -> Option<Value> {
    serde_json::from_str(key.default).ok()
}

fn map_entry() -> Value {
    let text = json!({ "type": "string" });
    let name = json!({ "$ref": "#/$defs/identifier" });
    let column = json!({ "type": "string", "minLength": 1 });
    let shown = json!({ "enum": [0, 1, 2, true, false] });
    let switch = json!({ "$ref": "#/$defs/switch" });
    let kind = json!({ "enum": ["var", "int", "dynamic_field"] });
    json!({
        "oneOf": [
            {
                "type": "array",
                "description": "var, label, column, shown, required, type, link, readonly, link target, link class",
                "prefixItems": [name, text, column, shown, switch, kind, text, switch, text, text],
                "items": false,
                "minItems": 3,
            },
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["var", "column"],
                "properties": {
                    "var": name, "label": text, "column": column, "shown": shown,
                    "required": switch, "type": kind, "link": text, "readonly": switch,
                    "link_target": text, "link_class": text,
                },
            },
        ],
    })
}
