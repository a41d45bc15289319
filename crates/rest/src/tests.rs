//! The document: current in `docs/`, and complete.

use std::path::Path;

use serde_json::Value;

/// Every operation with its address and method.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let methods = |(path, item): (&String, &Value)| {
        let each = item.as_object().into_iter().flatten();
        each.map(|(method, operation)| (format!("{method} {path}"), operation.clone()))
            .collect::<Vec<_>>()
    };
    paths.flat_map(methods).collect()
}

#[test]
fn the_committed_document_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let mut current = serde_json::to_string_pretty(&super::openapi()).unwrap();
    current.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == current,
        "docs/openapi.json is not current: run the tests with UPDATE=1"
    );
}

#[test]
fn every_operation_is_described_and_guarded() {
    let document = serde_json::to_value(super::openapi()).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let operations = operations(&document);
    assert!(operations.len() > 20);
    for (name, operation) in operations {
        assert!(
            operation["summary"].is_string() && operation["operationId"].is_string(),
            "{name}"
        );
        let open = name.ends_with("/openapi.json") || name.ends_with("/docs");
        let scope = operation["security"][0]["token"][0].as_str();
        assert_eq!(scope.is_none(), open, "{name}");
        assert!(
            scope.is_none_or(|scope| ["reader", "editor", "admin"].contains(&scope)),
            "{name}"
        );
        for status in ["400", "500"] {
            assert!(
                operation["responses"][status].is_object(),
                "{name} {status}"
            );
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(
                parameter["description"].is_string(),
                "{name} {}",
                parameter["name"]
            );
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                found.extend(
                    members
                        .get("$ref")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                members.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(super::openapi()).unwrap();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(
            document
                .pointer(reference.trim_start_matches('#'))
                .is_some(),
            "{reference}"
        );
    }
}

/// The lists of an answer, by name.
fn lists(document: &Value, schema: &Value) -> Vec<String> {
    let mut schema = schema;
    while let Some(name) = schema["$ref"].as_str() {
        schema = &document["components"]["schemas"][name.rsplit('/').next().unwrap()];
    }
    let parts = ["allOf", "oneOf", "anyOf"].into_iter();
    let parts = parts.flat_map(|kind| schema[kind].as_array().into_iter().flatten());
    let mut found: Vec<String> = parts.flat_map(|part| lists(document, part)).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let kind = &property["type"];
        let several = kind.as_array().into_iter().flatten();
        if kind == "array" || several.into_iter().any(|kind| kind == "array") {
            found.push(name.clone());
        }
    }
    found
}

/// Answers with lists that no `limit` bounds, and what bounds them.
const BOUNDED: &[(&str, &str)] = &[
    ("agents", "who works here"),
    ("customer-users/{login}/customers", "those of one person"),
    (
        "customer-users/{login}/permissions",
        "groups, by permission",
    ),
    ("customer-users/{login}/services", "services"),
    (
        "customers/{customer_id}/permissions",
        "groups, by permission",
    ),
    ("default-services", "services"),
    ("fields", "the settings"),
    ("fields/{source}", "a source has 200 fields at most"),
    ("job-templates", "what agents made by hand"),
    ("jobs/{id}", "what was ordered"),
    ("reviews/{id}", "groups that everybody has"),
    ("reviews/{id}/export", "a review has 50 000 items at most"),
    ("settings/access", "the settings"),
    ("sources/{id}", "a source has 200 fields at most"),
    ("sources/{id}/settings", "keys of the settings"),
    ("sources/held", "sources, and 200 records of each"),
    ("sources/held-back", "200 of them"),
    (
        "sources",
        "eleven of customer users and eleven of customers",
    ),
    ("tokens", "what admins made by hand"),
];

#[test]
fn a_list_has_a_limit_or_it_is_said_what_bounds_it() {
    let document = serde_json::to_value(super::openapi()).unwrap();
    let mut seen = vec![];
    for (name, operation) in operations(&document) {
        let Some(path) = name.strip_prefix("get /api/v1/") else {
            continue;
        };
        let answers = operation["responses"]["200"]["content"].as_object();
        let answers = answers.into_iter().flatten();
        let lists: Vec<String> = answers
            .flat_map(|(_, answer)| lists(&document, &answer["schema"]))
            .collect();
        let parameters = operation["parameters"].as_array();
        let limited = parameters
            .into_iter()
            .flatten()
            .any(|parameter| parameter["name"] == "limit");
        if lists.is_empty() || limited {
            continue;
        }
        let bounded = BOUNDED.iter().any(|(known, _)| *known == path);
        assert!(bounded, "{path} answers lists without a limit: {lists:?}");
        seen.push(path.to_owned());
    }
    for (path, _) in BOUNDED {
        assert!(
            seen.iter().any(|one| one == path),
            "{path} is bounded by a limit, or gone"
        );
    }
}
