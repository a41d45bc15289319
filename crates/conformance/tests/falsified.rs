//! A case whose expectation was falsified fails, and by its id.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn a_case_with_a_falsified_expectation_fails() {
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
    let falsified = &mut lines[0];
    let id = falsified["id"].as_str().unwrap().to_owned();
    let result = falsified["expect"]["result"].as_object_mut().unwrap();
    let (_, text) = result.iter_mut().next().unwrap();
    *text = "\"Anna Nowak\" <anna.nowak@acme-lab.orgs>".into();
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    std::fs::write(cases.path().join("search.jsonl"), lines.join("\n")).unwrap();

    let output = Command::new(env!("CARGO_BIN_EXE_kartoteka-conformance"))
        .args(["--engine", "sqlite", "--cases"])
        .arg(cases.path())
        .current_dir(root)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().last(), Some("2 passed, 1 failed"), "{said}");
    assert!(said.contains(&format!("FAILED {id} on sqlite")), "{said}");
}
