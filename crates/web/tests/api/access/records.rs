//! Whose permissions grow or shrink when a record is saved.

use axum::http::Method;
use serde_json::{Value, json};

use super::{as_admin, belong, relate, to_customer, to_person, world};
use crate::api::desk::Desk;

/// What a dry run says of permissions.
async fn effects(desk: &Desk, path: &str, body: Value) -> Vec<Value> {
    let path = format!("/api/v1/{path}?dry_run=true");
    let plan = as_admin(desk, Method::PATCH, &path, &body).await;
    assert_eq!(plan.status, 200, "{}", plan.text);
    let effects = plan.json["effects"].as_array().cloned().unwrap_or_default();
    let said = effects.into_iter();
    said.filter(|effect| effect["effect"] == "changes-permission")
        .collect()
}

fn effect(permission: &str, gained: bool, customers: Option<u64>, logins: &[&str]) -> Value {
    let mut effect = json!({
        "effect": "changes-permission", "group": "support", "permission": permission, "gained": gained,
        "people": logins.len(), "logins": logins,
    });
    if let Some(customers) = customers {
        effect["customers"] = customers.into();
    }
    effect
}

#[tokio::test]
async fn a_plan_lists_who_gains_and_who_loses() {
    let desk = world().await;
    relate(
        &desk,
        json!([
            to_customer("MUSTER", "support", "ro", true),
            to_person("anna", "support", "create", true),
            to_person("carla", "support", "ro", true),
            belong("carla", "MUSTER", true),
        ]),
    )
    .await;
    let invalid = || json!({"ValidID": 2});
    assert_eq!(
        effects(&desk, "customer-users/anna", invalid()).await,
        [
            effect("create", false, Some(1), &["anna"]),
            effect("ro", false, Some(1), &["anna"]),
        ]
    );
    assert_eq!(
        effects(
            &desk,
            "customer-users/berta",
            json!({"UserCustomerID": "ANDERE"})
        )
        .await,
        [effect("ro", false, Some(1), &["berta"])]
    );
    // Carla keeps what is given to her.
    assert_eq!(
        effects(&desk, "customers/MUSTER", invalid()).await,
        [effect("ro", false, Some(1), &["anna", "berta"])]
    );
    assert_eq!(
        effects(&desk, "groups/support", invalid()).await,
        [
            effect("ro", false, None, &["anna", "berta", "carla"]),
            effect("create", false, None, &["anna"]),
        ]
    );
    assert_eq!(
        effects(&desk, "groups/support", json!({"Name": "help"})).await,
        [] as [Value; 0]
    );
    let body = json!({"always_groups": ["support"]});
    let saved = as_admin(&desk, Method::PATCH, "/api/v1/settings/access", &body).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    // Everybody has the group by its name.
    let renamed = effects(&desk, "groups/support", json!({"Name": "help"})).await;
    let create = &renamed[0];
    assert_eq!(
        (
            &create["group"],
            &create["permission"],
            &create["people"],
            &create["logins"]
        ),
        (
            &json!("help"),
            &json!("create"),
            &json!(2),
            &json!(["berta", "carla"])
        ),
        "{renamed:?}"
    );
    assert_eq!(renamed[1]["people"], 3, "{renamed:?}");
    let entry = as_admin(
        &desk,
        Method::PATCH,
        "/api/v1/customer-users/anna",
        &json!({"ValidID": 2}),
    )
    .await;
    assert_eq!(entry.status, 200, "{}", entry.text);
    let history = desk.get("/api/v1/customer-users/anna/history").await;
    assert!(
        !history.text.contains("changes-permission"),
        "the journal does not repeat it: {}",
        history.text
    );
}
