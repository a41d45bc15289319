//! The settings that permissions depend on.

use axum::http::Method;
use kartoteka_directory::SetIn;
use serde_json::{Value, json};

use super::{as_admin, relate, to_customer, world};
use crate::api::desk::{Desk, bearer};

const PATH: &str = "/api/v1/settings/access";

async fn shown(desk: &Desk) -> Value {
    let reply = as_admin(desk, Method::GET, PATH, &Value::Null).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json["items"].clone()
}

#[tokio::test]
async fn settings_say_where_they_come_from_and_change_as_a_dry_run_said() {
    let desk = Desk::with(|settings| {
        settings.groups.customer_group_support = true;
        let named = &mut settings.groups.named;
        named.insert("customer_group_support".into(), SetIn::File);
        let variable = "KARTOTEKA_GROUPS__OTHER_CUSTOMERS".into();
        named.insert("other_customers".into(), SetIn::Variable(variable));
    })
    .await;
    desk.person("anna").await;
    let items = shown(&desk).await;
    assert_eq!(
        (&items[0], &items[1]),
        (
            &json!({"key": "customer_group_support", "value": true, "origin": "file", "changeable": false}),
            &json!({"key": "always_groups", "value": ["users"], "origin": "default", "changeable": true}),
        )
    );
    assert_eq!(
        items[3],
        json!({
            "key": "other_customers", "value": false, "origin": "environment", "changeable": false,
            "variable": "KARTOTEKA_GROUPS__OTHER_CUSTOMERS",
        })
    );
    let body = json!({"always_groups": ["users", "stats"], "other_customers": false});
    let dry = as_admin(
        &desk,
        Method::PATCH,
        "/api/v1/settings/access?dry_run=true",
        &body,
    )
    .await;
    assert_eq!(
        dry.json,
        json!({
            "changes": [{"key": "always_groups", "before": ["users"], "after": ["users", "stats"]}],
            "effects": [
                {"group": "stats", "permission": "ro", "people_before": 0, "people_after": 1},
                {"group": "stats", "permission": "rw", "people_before": 0, "people_after": 1},
            ],
            "more_groups": false, "errors": [], "journal": null,
        }),
        "{}",
        dry.text
    );
    assert_eq!(shown(&desk).await, items, "a dry run saves nothing");
    let done = as_admin(&desk, Method::PATCH, PATH, &body).await;
    assert_eq!(done.json["effects"], dry.json["effects"], "{}", done.text);
    assert_eq!(done.json["journal"]["count"], 1);
    assert_eq!(
        shown(&desk).await[1],
        json!({"key": "always_groups", "value": ["users", "stats"], "origin": "database", "changeable": true})
    );
    let has = desk.get("/api/v1/customer-users/anna/permissions").await;
    assert_eq!(has.json["groups"][0]["group"], "stats", "{}", has.text);
    let again = as_admin(&desk, Method::PATCH, PATH, &body).await;
    assert_eq!(
        (&again.json["changes"], &again.json["journal"]),
        (&json!([]), &json!(null))
    );
}

#[tokio::test]
async fn what_the_file_fixes_and_what_makes_no_sense_is_refused() {
    let desk = Desk::with(|settings| {
        let named = &mut settings.groups.named;
        named.insert("customer_group_support".into(), SetIn::File);
        let variable = "KARTOTEKA_GROUPS__OTHER_CUSTOMERS".into();
        named.insert("other_customers".into(), SetIn::Variable(variable));
    })
    .await;
    for (body, mistakes) in [
        (
            json!({"customer_group_support": true}),
            vec!["customer_group_support fixed-by-file"],
        ),
        (
            json!({"other_customers": true}),
            vec!["other_customers fixed-by-variable"],
        ),
        (
            json!({"always_groups": ["nowhere"], "permissions": ["rw"], "other_customers": "yes", "x": 1}),
            vec![
                "always_groups unknown-group",
                "other_customers not-a-choice",
                "permissions unknown-permission",
                "x unknown-field",
            ],
        ),
    ] {
        let refused = as_admin(&desk, Method::PATCH, PATH, &body).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert_eq!(refused.mistakes(), mistakes);
        if body == json!({"other_customers": true}) {
            let said = refused.text.contains("KARTOTEKA_GROUPS__OTHER_CUSTOMERS");
            assert!(said, "{}", refused.text);
        }
        let path = "/api/v1/settings/access?dry_run=true";
        let dry = as_admin(&desk, Method::PATCH, path, &body).await;
        assert_eq!(
            (dry.status.as_u16(), dry.mistakes().len()),
            (422, mistakes.len())
        );
    }
}

#[tokio::test]
async fn only_admins_see_and_change_settings() {
    let desk = world().await;
    relate(&desk, json!([to_customer("MUSTER", "support", "ro", true)])).await;
    for token in [&desk.reader, &desk.editor] {
        let authorization = bearer(token);
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", "application/json"),
        ];
        for method in [Method::GET, Method::PATCH] {
            let reply = desk.send(method, PATH, &headers, "{}").await;
            assert_eq!(
                (reply.status.as_u16(), &reply.json["needed_scope"]),
                (403, &json!("admin")),
                "{}",
                reply.text
            );
        }
    }
}
