//! Writes: previews, passwords, idempotency.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::desk::{Desk, person};

#[tokio::test]
async fn a_preview_writes_nothing() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    let before = desk.get("/api/v1/customer-users?valid=all").await.json;

    let added = desk
        .post("/api/v1/customer-users?dry_run=true", &person("bolek"))
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text);
    assert_eq!(
        (&added.json["before"], &added.json["after"]["UserLogin"]),
        (&Value::Null, &json!("bolek"))
    );
    assert_eq!(added.json["errors"], json!([]));

    let path = "/api/v1/customer-users/anna?dry_run=true";
    let renamed = desk
        .patch(path, &json!({"UserLogin": "ania", "UserEmail": "no mail"}))
        .await;
    assert_eq!(renamed.status, StatusCode::OK, "{}", renamed.text);
    assert_eq!(renamed.json["before"]["UserLogin"], "anna");
    assert_eq!(renamed.mistakes(), ["UserEmail email"]);
    let effects = renamed.json["effects"].as_array().expect("effects");
    assert!(
        effects.contains(&json!({"effect": "renames", "from": "anna", "to": "ania"})),
        "{effects:?}"
    );

    let path = "/api/v1/customer-users/anna/password?dry_run=true";
    let password = desk.post(path, &json!({"generate_password": true})).await;
    assert_eq!(password.status, StatusCode::OK, "{}", password.text);
    assert!(password.json.get("password").is_none());

    assert_eq!(
        desk.get("/api/v1/customer-users?valid=all").await.json,
        before
    );
    let history = desk.get("/api/v1/customer-users/anna/history").await;
    assert_eq!(
        history.json["items"].as_array().map(Vec::len),
        Some(1),
        "{}",
        history.text
    );
    assert_eq!(
        desk.patch("/api/v1/customer-users/anna?dry_run=1", &json!({}))
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_generated_password_is_answered_once() {
    let desk = Desk::open().await;
    let mut fields = person("anna");
    fields["generate_password"] = json!(true);
    let made = desk
        .write(
            Method::POST,
            "/api/v1/customer-users",
            &[("idempotency-key", "k1")],
            &fields,
        )
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let password = made.json["password"]
        .as_str()
        .expect("a password")
        .to_owned();
    assert!(password.len() >= 12);

    let again = desk
        .write(
            Method::POST,
            "/api/v1/customer-users",
            &[("idempotency-key", "k1")],
            &fields,
        )
        .await;
    assert_eq!(
        (again.status, again.header("idempotent-replayed")),
        (StatusCode::CREATED, "true"),
        "{}",
        again.text
    );
    assert_eq!(
        (again.header("location"), again.header("etag")),
        (made.header("location"), made.header("etag"))
    );
    assert!(again.json.get("password").is_none());
    for path in ["", "/anna", "/anna/history"] {
        let text = desk
            .get(&format!("/api/v1/customer-users{path}"))
            .await
            .text;
        assert!(!text.contains(&password), "{path}");
    }
}

#[tokio::test]
async fn a_request_sent_again_under_its_key_does_nothing_twice() {
    let desk = Desk::open().await;
    let send = async |key: &str, login: &str| {
        desk.write(
            Method::POST,
            "/api/v1/customer-users",
            &[("idempotency-key", key)],
            &person(login),
        )
        .await
    };
    let first = send("k", "anna").await;
    let again = send("k", "anna").await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::CREATED)
    );
    assert_eq!(first.json, again.json);
    let other = send("k", "bolek").await;
    assert_eq!(
        (other.status, other.mistakes()),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            vec!["Idempotency-Key key-used".into()]
        )
    );
    let refused = send("k2", "anna").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send("k2", "celina").await.status, StatusCode::CREATED);
    assert_eq!(
        send(&"k".repeat(121), "dorota").await.status,
        StatusCode::BAD_REQUEST
    );
    desk.wait(25 * 60 * 60);
    assert_eq!(
        send("k", "anna").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_password_is_given_or_generated() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    let path = "/api/v1/customer-users/anna/password";
    let given = desk
        .post(path, &json!({"password": "richtig-Pferd-Batterie-9"}))
        .await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text);
    assert!(given.json.get("password").is_none());
    assert_eq!(
        given.json["effects"],
        json!([{"effect": "sets-password", "generated": false}])
    );
    let made = desk.post(path, &json!({"generate_password": true})).await;
    assert!(made.json["password"].is_string(), "{}", made.text);
    for (body, expected) in [
        (json!({}), "password either-or"),
        (
            json!({"password": "richtig-Pferd-9", "generate_password": true}),
            "password either-or",
        ),
        (json!({"password": ""}), "password required"),
        (json!({"password": 1}), "password wrong-type"),
        (
            json!({"generate_password": true, "x": 1}),
            "x unknown-field",
        ),
    ] {
        let reply = desk.post(path, &body).await;
        assert_eq!(
            (reply.status, reply.mistakes()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec![expected.into()]),
            "{body}"
        );
    }
    let unknown = desk
        .post(
            "/api/v1/customer-users/nobody/password",
            &json!({"generate_password": true}),
        )
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
