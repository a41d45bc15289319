//! What is wrong with changes, and who may not make them.

use serde_json::{Value, json};

use super::{RELATIONS, admin, belong, relate, serve, to_customer, to_person, world};
use crate::api::desk::{Desk, Reply};

fn pointers(reply: &Reply) -> Vec<String> {
    let errors = reply.json["errors"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .map(|error| format!("{} {}", text(&error["pointer"]), text(&error["code"])))
        .collect()
}

#[tokio::test]
async fn every_mistake_points_at_its_place_and_nothing_is_half_done() {
    let desk = world().await;
    let body = json!({"changes": [
        to_person("anna", "support", "ro", true),
        to_person("nobody", "nowhere", "king", true),
        to_customer("NIEMAND", "support", "ro", true),
        belong("anna", "", true),
        serve("anna", "Tee", true),
    ]});
    let expected = [
        "/changes/1/login unknown-person",
        "/changes/1/group unknown-group",
        "/changes/1/permission unknown-permission",
        "/changes/2/customer unknown-customer",
        "/changes/3/customer required",
        "/changes/4/service unknown-service",
    ];
    let refused = admin(&desk, RELATIONS, &body).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(pointers(&refused), expected);
    let dry = admin(&desk, "/api/v1/relations?dry_run=true", &body).await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    assert_eq!(pointers(&dry), expected);
    let has = desk.get("/api/v1/customer-users/anna/permissions").await;
    assert_eq!(has.json["groups"], json!([]), "{}", has.text);
}

#[tokio::test]
async fn shapes_are_refused_for_a_dry_run_too() {
    let desk = world().await;
    for (body, expected) in [
        (json!({}), vec!["/changes required"]),
        (json!({"changes": {}}), vec!["/changes wrong-type"]),
        (
            json!({"changes": [[], {"relation": "love", "x": 1}]}),
            vec!["/changes/0 wrong-type", "/changes/1/relation not-a-choice"],
        ),
        (
            json!({"changes": [{"relation": "service", "login": "anna", "service": "IT", "given": 1, "context": "same"}]}),
            vec![
                "/changes/0/given wrong-type",
                "/changes/0/context unknown-field",
            ],
        ),
    ] {
        let reply = admin(&desk, "/api/v1/relations?dry_run=true", &body).await;
        assert_eq!(reply.status, 422, "{}", reply.text);
        assert_eq!(pointers(&reply), expected, "{body}");
    }
}

#[tokio::test]
async fn an_editor_gives_only_in_groups_with_rw_and_a_reader_nothing() {
    let desk = world().await;
    let ask = async |desk: &Desk, change: Value| {
        let body = json!({"changes": [change]});
        desk.post(RELATIONS, &body).await
    };
    for change in [
        to_person("anna", "support", "ro", true),
        to_customer("MUSTER", "support", "ro", true),
        to_person("anna", "support", "ro", false),
    ] {
        let refused = ask(&desk, change).await;
        assert_eq!(
            (refused.status.as_u16(), pointers(&refused)),
            (422, vec!["/changes/0/group not-your-group".to_owned()]),
            "{}",
            refused.text
        );
    }
    // The tokens act for the first agent, who has rw in users.
    for change in [
        to_person("anna", "users", "rw", true),
        belong("anna", "ANDERE", true),
        serve("anna", "IT", true),
    ] {
        let given = ask(&desk, change).await;
        assert_eq!(given.status, 200, "{}", given.text);
    }
    let reader = crate::api::desk::bearer(&desk.reader);
    let headers = [
        ("authorization", reader.as_str()),
        ("content-type", "application/json"),
    ];
    let refused = desk
        .send(
            axum::http::Method::POST,
            "/api/v1/relations?dry_run=true",
            &headers,
            r#"{"changes": []}"#,
        )
        .await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json["needed_scope"]),
        (403, &json!("editor"))
    );
}

#[tokio::test]
async fn nobody_but_an_admin_changes_what_their_own_login_has() {
    let desk = world().await;
    desk.person("root@localhost").await;
    for change in [
        to_person("ROOT@localhost", "users", "rw", true),
        belong("root@localhost", "ANDERE", true),
        serve("root@localhost", "IT", true),
    ] {
        let body = json!({"changes": [change.clone()]});
        let refused = desk.post(RELATIONS, &body).await;
        assert_eq!(
            (refused.status.as_u16(), pointers(&refused)),
            (422, vec!["/changes/0/login own-rights".to_owned()]),
            "{}",
            refused.text
        );
        relate(&desk, json!([change])).await;
    }
}

#[tokio::test]
async fn a_context_that_is_not_enabled_can_not_be_given_or_asked_for() {
    let desk = Desk::with(|settings| settings.groups.customer_group_support = true).await;
    let change = json!({"relation": "customer-group", "customer": "MUSTER", "group": "users", "permission": "ro",
        "context": "other", "given": true});
    let refused = admin(&desk, RELATIONS, &json!({"changes": [change]})).await;
    assert_eq!(
        pointers(&refused),
        ["/changes/0/context unknown-context"],
        "{}",
        refused.text
    );
    let asked = desk
        .get("/api/v1/groups/users/customers?context=other")
        .await;
    assert_eq!(
        (asked.status.as_u16(), asked.mistakes()),
        (400, vec!["context unknown-context".into()])
    );
}

#[tokio::test]
async fn a_cursor_that_no_page_gave_is_a_wrong_parameter() {
    let desk = world().await;
    for path in [
        "groups/support/permissions",
        "groups/support/customers",
        "customers/MUSTER/people",
    ] {
        let asked = desk.get(&format!("/api/v1/{path}?after=nobody")).await;
        assert_eq!(
            (asked.status.as_u16(), asked.mistakes()),
            (400, vec!["after not-a-cursor".into()]),
            "{path}: {}",
            asked.text
        );
    }
    let page = desk.get("/api/v1/customers/MUSTER/people?limit=1").await;
    let next = page.json["next"].as_str().expect("a next page").to_owned();
    let page = desk
        .get(&format!("/api/v1/customers/MUSTER/people?after={next}"))
        .await;
    assert_eq!(super::all(&page, "UserLogin"), ["berta"], "{}", page.text);
}
