//! The project's copy of the recorded cases, and its people and customers as records.

use std::collections::BTreeSet;
use std::path::PathBuf;

use kartoteka_model::search::{Affixes, Blanks, Grammar, SyntaxErrorKind, parse};
use kartoteka_model::{Condition, FieldMap, Record, TextMode};
use serde_json::Value;

/// The names of the records that a search finds, or the kind of its error.
pub type Answer = Result<BTreeSet<String>, &'static str>;

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../conformance")
        .join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The cases of one area.
pub fn area(name: &str) -> Vec<Value> {
    read(&format!("foundation/{name}.jsonl"))
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The records of the fixture under one of its keys: `users` or `companies`.
pub fn records(key: &str) -> Vec<Record> {
    let fixture: Value = serde_json::from_str(&read("fixture.json")).unwrap();
    let records = fixture[key].as_array().unwrap();
    let record = |record: &Value| {
        let fields = record.as_object().unwrap();
        fields
            .iter()
            .filter(|(name, _)| *name != "UserPassword")
            .map(|(name, value)| (name.clone(), text(value)))
            .collect()
    };
    records.iter().map(record).collect()
}

/// A scalar of a case as text; nothing is the empty text.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The keys of an expected object, or the elements of an expected list.
pub fn expected(case: &Value) -> Answer {
    match &case["expect"] {
        Value::Object(expect) if expect.contains_key("error") => {
            match text(&expect["error"]).as_str() {
                "syntax" => Err("syntax"),
                "needed" => Err("needed"),
                other => panic!("{}: {other}", case["id"]),
            }
        }
        expect => Ok(match &expect["result"] {
            Value::Object(found) => found.keys().cloned().collect(),
            Value::Array(found) => found.iter().map(text).collect(),
            other => panic!("{}: {other}", case["id"]),
        }),
    }
}

/// The names of those records that satisfy a condition, invalid ones left out unless they are asked for.
pub fn found(
    records: &[Record],
    key: &str,
    condition: &Condition,
    mode: TextMode,
    all: bool,
) -> BTreeSet<String> {
    records
        .iter()
        .filter(|record| all || record.get("ValidID") == "1")
        .filter(|record| condition.matches(record, mode))
        .map(|record| record.get(key).to_owned())
        .collect()
}

/// The condition of a search, or the kind of its error.
pub fn search(
    typed: &str,
    grammar: Grammar,
    affixes: &Affixes,
    fields: &[String],
) -> Result<Condition, &'static str> {
    parse(typed, grammar, Blanks::Text, affixes, fields).map_err(|error| match error.kind {
        SyntaxErrorKind::Empty => "needed",
        _ => "syntax",
    })
}

/// The fields that hold these columns.
pub fn fields(map: &FieldMap, columns: &Value) -> Vec<String> {
    columns
        .as_array()
        .unwrap()
        .iter()
        .map(|column| {
            map.find_column(column.as_str().unwrap())
                .unwrap()
                .name
                .clone()
        })
        .collect()
}
