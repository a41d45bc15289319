//! Exit codes, as `--help` promises them.

use tempfile::tempdir;

use crate::run::{done, run};

#[test]
fn each_kind_of_failure_has_its_code() {
    let data = tempdir().unwrap();
    let exit = |arguments: &[&str]| run(data.path(), arguments).exit;
    assert_eq!(exit(&["customer", "add", "acme", "--name", "Acme"]), 0);
    assert_eq!(exit(&["customer", "add", "other"]), 1);
    assert_eq!(exit(&["customer", "add"]), 2);
    assert_eq!(
        exit(&["customer-user", "add", "x", "--set", "UserPassword=y"]),
        2
    );
    assert_eq!(exit(&["customer", "show", "nobody"]), 3);
    assert_eq!(exit(&["token", "revoke", "nobody"]), 3);
    assert_eq!(exit(&["customer", "add", "acme", "--name", "Another"]), 4);
    // Nobody listens on the port of a listener that is gone.
    let gone = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let database = format!("postgres://nobody@{gone}/none");
    assert_eq!(exit(&["customer", "list", "--database", &database]), 5);
    assert_eq!(exit(&["check", "--database", &database]), 5);
}

#[test]
fn failures_are_json_for_programs() {
    let data = tempdir().unwrap();
    let said = run(data.path(), &["customer", "add", "acme", "--json"]);
    let failure: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(failure["exit"], 1);
    assert_eq!(failure["errors"][0]["field"], "CustomerCompanyName");
    assert_eq!(failure["errors"][0]["code"], "required");
    assert_eq!(said.out, "");
}

#[test]
fn help_tells_the_codes_and_completions_are_made() {
    let data = tempdir().unwrap();
    assert!(done(data.path(), &["--help"]).out.contains("3 not found"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            done(data.path(), &["completions", shell])
                .out
                .contains("customer-user")
        );
    }
    assert_eq!(done(data.path(), &["openapi"]).json()["openapi"], "3.1.0");
    assert!(done(data.path(), &["config-schema"]).json()["properties"].is_object());
}
