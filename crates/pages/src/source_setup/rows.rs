//! The field map as a table: a row for each field, and a few that are empty.

use kartoteka_directory::Kind;
use kartoteka_model::source::{CustomerSource, CustomerUserSource};
use kartoteka_model::{Field, FieldKind, FieldMap, Shown};
use kartoteka_settings::Document;
use serde_json::{Value, json};

use crate::input::Form;

/// Empty rows below the others.
const EMPTY: usize = 3;

/// The most rows that a form has.
const MOST: usize = 200;

/// The positions of an entry, as tables name them.
const PARTS: [&str; 10] = [
    "var",
    "label",
    "column",
    "shown",
    "required",
    "type",
    "link",
    "readonly",
    "link_target",
    "link_class",
];

/// A field as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub name: String,
    pub label: String,
    pub column: String,
    pub shown: String,
    pub required: bool,
    pub kind: String,
    pub link: String,
    pub read_only: bool,
    /// What the table does not show: target and class of the link.
    further: [String; 2],
}

impl Row {
    /// One that is empty.
    pub fn empty() -> Self {
        Self {
            shown: "1".into(),
            kind: "var".into(),
            ..Self::default()
        }
    }

    fn of_field(field: &Field) -> Self {
        Self {
            name: field.name.clone(),
            label: field.label.clone(),
            column: field.column.clone(),
            shown: match field.shown {
                Shown::Never => "0",
                Shown::Always => "1",
                Shown::AlsoLite => "2",
            }
            .into(),
            required: field.required,
            kind: if field.kind == FieldKind::Int {
                "int"
            } else {
                "var"
            }
            .into(),
            link: field.link.clone(),
            read_only: field.read_only,
            further: [field.link_target.clone(), field.link_class.clone()],
        }
    }

    fn of_entry(entry: &Value) -> Self {
        let part = |at: usize| {
            let value = entry.get(at).or_else(|| entry.get(PARTS[at]));
            match value {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(Value::Bool(true)) => "1".into(),
                Some(Value::Bool(false)) => "0".into(),
                Some(other) => other.to_string(),
            }
        };
        let or = |text: String, usual: &str| match text.is_empty() {
            true => usual.to_owned(),
            false => text,
        };
        let is_on = |text: String| !["", "0", "no", "false", "off"].contains(&text.as_str());
        Self {
            name: part(0),
            label: part(1),
            column: part(2),
            shown: or(part(3), "1"),
            required: is_on(part(4)),
            kind: or(part(5), "var"),
            link: part(6),
            read_only: is_on(part(7)),
            further: [part(8), part(9)],
        }
    }

    fn entry(&self) -> Value {
        let shown = self.shown.parse::<i64>().unwrap_or(1);
        let mut entry = vec![
            json!(self.name),
            json!(self.label),
            json!(self.column),
            json!(shown),
            json!(i64::from(self.required)),
            json!(self.kind),
            json!(self.link),
            json!(i64::from(self.read_only)),
        ];
        if self.further.iter().any(|text| !text.is_empty()) {
            entry.extend(self.further.iter().map(|text| json!(text)));
        }
        entry.into()
    }

    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.column.is_empty() && self.label.is_empty()
    }
}

fn shipped(kind: Kind, module: &str) -> FieldMap {
    match (kind, module) {
        (Kind::Customer, _) => CustomerSource::preset().spec.map,
        (_, "LDAP") => CustomerUserSource::of_ldap().spec.map,
        _ => CustomerUserSource::preset().spec.map,
    }
}

/// The rows of a document.
pub(super) fn rows(document: &Document, kind: Kind, module: &str) -> Vec<Row> {
    let entries = |name| document.find(name).and_then(Value::as_array);
    let mut rows: Vec<Row> = match entries("Map") {
        Some(map) => map.iter().map(Row::of_entry).collect(),
        None => shipped(kind, module).0.iter().map(Row::of_field).collect(),
    };
    rows.extend(entries("MapAdd").into_iter().flatten().map(Row::of_entry));
    rows.truncate(MOST);
    rows
}

/// The rows with empty ones below them.
pub(super) fn with_empty(mut rows: Vec<Row>) -> Vec<Row> {
    rows.extend((0..EMPTY).map(|_| Row::empty()));
    rows
}

/// The rows of a form; one that was emptied is gone.
pub(super) fn typed(form: &Form, before: &[Row]) -> Vec<Row> {
    let removed: Option<usize> = form.number("_remove");
    let row = |at: usize| {
        let text = |part: &str| form.get(&format!("map-{at}-{part}")).trim().to_owned();
        form.find(&format!("map-{at}-name"))?;
        let name = text("name");
        let known = before.iter().find(|row| row.name == name);
        Some(Row {
            label: text("label"),
            column: text("column"),
            shown: text("shown"),
            required: text("required") == "on",
            kind: text("type"),
            link: text("link"),
            read_only: text("readonly") == "on",
            further: known.map_or_else(Default::default, |row| row.further.clone()),
            name,
        })
    };
    let rows = (0..MOST + EMPTY).map_while(row).enumerate();
    let rows = rows.filter(|(at, row)| removed != Some(*at) && !row.is_empty());
    rows.map(|(_, row)| row).collect()
}

/// Writes the rows to a document. A map as it is shipped is not written: it follows what is shipped.
pub(super) fn write(document: &mut Document, rows: &[Row], kind: Kind, module: &str) {
    let usual: Vec<Row> = shipped(kind, module).0.iter().map(Row::of_field).collect();
    document.remove("MapAdd");
    if rows == usual && document.find("Map").is_none() {
        return;
    }
    let map: Vec<Value> = rows.iter().map(Row::entry).collect();
    document.set("Map", map.into());
}
