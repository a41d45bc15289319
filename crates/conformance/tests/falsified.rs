//! A case whose expectation was falsified fails, and by its id.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Runs the first cases of searching, changed, and says how that ended.
fn run(change: impl FnOnce(&mut Vec<Value>)) -> (Option<i32>, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let recorded = root.join("conformance");
    let cases = tempfile::tempdir().unwrap();
    std::fs::copy(
        recorded.join("fixture.json"),
        cases.path().join("fixture.json"),
    )
    .unwrap();
    let text = std::fs::read_to_string(recorded.join("foundation/search.jsonl")).unwrap();
    let mut lines: Vec<Value> = text
        .lines()
        .take(3)
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    change(&mut lines);
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    std::fs::write(cases.path().join("search.jsonl"), lines.join("\n")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kartoteka-conformance"))
        .args(["--engine", "sqlite", "--cases"])
        .arg(cases.path())
        .current_dir(root)
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

#[test]
fn a_case_with_a_falsified_expectation_fails() {
    let mut id = String::new();
    let (status, said) = run(|cases| {
        id = cases[0]["id"].as_str().unwrap().to_owned();
        let result = cases[0]["expect"]["result"].as_object_mut().unwrap();
        let (_, text) = result.iter_mut().next().unwrap();
        *text = "\"Anna Nowak\" <anna.nowak@acme-lab.orgs>".into();
    });
    assert_eq!(status, Some(1), "{said}");
    assert_eq!(said.lines().last(), Some("2 passed, 1 failed"), "{said}");
    assert!(said.contains(&format!("FAILED {id} on sqlite")), "{said}");
}

#[test]
fn what_the_runner_does_not_know_is_its_own_fault() {
    // Nothing is compared, so nothing but the runner can fail.
    let (status, said) = run(|cases| {
        for case in cases.iter_mut() {
            case["expect"] = json!({});
        }
        cases[0]["config"] = json!({"CustomerUser/NoSuchKey": "1"});
        cases[1]["input"]["NoSuchArgument"] = "1".into();
        cases[2]["mode"] = "backwards".into();
    });
    assert_eq!(status, Some(1), "{said}");
    assert_eq!(said.lines().last(), Some("0 passed, 3 failed"), "{said}");
    for fault in [
        "a setting of the case",
        "no argument NoSuchArgument",
        "no mode backwards",
    ] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
}

#[test]
fn an_empty_list_of_search_fields_is_a_mistake_and_none_is_the_shipped_one() {
    let (status, said) = run(|cases| {
        cases[0]["config"] = json!({"CustomerUser/CustomerUserSearchFields": []});
        cases[0]["expect"] = json!({"error": "invalid"});
        cases[1]["config"] = json!({
            "CustomerUser/CustomerUserSearchFields": "__DELETE__",
            "CustomerUser/CustomerUserNameFields": "__DELETE__",
            "CustomerUser/CacheTTL": "__DELETE__",
        });
        cases[2]["config"] = json!({"CustomerUser/CustomerUserPostMasterSearchFields": []});
        cases[2]["expect"] = json!({"error": "invalid"});
    });
    assert_eq!(status, Some(0), "{said}");
}
