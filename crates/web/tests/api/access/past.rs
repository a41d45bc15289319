//! What somebody had on a past day, and what was gained and lost since.

use serde_json::json;

use super::{all, belong, relate, to_customer, to_person, world};

const DAY: i64 = 86_400;

#[tokio::test]
async fn a_past_day_is_answered_and_compared() {
    // The clock of the tests begins on 17 March 2030, at 17:46 UTC.
    let desk = world().await;
    relate(&desk, json!([to_person("anna", "support", "rw", true)])).await;
    desk.wait(3 * DAY);
    relate(&desk, json!([to_person("anna", "support", "rw", false)])).await;
    relate(&desk, json!([to_person("anna", "sales", "ro", true)])).await;
    desk.wait(3 * DAY);
    desk.person("dora").await;
    let path = "/api/v1/customer-users/anna/permissions";
    let then = desk
        .get(&format!("{path}?as_of=2030-03-18T12:00:00Z"))
        .await;
    assert_eq!(
        then.json,
        json!({
            "UserLogin": "anna", "as_of": "2030-03-18T12:00:00Z", "known": true, "valid": true,
            "customer_group_support": true,
            "groups": [{"group": "support", "permissions": ["ro", "create", "rw"], "reasons": [
                {"permission": "rw", "why": "direct"},
            ]}],
        }),
        "{}",
        then.text
    );
    let compared = desk
        .get(&format!("{path}?as_of=2030-03-18&compare=2030-03-22"))
        .await;
    let difference =
        |group: &str, permission: &str| json!({"group": group, "permission": permission});
    assert_eq!(
        (&compared.json["gained"], &compared.json["lost"]),
        (
            &json!([difference("sales", "ro")]),
            &json!([
                difference("support", "ro"),
                difference("support", "create"),
                difference("support", "rw"),
            ])
        ),
        "{}",
        compared.text
    );
    let back = desk
        .get(&format!("{path}?as_of=2030-03-22&compare=2030-03-18"))
        .await;
    assert_eq!(back.json["lost"], json!([difference("sales", "ro")]));
    let today = desk.get(&format!("{path}?as_of=2030-03-23")).await;
    assert_eq!(today.json["groups"][0]["group"], "sales", "{}", today.text);
    let not_yet = desk
        .get("/api/v1/customer-users/dora/permissions?as_of=2030-03-18&compare=2030-03-23")
        .await;
    assert_eq!(
        (&not_yet.json["known"], &not_yet.json["groups"]),
        (&json!(false), &json!([])),
        "{}",
        not_yet.text
    );
}

#[tokio::test]
async fn days_that_can_not_be_asked_about_are_refused() {
    let desk = world().await;
    desk.wait(3 * DAY);
    let path = "/api/v1/customer-users/anna/permissions";
    for (query, mistake) in [
        ("as_of=yesterday", "as_of not-a-day"),
        ("as_of=2030-02-30", "as_of not-a-day"),
        ("as_of=", "as_of not-a-day"),
        ("as_of=2030-12-24", "as_of in-the-future"),
        ("as_of=2030-03-15", "as_of before-journal"),
        (
            "as_of=2030-03-18&compare=1999-01-01",
            "compare before-journal",
        ),
        ("compare=2030-03-18", "as_of required"),
        (
            "as_of=2030-03-18&group=support&permission=ro",
            "as_of either-or",
        ),
    ] {
        let reply = desk.get(&format!("{path}?{query}")).await;
        assert_eq!(reply.status, 400, "{query} {}", reply.text);
        assert_eq!(reply.mistakes(), [mistake], "{query}");
    }
    let nobody = desk
        .get("/api/v1/customer-users/nobody/permissions?as_of=2030-03-18")
        .await;
    assert_eq!(nobody.status, 404, "{}", nobody.text);
}

#[tokio::test]
async fn groups_and_customers_of_a_past_day_are_listed_and_compared() {
    let desk = world().await;
    relate(
        &desk,
        json!([
            to_person("anna", "support", "rw", true),
            to_customer("ANDERE", "support", "ro", true),
        ]),
    )
    .await;
    desk.wait(3 * DAY);
    relate(
        &desk,
        json!([
            to_person("anna", "support", "rw", false),
            belong("berta", "ANDERE", true),
        ]),
    )
    .await;
    desk.patch(
        "/api/v1/customer-users/carla",
        &json!({"ValidID": 2, "UserLogin": "karla"}),
    )
    .await;
    super::as_admin(
        &desk,
        axum::http::Method::PATCH,
        "/api/v1/groups/support",
        &json!({"Name": "help"}),
    )
    .await;
    desk.wait(3 * DAY);
    let path = "/api/v1/groups/help/permissions";
    let then = desk.get(&format!("{path}?as_of=2030-03-18")).await;
    assert_eq!(
        (
            &then.json["total"],
            &then.json["group_then"],
            &then.json["valid"]
        ),
        (&json!(2), &json!("support"), &json!(true)),
        "{}",
        then.text
    );
    assert_eq!(all(&then, "UserLogin"), ["anna", "karla"]);
    assert_eq!(all(&then, "login_then"), ["anna", "carla"]);
    let now = desk.get(path).await;
    assert_eq!(all(&now, "UserLogin"), ["berta"]);
    let compared = desk
        .get(&format!(
            "{path}?as_of=2030-03-18&compare=2030-03-23&limit=2"
        ))
        .await;
    assert_eq!(
        (&compared.json["gained"], &compared.json["lost"]),
        (&json!(1), &json!(2)),
        "{}",
        compared.text
    );
    assert_eq!(all(&compared, "UserLogin"), ["anna", "berta"]);
    let next = compared.json["next"].as_str().unwrap_or_default();
    let rest = desk
        .get(&format!(
            "{path}?as_of=2030-03-18&compare=2030-03-23&limit=2&after={next}"
        ))
        .await;
    assert_eq!(all(&rest, "UserLogin"), ["karla"], "{}", rest.text);
    assert_eq!(rest.json["next"], json!(null));
    let customers = desk
        .get("/api/v1/groups/help/customers?as_of=2030-03-18")
        .await;
    assert_eq!(
        all(&customers, "CustomerID"),
        ["ANDERE"],
        "{}",
        customers.text
    );
    let customer = desk
        .get("/api/v1/customers/ANDERE/permissions?as_of=2030-03-18&compare=2030-03-23")
        .await;
    assert_eq!(
        (
            &customer.json["known"],
            &customer.json["gained"],
            &customer.json["lost"]
        ),
        (&json!(true), &json!([]), &json!([])),
        "{}",
        customer.text
    );
    assert_eq!(
        customer.json["contexts"][0]["groups"][0]["group"],
        "support"
    );
    for (path, status) in [
        ("/api/v1/groups/nowhere/permissions?as_of=2030-03-18", 404),
        (
            "/api/v1/customers/nowhere/permissions?as_of=2030-03-18",
            404,
        ),
        ("/api/v1/groups/help/permissions?as_of=2030-03-16", 400),
        ("/api/v1/groups/help/customers?as_of=2031-03-16", 400),
        (
            "/api/v1/customers/ANDERE/permissions?compare=2030-03-18",
            400,
        ),
    ] {
        let reply = desk.get(path).await;
        assert_eq!(reply.status.as_u16(), status, "{path} {}", reply.text);
    }
}
