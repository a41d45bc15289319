//! What somebody has, who has something, and why.

use serde_json::json;

use super::{all, belong, relate, serve, to_customer, to_person, world};

#[tokio::test]
async fn a_person_has_what_was_given_in_three_ways_and_each_is_named() {
    let desk = world().await;
    relate(
        &desk,
        json!([
            to_person("anna", "support", "create", true),
            to_customer("MUSTER", "support", "ro", true),
            belong("anna", "ANDERE", true),
            to_customer("ANDERE", "sales", "rw", true),
        ]),
    )
    .await;
    let has = desk.get("/api/v1/customer-users/ANNA/permissions").await;
    assert_eq!(
        has.json,
        json!({
            "UserLogin": "anna", "valid": true, "unavailable_since": null, "held_back_since": null, "customer_group_support": true,
            "groups": [
                {"group": "sales", "permissions": ["ro", "create", "rw"], "reasons": [
                    {"permission": "rw", "why": "via-customer", "customer": "ANDERE", "belonging": "further", "context": "same"},
                ]},
                {"group": "support", "permissions": ["ro", "create"], "reasons": [
                    {"permission": "create", "why": "direct"},
                    {"permission": "ro", "why": "via-customer", "customer": "MUSTER", "belonging": "primary", "context": "same"},
                ]},
            ],
        }),
        "{}",
        has.text
    );
    let customer = desk.get("/api/v1/customers/andere/permissions").await;
    assert_eq!(customer.json["CustomerID"], "ANDERE", "{}", customer.text);
    assert_eq!(
        customer.json["contexts"],
        json!([
            {"context": "same", "groups": [{"group": "sales", "permissions": ["ro", "create", "rw"], "reasons": [
                {"permission": "rw", "why": "via-customer", "customer": "ANDERE", "belonging": "primary", "context": "same"},
            ]}]},
            {"context": "other", "groups": []},
        ])
    );
}

#[tokio::test]
async fn who_has_and_has_what_agree() {
    let desk = world().await;
    relate(
        &desk,
        json!([
            to_person("anna", "support", "rw", true),
            to_customer("ANDERE", "support", "create", true),
            to_customer("MUSTER", "sales", "ro", true),
            belong("berta", "ANDERE", true),
        ]),
    )
    .await;
    for group in ["support", "sales", "users"] {
        for permission in ["ro", "create", "rw", "owner"] {
            let who = desk
                .get(&format!(
                    "/api/v1/groups/{group}/permissions?permission={permission}"
                ))
                .await;
            assert_eq!(who.status, 200, "{}", who.text);
            let holders = all(&who, "UserLogin");
            assert_eq!(who.json["total"], holders.len(), "{}", who.text);
            for login in ["anna", "berta", "carla"] {
                let asked = format!(
                    "/api/v1/customer-users/{login}/permissions?group={group}&permission={permission}"
                );
                let explained = desk.get(&asked).await;
                let holds = holders.contains(&login);
                assert_eq!(explained.json["held"], holds, "{}", explained.text);
                let empty = |member: &str| explained.json[member] == json!([]);
                assert_eq!(
                    (empty("reasons"), empty("obstacles"), empty("remedies")),
                    (!holds, holds, holds)
                );
            }
        }
    }
    let who = desk
        .get("/api/v1/groups/support/permissions?permission=create")
        .await;
    assert_eq!(all(&who, "UserLogin"), ["anna", "berta", "carla"]);
}

#[tokio::test]
async fn an_explanation_names_obstacles_and_ways() {
    let desk = world().await;
    let changes = [
        json!({"relation": "customer-group", "customer": "MUSTER", "group": "support", "permission": "rw",
            "context": "other", "given": true}),
        to_customer("MUSTER", "support", "ro", true),
    ];
    relate(&desk, json!(changes)).await;
    let asked = "/api/v1/customer-users/anna/permissions?group=support&permission=create";
    let explained = desk.get(asked).await;
    assert_eq!(
        explained.json["obstacles"],
        json!([
            {"obstacle": "other-context-only", "customer": "MUSTER"},
            {"obstacle": "not-given"},
            {"obstacle": "has-only", "permissions": ["ro"]},
        ]),
        "{}",
        explained.text
    );
    assert_eq!(
        explained.json["remedies"],
        json!([
            [{"remedy": "give-person"}],
            [{"remedy": "give-customer", "customer": "MUSTER"}],
            [{"remedy": "always-group"}],
        ])
    );
    relate(&desk, json!([to_person("anna", "support", "create", true)])).await;
    assert_eq!(desk.get(asked).await.json["held"], true);
}

#[tokio::test]
async fn lists_come_page_by_page_and_count_exactly() {
    let desk = world().await;
    relate(
        &desk,
        json!([
            belong("carla", "MUSTER", true),
            to_customer("MUSTER", "support", "ro", true),
            to_customer("ANDERE", "support", "ro", true),
            {"relation": "customer-group", "customer": "ANDERE", "group": "sales", "permission": "ro",
                "context": "other", "given": true},
            to_customer("MUSTER", "sales", "ro", true),
            serve("anna", "IT::Netz", true),
            serve("berta", "IT::Netz", true),
            serve("<DEFAULT>", "IT::Netz", true),
        ]),
    )
    .await;
    for (path, member, expected) in [
        (
            "/api/v1/groups/support/permissions",
            "UserLogin",
            vec!["anna", "berta", "carla"],
        ),
        (
            "/api/v1/groups/support/customers",
            "CustomerID",
            vec!["ANDERE", "MUSTER"],
        ),
        (
            "/api/v1/customers/MUSTER/people",
            "UserLogin",
            vec!["anna", "berta", "carla"],
        ),
        (
            "/api/v1/customer-users/carla/reach",
            "CustomerID",
            vec!["ANDERE", "MUSTER"],
        ),
        (
            "/api/v1/services/IT::Netz/people",
            "UserLogin",
            vec!["anna", "berta"],
        ),
    ] {
        let (mut found, mut after) = (vec![], String::new());
        loop {
            let page = desk.get(&format!("{path}?limit=1&after={after}")).await;
            assert_eq!(page.status, 200, "{path} {}", page.text);
            assert_eq!(page.json["total"], expected.len(), "{path} {}", page.text);
            found.extend(all(&page, member).into_iter().map(str::to_owned));
            match page.json["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(found, expected, "{path}");
    }
    let other = desk
        .get("/api/v1/groups/sales/customers?context=other")
        .await;
    assert_eq!(all(&other, "CustomerID"), ["ANDERE"], "{}", other.text);
}

#[tokio::test]
async fn people_customers_and_services_say_how_they_belong_together() {
    let desk = world().await;
    relate(
        &desk,
        json!([
            belong("carla", "MUSTER", true),
            serve("<DEFAULT>", "IT", true),
            serve("anna", "IT::Netz", true),
        ]),
    )
    .await;
    let people = desk.get("/api/v1/customers/muster/people").await;
    assert_eq!(
        people.json["items"][2],
        json!({"UserLogin": "carla", "text": people.json["items"][2]["text"], "belonging": "further"})
    );
    assert!(people.text.contains("Nowak carla"), "{}", people.text);
    let customers = desk.get("/api/v1/customer-users/carla/customers").await;
    assert_eq!(
        customers.json,
        json!({"items": [
            {"CustomerID": "ANDERE", "belonging": "primary", "further": false, "known": true, "valid": true},
            {"CustomerID": "MUSTER", "belonging": "further", "further": true, "known": true, "valid": true},
        ]})
    );
    let anna = desk.get("/api/v1/customer-users/anna/services").await;
    assert_eq!(
        anna.json,
        json!({"UserLogin": "anna", "own": ["IT::Netz"], "invalid": [], "why": "own", "applied": ["IT::Netz"]})
    );
    let berta = desk.get("/api/v1/customer-users/berta/services").await;
    assert_eq!(
        (&berta.json["why"], &berta.json["applied"]),
        (&json!("default"), &json!(["IT"]))
    );
    let defaults = desk.get("/api/v1/default-services").await;
    assert_eq!(
        defaults.json,
        json!({"items": [{"service": "IT", "valid": true}]})
    );
    let it = desk.get("/api/v1/services/IT/people").await;
    assert_eq!(
        (&it.json["default"], &it.json["total"]),
        (&json!(true), &json!(0)),
        "{}",
        it.text
    );
    let reach = desk.get("/api/v1/customer-users/carla/reach").await;
    assert_eq!(
        all(&reach, "CustomerID"),
        ["ANDERE", "MUSTER"],
        "{}",
        reach.text
    );
}

#[tokio::test]
async fn unknown_names_and_parameters_are_named() {
    let desk = world().await;
    for path in [
        "/api/v1/customer-users/nobody/permissions",
        "/api/v1/customer-users/nobody/permissions?group=support&permission=ro",
        "/api/v1/customer-users/anna/permissions?group=nowhere&permission=ro",
        "/api/v1/customer-users/nobody/reach",
        "/api/v1/customer-users/nobody/customers",
        "/api/v1/customer-users/nobody/services",
        "/api/v1/customers/nobody/permissions",
        "/api/v1/customers/nobody/people",
        "/api/v1/groups/nowhere/permissions",
        "/api/v1/groups/Support/permissions",
        "/api/v1/groups/nowhere/customers",
        "/api/v1/services/nothing/people",
    ] {
        let reply = desk.get(path).await;
        assert_eq!(reply.status, 404, "{path} {}", reply.text);
    }
    for (path, mistake) in [
        (
            "/api/v1/customer-users/anna/permissions?group=support",
            "permission required",
        ),
        (
            "/api/v1/customer-users/anna/permissions?permission=ro",
            "group required",
        ),
        (
            "/api/v1/customer-users/anna/permissions?group=support&permission=king",
            "permission unknown-permission",
        ),
        (
            "/api/v1/groups/support/permissions?permission=RO",
            "permission unknown-permission",
        ),
        (
            "/api/v1/groups/support/permissions?limit=1001",
            "limit out-of-range",
        ),
        (
            "/api/v1/groups/support/customers?context=all",
            "context not-a-choice",
        ),
        (
            "/api/v1/customers/MUSTER/people?valid=all",
            "valid unknown-field",
        ),
    ] {
        let reply = desk.get(path).await;
        assert_eq!(reply.status, 400, "{path} {}", reply.text);
        assert_eq!(reply.mistakes(), [mistake], "{path}");
    }
}
