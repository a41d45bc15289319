//! Moving a person from one source to another.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::desk::{Desk, Reply, bearer};
use crate::staff::staff;

const MOVE: &str = "/api/v1/customer-users/anna/move";

async fn admin(desk: &Desk, path: &str, version: &str, body: &Value) -> Reply {
    let bearer = bearer(&desk.admin);
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
        ("if-match", version),
    ];
    desk.send(Method::POST, path, &headers, body.to_string())
        .await
}

#[tokio::test]
async fn a_person_is_moved_by_admins_with_a_preview_and_a_way_back() {
    let (source, _folder) = staff().await;
    let desk = Desk::with(|settings| settings.customer_users.push(source)).await;
    desk.person("anna").await;
    let fax = json!({"UserFax": "+48 2"});
    let saved = desk.patch("/api/v1/customer-users/anna", &fax).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);

    let body = json!({"Source": "CustomerUser1", "UserCity": "Łódź"});
    let refused = desk.post(MOVE, &body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    let plan = admin(
        &desk,
        "/api/v1/customer-users/anna/move?dry_run=true",
        "*",
        &body,
    )
    .await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.text);
    assert_eq!(plan.json["source"], "CustomerUser1");
    assert_eq!(plan.json["errors"], json!([]));
    let effects = plan.json["effects"].as_array().expect("effects");
    for effect in [
        json!({"effect": "moves", "from": "CustomerUser", "to": "CustomerUser1"}),
        json!({"effect": "no-place", "source": "CustomerUser1", "fields": ["UserFax"]}),
        json!({"effect": "removes-row", "source": "CustomerUser", "together": false}),
        json!({"effect": "has-no-password"}),
    ] {
        assert!(effects.contains(&effect), "{effect} {effects:?}");
    }
    let wrong = admin(&desk, MOVE, "*", &json!({"Source": "Nowhere"})).await;
    assert_eq!(wrong.mistakes(), ["Source not-a-choice"], "{}", wrong.text);
    let wrong = admin(&desk, MOVE, "*", &json!({"UserCity": "x"})).await;
    assert_eq!(wrong.mistakes(), ["Source required"], "{}", wrong.text);
    let there = admin(&desk, MOVE, "*", &json!({"Source": "CustomerUser"})).await;
    assert_eq!(there.mistakes(), ["Source already-there"], "{}", there.text);
    let stale = admin(&desk, MOVE, "\"0123456789abcdef01234567\"", &body).await;
    assert_eq!(
        stale.status,
        StatusCode::PRECONDITION_FAILED,
        "{}",
        stale.text
    );

    let moved = admin(&desk, MOVE, "*", &body).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.text);
    assert_eq!(moved.json["Source"], "CustomerUser1");
    assert_eq!(moved.json["UserCity"], "Łódź");
    let shown = desk.get("/api/v1/customer-users/anna").await;
    assert_eq!(shown.json["Source"], "CustomerUser1", "{}", shown.text);
    assert_eq!(shown.header("etag"), moved.header("etag"));
    let history = desk.get("/api/v1/customer-users/anna/history").await;
    assert_eq!(
        history.json["items"][0]["action"], "move",
        "{}",
        history.text
    );
    // Adding asks for the source, too.
    let mut bolek = super::desk::person("bolek");
    bolek["Source"] = json!("CustomerUser1");
    let added = desk.post("/api/v1/customer-users", &bolek).await;
    assert_eq!(added.json["Source"], "CustomerUser1", "{}", added.text);
}
