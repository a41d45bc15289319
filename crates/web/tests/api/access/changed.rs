//! Giving and taking: what it answers, what it writes, what it comes to.

use axum::http::Method;
use serde_json::json;

use super::{RELATIONS, admin, all, belong, relate, serve, to_customer, to_person, world};
use crate::api::desk::bearer;

#[tokio::test]
async fn a_dry_run_shows_what_a_save_then_does_and_changes_nothing() {
    let desk = world().await;
    let body = json!({"changes": [
        to_customer("MUSTER", "support", "rw", true),
        belong("carla", "MUSTER", true),
        serve("anna", "IT", true),
    ]});
    let dry = admin(&desk, "/api/v1/relations?dry_run=true", &body).await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    assert_eq!(
        dry.json["effects"]["permissions"][2],
        json!({"group": "support", "permission": "rw", "gained": true, "people": 3, "customers": 2,
            "logins": ["anna", "berta", "carla"]}),
        "{}",
        dry.text
    );
    assert_eq!(
        dry.json["effects"]["customers"],
        json!([{"customer": "MUSTER", "gained": true, "people": 1, "logins": ["carla"]}])
    );
    assert_eq!(
        dry.json["effects"]["services"],
        json!([{"service": "IT", "gained": true, "people": 1, "everybody_without_own": false, "logins": ["anna"]}])
    );
    assert_eq!(
        (&dry.json["errors"], &dry.json["journal"]),
        (&json!([]), &json!(null))
    );
    let who = "/api/v1/groups/support/permissions?permission=rw";
    assert_eq!(desk.get(who).await.json["total"], 0);
    let head = desk.get("/api/v1/customer-users/carla/history").await;
    assert!(!head.text.contains("relate"), "{}", head.text);

    let done = admin(&desk, RELATIONS, &body).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(done.json["changes"], dry.json["changes"]);
    assert_eq!(done.json["effects"], dry.json["effects"]);
    assert_eq!(done.json["journal"]["count"], 3, "{}", done.text);
    let holders = desk.get(who).await;
    assert_eq!(all(&holders, "UserLogin"), ["anna", "berta", "carla"]);
    let again = admin(&desk, RELATIONS, &body).await;
    assert_eq!(
        again.json,
        json!({"changes": [], "effects": {"permissions": [], "customers": [], "services": []}, "errors": [],
            "journal": null})
    );
}

#[tokio::test]
async fn what_is_taken_is_gone_and_rw_stands_alone() {
    let desk = world().await;
    relate(&desk, json!([to_person("anna", "support", "ro", true)])).await;
    let given = relate(&desk, json!([to_person("anna", "support", "rw", true)])).await;
    assert_eq!(
        given.json["changes"],
        json!([
            to_person("anna", "support", "ro", false),
            to_person("anna", "support", "rw", true),
        ]),
        "{}",
        given.text
    );
    let part = json!({"changes": [to_person("anna", "support", "ro", false)]});
    let refused = admin(&desk, RELATIONS, &part).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json["errors"][0]["code"]),
        (422, &json!("take-rw-first")),
        "{}",
        refused.text
    );
    relate(&desk, json!([to_person("anna", "support", "rw", false)])).await;
    let has = desk.get("/api/v1/customer-users/anna/permissions").await;
    assert_eq!(has.json["groups"], json!([]));
}

#[tokio::test]
async fn a_request_sent_again_gets_the_same_answer() {
    let desk = world().await;
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "ticks-1"),
    ];
    let body = json!({"changes": [to_customer("MUSTER", "support", "ro", true)]}).to_string();
    let first = desk
        .send(Method::POST, RELATIONS, &headers, body.clone())
        .await;
    assert_eq!(first.status, 200, "{}", first.text);
    relate(
        &desk,
        json!([to_customer("MUSTER", "support", "ro", false)]),
    )
    .await;
    let again = desk.send(Method::POST, RELATIONS, &headers, body).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.json, first.json);
    let who = desk.get("/api/v1/groups/support/permissions").await;
    assert_eq!(who.json["total"], 0, "it was not given once more");
    let other = json!({"changes": []}).to_string();
    let used = desk.send(Method::POST, RELATIONS, &headers, other).await;
    assert_eq!(used.mistakes(), ["Idempotency-Key key-used"]);
}

#[tokio::test]
async fn many_changes_come_in_one_request_but_not_without_bound() {
    let desk = world().await;
    let one = |at: usize| {
        to_customer(
            &format!("a-customer-with-a-long-name-{at:05}"),
            "support",
            "create",
            false,
        )
    };
    let many = |count: usize| json!({"changes": (0..count).map(one).collect::<Vec<_>>()});
    let body = many(10_000);
    assert!(body.to_string().len() > 1024 * 1024);
    let taken = admin(&desk, RELATIONS, &body).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    assert_eq!(taken.json["changes"], json!([]));
    let more = admin(&desk, RELATIONS, &many(10_001)).await;
    assert_eq!(
        (more.status.as_u16(), more.mistakes()),
        (422, vec!["changes too-many-items".into()])
    );
    let huge = json!({"changes": [], "pad": "x".repeat(4 * 1024 * 1024)});
    assert_eq!(admin(&desk, RELATIONS, &huge).await.status, 413);
}
