//! Something gets another name between a dry run and the change, and between the plan of a change and saving it: the
//! mistake points at its place, and nothing is half done.

use serde_json::{Value, json};

use super::{RELATIONS, admin, as_admin, belong, serve, to_customer, to_person, world};
use crate::api::desk::{Desk, Reply};

fn pointers(reply: &Reply) -> Vec<String> {
    let errors = reply.json["errors"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .map(|error| format!("{} {}", text(&error["pointer"]), text(&error["code"])))
        .collect()
}

/// What anna has.
async fn has(desk: &Desk) -> Value {
    let permissions = desk.get("/api/v1/customer-users/anna/permissions").await;
    let customers = desk.get("/api/v1/customer-users/anna/customers").await;
    let services = desk.get("/api/v1/customer-users/anna/services").await;
    json!([permissions.json["groups"], customers.json, services.json])
}

#[tokio::test]
async fn a_rename_between_plan_and_save_is_told_at_its_place() {
    let desk = world().await;
    let before = has(&desk).await;
    let whole =
        |broken: Value| json!({"changes": [to_person("anna", "sales", "rw", true), broken]});
    for (broken, statement, mistake) in [
        (
            to_person("anna", "support", "ro", true),
            "UPDATE groups_table SET name = 'help' WHERE name = 'support'",
            "/changes/1/group unknown-group",
        ),
        (
            to_person("berta", "sales", "ro", true),
            "UPDATE customer_user SET login = 'bertha' WHERE login = 'berta'",
            "/changes/1/login unknown-person",
        ),
        (
            to_customer("ANDERE", "sales", "ro", true),
            "UPDATE customer_company SET customer_id = 'NEU' WHERE customer_id = 'ANDERE'",
            "/changes/1/customer unknown-customer",
        ),
        (
            serve("anna", "IT", true),
            "UPDATE service SET name = 'EDV' WHERE name = 'IT'",
            "/changes/1/service unknown-service",
        ),
    ] {
        let body = whole(broken);
        let sent = admin(&desk, RELATIONS, &body);
        let refused = desk.while_saving(sent, statement).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert_eq!(pointers(&refused), [mistake], "{}", refused.text);
        assert!(!refused.json["errors"][0]["message"].is_null());
        assert_eq!(has(&desk).await, before, "{mistake}: nothing is half done");
    }
}

#[tokio::test]
async fn a_rename_after_a_dry_run_is_told_and_the_new_name_is_taken() {
    let desk = world().await;
    let before = has(&desk).await;
    let changes = |group: &str, customer: &str| json!({"changes": [to_person("anna", group, "ro", true), belong("anna", customer, true)]});
    let body = changes("support", "ANDERE");
    let dry = format!("{RELATIONS}?dry_run=true");
    let planned = admin(&desk, &dry, &body).await;
    assert_eq!(pointers(&planned), [""; 0], "{}", planned.text);
    for (path, change) in [
        ("/api/v1/groups/support", json!({"Name": "help"})),
        ("/api/v1/customers/ANDERE", json!({"CustomerID": "NEU"})),
    ] {
        let renamed = as_admin(&desk, axum::http::Method::PATCH, path, &change).await;
        assert_eq!(renamed.status, 200, "{}", renamed.text);
    }
    let refused = admin(&desk, RELATIONS, &body).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(
        pointers(&refused),
        [
            "/changes/0/group unknown-group",
            "/changes/1/customer unknown-customer"
        ]
    );
    assert_eq!(has(&desk).await, before);
    let done = admin(&desk, RELATIONS, &changes("help", "NEU")).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_ne!(has(&desk).await, before);
}
