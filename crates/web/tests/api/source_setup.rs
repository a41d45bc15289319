//! Sources that are set up by REST.

use axum::http::Method;
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};
use serde_json::{Value, json};

use super::access::as_admin;
use super::desk::Desk;

const PATH: &str = "/api/v1/sources";
const SETTINGS: &str = "/api/v1/sources/CustomerUser1/settings";

fn tree(address: &str) -> Value {
    json!({
        "Module": "LDAP", "Name": "Tree",
        "Params": {"Host": address, "BaseDN": format!("ou=people,{SUFFIX}"), "UserDN": ADMIN.0, "UserPw": ADMIN.1},
    })
}

#[tokio::test]
async fn a_source_is_tested_added_replaced_and_removed_and_its_password_never_answered() {
    let mut entries = Entry::tree();
    let attributes = [
        ("givenName", "Kasia"),
        ("sn", "Żak"),
        ("mail", "k@lab.example"),
    ];
    entries.push(Entry::person("kasia", &attributes));
    let slapd = Slapd::start(&entries, ["", ""]).expect("a server");
    let desk = Desk::with(|_| {}).await;
    let body = json!({"document": tree(&slapd.address())});
    let tested = as_admin(&desk, Method::POST, &format!("{PATH}/test"), &body).await;
    assert_eq!(tested.status, 200, "{}", tested.text);
    assert_ne!(tested.json["outcome"], "failed", "{}", tested.text);
    let dry = as_admin(&desk, Method::POST, &format!("{PATH}?dry_run=true"), &body).await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    assert_eq!(dry.json["first"][0]["key"], "kasia", "{}", dry.text);
    assert_eq!(dry.json["errors"], json!([]));
    let added = as_admin(&desk, Method::POST, PATH, &body).await;
    assert_eq!(added.status, 201, "{}", added.text);
    assert_eq!(added.json["id"], "CustomerUser1");
    assert_eq!(added.json["secrets"], json!(["Params.UserPw"]));
    let shown = as_admin(&desk, Method::GET, SETTINGS, &Value::Null).await;
    assert_eq!(shown.json["version"], 1, "{}", shown.text);
    for reply in [&tested, &dry, &added, &shown] {
        assert!(!reply.text.contains(ADMIN.1), "{}", reply.text);
    }

    // What it does not name of its secrets stays, for the same server.
    let mut other = tree(&slapd.address());
    other["Params"]["UserPw"] = Value::Null;
    other["Name"] = "Other".into();
    let late = json!({"document": other, "version": 9});
    let late = as_admin(&desk, Method::PUT, SETTINGS, &late).await;
    assert_eq!(
        late.json["errors"][0]["code"], "document-changed",
        "{}",
        late.text
    );
    let body = json!({"document": other, "version": 1});
    let changed = as_admin(&desk, Method::PUT, SETTINGS, &body).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(changed.json["changes"][0]["field"], "Name");
    other["Params"]["Host"] = "ldap://evil.example".into();
    let body = json!({"document": other});
    let elsewhere = as_admin(&desk, Method::PUT, SETTINGS, &body).await;
    assert_eq!(elsewhere.status, 422, "{}", elsewhere.text);
    assert_eq!(elsewhere.json["errors"][0]["code"], "secret-again");
    let removed = as_admin(&desk, Method::DELETE, SETTINGS, &json!({})).await;
    assert_eq!(removed.status, 200, "{}", removed.text);
    let gone = as_admin(&desk, Method::GET, SETTINGS, &Value::Null).await;
    assert_eq!(gone.status, 404, "{}", gone.text);
}

#[tokio::test]
async fn a_document_that_is_wrong_is_told_by_its_keys() {
    let desk = Desk::with(|_| {}).await;
    let body = json!({"document": {"Module": "LDAP", "Nmae": "x", "Params": {"Host": "http://x", "UserPw": 5}}});
    let wrong = as_admin(&desk, Method::POST, PATH, &body).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    let errors = wrong.json["errors"].as_array().expect("errors");
    for key in ["Nmae", "Params.Host", "Params.UserPw"] {
        let is_told = errors.iter().any(|error| error["field"] == key);
        assert!(is_told, "{key} {}", wrong.text);
    }
    let body = json!({"document": [], "colour": 1});
    let wrong = as_admin(&desk, Method::POST, PATH, &body).await;
    assert!(
        wrong.text.contains("/colour\"") && wrong.text.contains("/document\""),
        "{}",
        wrong.text
    );
    // The test failed, and says at which step.
    let body = json!({"document": {"Module": "CSV", "Params": {"File": "nothing.csv"}}});
    let failed = as_admin(&desk, Method::POST, PATH, &body).await;
    assert_eq!(failed.status, 422, "{}", failed.text);
    assert_eq!(failed.json["errors"][0]["code"], "test-failed");
    assert_eq!(
        failed.json["test"]["steps"][0]["outcome"], "failed",
        "{}",
        failed.text
    );
}
