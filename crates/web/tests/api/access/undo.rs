//! Taking changes back.

use axum::http::Method;
use serde_json::{Value, json};

use super::{admin, as_admin, relate, to_customer, to_person, world};
use crate::api::desk::{Desk, Reply, bearer};

async fn undo(desk: &Desk, entry: i64, query: &str) -> Reply {
    let path = format!("/api/v1/journal/{entry}/undo{query}");
    let authorization = bearer(&desk.admin);
    // No body, and no content type.
    let headers = [("authorization", authorization.as_str())];
    desk.send(Method::POST, &path, &headers, "").await
}

async fn latest(desk: &Desk) -> i64 {
    let path = "/api/v1/journal?limit=1";
    let reply = as_admin(desk, Method::GET, path, &Value::Null).await;
    reply.json["items"][0]["id"].as_i64().unwrap_or_default()
}

#[tokio::test]
async fn relations_are_taken_back_together_as_a_dry_run_said() {
    let desk = world().await;
    let given = relate(
        &desk,
        json!([
            to_person("anna", "support", "rw", true),
            to_customer("ANDERE", "support", "ro", true),
        ]),
    )
    .await;
    let entry = given.json["journal"]["first"].as_i64().unwrap_or_default() + 1;
    let dry = undo(&desk, entry, "?dry_run=true").await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    assert_eq!(
        (
            &dry.json["undoes"],
            &dry.json["changes"],
            &dry.json["journal"]
        ),
        (
            &json!("relations"),
            &json!([
                to_person("anna", "support", "rw", false),
                {"relation": "customer-group", "customer": "ANDERE", "group": "support", "permission": "ro",
                    "context": "same", "given": false},
            ]),
            &json!(null)
        ),
        "{}",
        dry.text
    );
    let who = "/api/v1/groups/support/permissions";
    assert_eq!(desk.get(who).await.json["total"], 2);
    let done = undo(&desk, entry, "").await;
    assert_eq!(done.json["effects"], dry.json["effects"], "{}", done.text);
    assert_eq!(done.json["journal"]["count"], 2);
    assert_eq!(desk.get(who).await.json["total"], 0);
    let again = undo(&desk, entry, "").await;
    assert_eq!(
        (&again.json["changes"], &again.json["journal"]),
        (&json!([]), &json!(null)),
        "{}",
        again.text
    );
}

#[tokio::test]
async fn records_and_settings_get_back_what_they_had() {
    let desk = world().await;
    let body = json!({"UserFirstname": "Ania"});
    let patched = desk.patch("/api/v1/customer-users/anna", &body).await;
    assert_eq!(patched.status, 200, "{}", patched.text);
    let done = undo(&desk, latest(&desk).await, "").await;
    assert_eq!(
        (
            &done.json["undoes"],
            &done.json["kind"],
            &done.json["changes"]
        ),
        (
            &json!("record"),
            &json!("customer-user"),
            &json!([{"field": "UserFirstname", "before": "Ania", "after": "Anna"}])
        ),
        "{}",
        done.text
    );
    let body = json!({"always_groups": ["support"]});
    let saved = as_admin(&desk, Method::PATCH, "/api/v1/settings/access", &body).await;
    let entry = saved.json["journal"]["first"].as_i64().unwrap_or_default();
    let done = undo(&desk, entry, "").await;
    assert_eq!(
        (&done.json["undoes"], &done.json["changes"]),
        (
            &json!("settings"),
            &json!([{"key": "always_groups", "before": ["support"], "after": []}])
        ),
        "{}",
        done.text
    );
}

#[tokio::test]
async fn what_can_not_be_taken_back_is_refused() {
    let desk = world().await;
    let path = "/api/v1/customer-users/anna/password";
    let set = desk.post(path, &json!({"generate_password": true})).await;
    assert_eq!(set.status, 200, "{}", set.text);
    let refused = undo(&desk, latest(&desk).await, "").await;
    assert_eq!(
        (refused.status.as_u16(), refused.mistakes()),
        (422, vec!["entry cannot-undo".to_owned()]),
        "{}",
        refused.text
    );
    for entry in [999_999, -1] {
        assert_eq!(undo(&desk, entry, "").await.status, 404);
    }
    let made = admin(&desk, "/api/v1/groups", &json!({"Name": "vip"})).await;
    assert_eq!(made.status, 201);
    let group = latest(&desk).await;
    relate(&desk, json!([to_person("anna", "support", "ro", true)])).await;
    let relation = latest(&desk).await;
    // An editor does not change groups, nor gives and takes in groups without rw.
    let path = format!("/api/v1/journal/{group}/undo");
    let refused = desk.post(&path, &json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json["needed_scope"]),
        (403, &json!("admin")),
        "{}",
        refused.text
    );
    let path = format!("/api/v1/journal/{relation}/undo");
    let refused = desk.post(&path, &json!({})).await;
    assert_eq!(
        (refused.status.as_u16(), refused.mistakes()),
        (422, vec!["group not-your-group".to_owned()]),
        "{}",
        refused.text
    );
    let unknown = desk.post(&path, &json!({"force": true})).await;
    assert_eq!(unknown.mistakes(), ["force unknown-field"]);
    let reader = bearer(&desk.reader);
    let headers = [("authorization", reader.as_str())];
    let refused = desk.send(Method::POST, &path, &headers, "").await;
    assert_eq!(refused.status, 403, "{}", refused.text);
}
