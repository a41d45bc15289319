//! Comparing what came with what was recorded.

use anyhow::{Result, bail, ensure};
use serde_json::{Map, Value};

use crate::input::Outcome;

/// How outcomes can be compared; without a mode they have to be equal.
const MODES: [&str; 5] = ["hash", "list", "sorted", "keys", "count"];

/// Compares an outcome as a case's mode says.
pub fn compare(expect: &Value, mode: Option<&str>, outcome: &Outcome) -> Result<()> {
    if let Some(mode) = mode.filter(|mode| !MODES.contains(mode)) {
        bail!("the runner knows no mode {mode}");
    }
    if let Some(kind) = expect["error"].as_str() {
        return match outcome {
            Err(found) if *found == kind => Ok(()),
            Err(found) => bail!("expected the error {kind}, got the error {found}"),
            Ok(found) => bail!("expected the error {kind}, got {found}"),
        };
    }
    let Some(wanted) = expect.get("result") else {
        return Ok(());
    };
    let found = match outcome {
        Ok(found) => found,
        Err(kind) => bail!("expected {wanted}, got the error {kind}"),
    };
    let equal = match mode {
        Some("count") => count(found) == wanted.as_u64().or_else(|| wanted.as_str()?.parse().ok()),
        Some("sorted") => in_no_order(wanted, found),
        Some("keys") => keys(found) == sorted(wanted),
        _ => same(wanted, found),
    };
    ensure!(equal, "expected {wanted}, got {found}");
    Ok(())
}

/// Compares rows of a table.
pub fn compare_rows(expect: &Value, found: &[Map<String, Value>]) -> Result<()> {
    let Some(wanted) = expect["rows"].as_array() else {
        return Ok(());
    };
    let found: Vec<Value> = found.iter().cloned().map(Value::Object).collect();
    let equal = wanted.len() == found.len()
        && wanted
            .iter()
            .zip(&found)
            .all(|(wanted, found)| same(wanted, found));
    ensure!(
        equal,
        "expected rows {}, got {}",
        expect["rows"],
        Value::Array(found)
    );
    Ok(())
}

fn is_any(value: &Value) -> bool {
    value.get("any") == Some(&Value::Bool(true))
}

fn same(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        _ if is_any(wanted) => true,
        (Value::Object(wanted), Value::Object(found)) => {
            let known = found.keys().all(|key| wanted.contains_key(key));
            known
                && wanted.iter().all(|(key, value)| match found.get(key) {
                    Some(found) => same(value, found),
                    None => is_any(value),
                })
        }
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len()
                && wanted
                    .iter()
                    .zip(found)
                    .all(|(wanted, found)| same(wanted, found))
        }
        (Value::Number(number), Value::String(text))
        | (Value::String(text), Value::Number(number)) => number.to_string() == *text,
        _ => wanted == found,
    }
}

fn count(found: &Value) -> Option<u64> {
    match found {
        Value::Object(found) => Some(found.len() as u64),
        Value::Array(found) => Some(found.len() as u64),
        Value::Number(found) => found.as_u64(),
        Value::String(found) => found.parse().ok(),
        _ => None,
    }
}

fn sorted(value: &Value) -> Vec<String> {
    let mut texts: Vec<String> = value
        .as_array()
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    if let Value::Object(object) = value {
        texts = object
            .keys()
            .map(|key| Value::String(key.clone()).to_string())
            .collect();
    }
    texts.sort();
    texts
}

/// Lists as sets, also those in objects.
fn in_no_order(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            wanted.len() == found.len()
                && wanted.iter().all(|(key, wanted)| {
                    found
                        .get(key)
                        .is_some_and(|found| in_no_order(wanted, found))
                })
        }
        _ => sorted(found) == sorted(wanted),
    }
}

fn keys(found: &Value) -> Vec<String> {
    sorted(found)
}
