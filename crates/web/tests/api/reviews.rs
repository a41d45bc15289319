//! Access reviews in REST: from the start to the export, and what is refused.

use axum::http::Method;
use serde_json::{Value, json};

use super::access::{admin, relate, to_customer, to_person, world};
use super::desk::{Desk, Reply, bearer};

const REVIEWS: &str = "/api/v1/reviews";

/// A review of `support`, which was given to `MUSTER` and to `anna` herself.
async fn begun() -> Desk {
    let desk = world().await;
    let given = [
        to_customer("MUSTER", "support", "ro", true),
        to_person("anna", "support", "ro", true),
    ];
    relate(&desk, json!(given)).await;
    let outlook = format!("{REVIEWS}?dry_run=true");
    let outlook = admin(&desk, &outlook, &json!({"group": "support"})).await;
    assert_eq!(
        (outlook.status.as_u16(), &outlook.json["grants"]),
        (200, &json!(2))
    );
    let begun = admin(&desk, REVIEWS, &json!({"group": "support", "note": "2030"})).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    assert_eq!(begun.header("location"), "/api/v1/reviews/1");
    desk
}

async fn decide(desk: &Desk, token: &str, body: Value) -> Reply {
    let authorization = bearer(token);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let path = format!("{REVIEWS}/1/items");
    desk.send(Method::PATCH, &path, &headers, body.to_string())
        .await
}

fn places(reply: &Reply) -> Vec<String> {
    let errors = reply.json["errors"].as_array().into_iter().flatten();
    let one = |error: &Value| {
        let place = match error["pointer"].as_str() {
            Some(pointer) => pointer.to_owned(),
            None => format!(
                "{} {}",
                error["item"],
                error["field"].as_str().unwrap_or_default()
            ),
        };
        format!("{place} {}", error["code"].as_str().unwrap_or_default())
    };
    errors.map(one).collect()
}

#[tokio::test]
async fn a_review_goes_from_start_to_export() {
    let desk = begun().await;
    let items = desk.get("/api/v1/reviews/1/items").await;
    assert_eq!(items.json["total"], 2, "{}", items.text);
    let item = &items.json["items"][1];
    assert_eq!(
        (&item["login"], &item["also"][0]["why"]),
        (&json!("anna"), &json!("via-customer"))
    );
    assert_eq!(
        (&item["given"], &item["decision"]),
        (&json!(true), &json!("undecided"))
    );
    let decided = json!({"items": [
        {"item": 1, "decision": "revoke", "comment": "=odeszli", "version": 0},
    ]});
    let decided = decide(&desk, &desk.admin, decided).await;
    assert_eq!(
        (decided.status.as_u16(), &decided.json["changed"]),
        (200, &json!(1))
    );
    let early = admin(&desk, "/api/v1/reviews/1/sign-off", &json!({})).await;
    assert_eq!(
        (early.status.as_u16(), places(&early)),
        (422, vec!["/items undecided".into()])
    );
    let all = json!({"all": {"decision": "undecided", "search": "ANNA"}, "decision": "confirm"});
    let all = decide(&desk, &desk.admin, all).await;
    assert_eq!(all.json["counts"]["decided"], 2, "{}", all.text);
    let found = desk
        .get("/api/v1/reviews/1/items?decision=revoke&limit=1")
        .await;
    assert_eq!(
        (&found.json["total"], &found.json["next"]),
        (&json!(1), &Value::Null)
    );
    let preview = admin(&desk, "/api/v1/reviews/1/sign-off?dry_run=true", &json!({})).await;
    let lost = &preview.json["effects"]["permissions"][0];
    assert_eq!(
        (&lost["people"], &lost["logins"]),
        (&json!(1), &json!(["berta"])),
        "{}",
        preview.text
    );
    let who = "/api/v1/groups/support/permissions?permission=ro";
    assert_eq!(desk.get(who).await.json["total"], 2, "only a preview");
    // Something is decided otherwise between preview and sign-off.
    let other = json!({"items": [{"item": 2, "decision": "revoke"}]});
    decide(&desk, &desk.admin, other).await;
    let seen = json!({"seen": preview.json["seen"]});
    let late = admin(&desk, "/api/v1/reviews/1/sign-off", &seen).await;
    assert_eq!(places(&late), ["/seen review-changed"]);
    let back = json!({"items": [{"item": 2, "decision": "confirm"}]});
    decide(&desk, &desk.admin, back).await;
    let signed = admin(&desk, "/api/v1/reviews/1/sign-off", &seen).await;
    assert_eq!(signed.status, 200, "{}", signed.text);
    assert_eq!(
        (&signed.json["state"], &signed.json["result"]["revoked"]),
        (&json!("signed-off"), &json!(1))
    );
    assert_eq!(desk.get(who).await.json["total"], 1);
    let csv = desk.get("/api/v1/reviews/1/export?format=csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("review-1.csv"));
    assert!(
        csv.text.starts_with('\u{feff}') && csv.text.contains("\"'=odeszli\""),
        "{}",
        csv.text
    );
    let kept = desk.get("/api/v1/reviews/1/export").await;
    assert_eq!(kept.json["items"][0]["outcome"], "revoked", "{}", kept.text);
    assert_eq!(kept.json["items"][1]["earlier"][0]["decision"], "confirm");
    let journal = "/api/v1/journal?kind=review";
    let authorization = bearer(&desk.admin);
    let headers = [("authorization", authorization.as_str())];
    let told = desk.send(Method::GET, journal, &headers, "").await;
    let actions: Vec<&Value> = told.json["items"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| &entry["action"])
        .collect();
    assert_eq!(
        actions,
        ["sign-off-review", "start-review"],
        "{}",
        told.text
    );
    let listed = desk.get("/api/v1/reviews?state=signed-off").await;
    assert_eq!(listed.json["items"][0]["id"], 1);
    let entry = signed.json["journal"].as_i64().unwrap_or_default();
    let journal = desk
        .send(
            Method::GET,
            "/api/v1/journal?limit=1",
            &[("authorization", &bearer(&desk.admin))],
            "",
        )
        .await;
    assert_eq!(journal.json["items"][0]["id"], entry, "{}", journal.text);
}

#[tokio::test]
async fn what_was_given_since_is_taken_in_and_a_review_can_be_cancelled() {
    let desk = begun().await;
    relate(
        &desk,
        json!([to_person("berta", "support", "create", true)]),
    )
    .await;
    let taken = admin(&desk, "/api/v1/reviews/1/take-in", &json!({})).await;
    assert_eq!(taken.json["added"], 1, "{}", taken.text);
    let cancelled = admin(
        &desk,
        "/api/v1/reviews/1/cancel",
        &json!({"note": "pomyłka"}),
    )
    .await;
    assert_eq!(
        (&cancelled.json["state"], &cancelled.json["remark"]),
        (&json!("cancelled"), &json!("pomyłka"))
    );
    let again = admin(&desk, "/api/v1/reviews/1/cancel", &json!({})).await;
    assert_eq!(places(&again), ["/review review-closed"]);
    assert_eq!(desk.get("/api/v1/reviews/1/items").await.json["total"], 3);
}

#[tokio::test]
async fn each_mistake_is_refused_at_its_place() {
    let desk = begun().await;
    for (body, expected) in [
        (json!({}), vec!["/group either-or"]),
        (
            json!({"group": "support", "customer": "MUSTER"}),
            vec!["/group either-or"],
        ),
        (json!({"group": "support"}), vec!["/group review-open"]),
    ] {
        let refused = admin(&desk, REVIEWS, &body).await;
        assert_eq!(
            (refused.status.as_u16(), places(&refused)),
            (422, expected.iter().map(|&one| one.to_owned()).collect())
        );
    }
    for (body, expected) in [
        (json!({}), vec!["/items required"]),
        (
            json!({"items": [{"item": "1"}, 7]}),
            vec![
                "/items/0/item wrong-type",
                "/items/0/decision required",
                "/items/1 wrong-type",
            ],
        ),
        (
            json!({"items": [{"item": 1, "decision": "maybe"}]}),
            vec!["/items/0/decision not-a-choice"],
        ),
        (
            json!({"items": [{"item": 9, "decision": "revoke"}]}),
            vec!["/items/0/item not-a-choice"],
        ),
        (
            json!({"all": {"x": 1}, "decision": "revoke"}),
            vec!["/x unknown-field"],
        ),
    ] {
        let refused = decide(&desk, &desk.admin, body).await;
        let found = places(&refused);
        assert_eq!(
            (refused.status.as_u16(), found),
            (422, expected.iter().map(|&one| one.to_owned()).collect()),
            "{}",
            refused.text
        );
    }
    for (body, expected) in [
        (json!({"group": "nowhere"}), "/group unknown-group"),
        (json!({"customer": "NOWHERE"}), "/customer unknown-customer"),
    ] {
        let missing = admin(&desk, REVIEWS, &body).await;
        assert_eq!(places(&missing), [expected], "{}", missing.text);
    }
    for path in [
        "/api/v1/reviews/2",
        "/api/v1/reviews/x",
        "/api/v1/reviews/2/items",
    ] {
        assert_eq!(desk.get(path).await.status, 404, "{path}");
    }
    let malformed = desk
        .get("/api/v1/reviews/1/items?decision=maybe&after=-1")
        .await;
    assert_eq!(
        malformed.mistakes(),
        ["after out-of-range", "decision not-a-choice"]
    );
}

#[tokio::test]
async fn an_editor_needs_the_right_in_the_group() {
    let desk = begun().await;
    let refused = desk.post(REVIEWS, &json!({"group": "sales"})).await;
    assert_eq!(
        places(&refused),
        ["/group not-your-group"],
        "{}",
        refused.text
    );
    let items = json!({"items": [{"item": 1, "decision": "confirm"}]});
    let refused = decide(&desk, &desk.editor, items).await;
    assert_eq!(places(&refused), ["/items/0/item not-your-group"]);
    let all = json!({"all": {}, "decision": "revoke"});
    let left = decide(&desk, &desk.editor, all).await;
    assert_eq!(
        (&left.json["changed"], &left.json["left"]),
        (&json!(0), &json!(2))
    );
    let refused = desk.post("/api/v1/reviews/1/cancel", &json!({})).await;
    assert_eq!(places(&refused), ["/Group not-your-group"]);
    let refused = decide(
        &desk,
        &desk.reader,
        json!({"all": {}, "decision": "revoke"}),
    )
    .await;
    assert_eq!(refused.status, 403);
    // In a group of their own.
    let own = desk.post(REVIEWS, &json!({"group": "stats"})).await;
    assert_eq!(own.status, 201, "{}", own.text);
    let preview = desk
        .post("/api/v1/reviews/1/sign-off?dry_run=true", &json!({}))
        .await;
    let codes = places(&preview);
    assert!(
        codes.contains(&"/Group not-your-group".to_owned()),
        "{codes:?}"
    );
}
