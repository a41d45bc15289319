//! Tokens, for admins.

use axum::http::Method;
use serde_json::{Value, json};

use super::desk::{Desk, Reply, bearer};

async fn send(desk: &Desk, method: Method, path: &str, body: &Value) -> Reply {
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    desk.send(method, path, &headers, body.to_string()).await
}

#[tokio::test]
async fn a_token_is_made_used_and_revoked() {
    let desk = Desk::open().await;
    let wanted = json!({"name": "import", "scope": "reader", "expires": "2035-01-31T12:00:00Z"});
    let made = send(&desk, Method::POST, "/api/v1/tokens", &wanted).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let secret = made.json["token"].as_str().expect("a secret").to_owned();
    assert_eq!(
        (&made.json["scope"], &made.json["expires"]),
        (&json!("reader"), &json!("2035-01-31T12:00:00Z"))
    );
    let list = send(&desk, Method::GET, "/api/v1/tokens", &json!({})).await;
    assert!(list.text.contains("import") && !list.text.contains(&secret));

    let authorization = bearer(&secret);
    let use_it = async || {
        desk.send(
            Method::GET,
            "/api/v1/customers",
            &[("authorization", &authorization)],
            "",
        )
        .await
        .status
    };
    assert_eq!(use_it().await, 200);
    let path = format!("/api/v1/tokens/{}", made.json["id"]);
    assert_eq!(
        send(&desk, Method::DELETE, &path, &json!({})).await.status,
        204
    );
    assert_eq!(use_it().await, 401);
    assert_eq!(
        send(&desk, Method::DELETE, &path, &json!({})).await.status,
        404
    );
    assert_eq!(
        send(&desk, Method::DELETE, "/api/v1/tokens/import", &json!({}))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_named() {
    let desk = Desk::open().await;
    for (body, expected) in [
        (json!({}), vec!["name required", "scope required"]),
        (
            json!({"name": "x", "scope": "king"}),
            vec!["scope not-a-choice"],
        ),
        (
            json!({"name": "x", "scope": ""}),
            vec!["scope not-a-choice"],
        ),
        (
            json!({"name": "x", "scope": "reader", "expires": "soon"}),
            vec!["expires not-a-time"],
        ),
        (
            json!({"name": "x", "scope": "reader", "expires": 5}),
            vec!["expires wrong-type"],
        ),
        (
            json!({"name": "x", "scope": "reader", "id": 5}),
            vec!["id unknown-field"],
        ),
        (
            json!({"name": "admin", "scope": "reader"}),
            vec!["name taken"],
        ),
    ] {
        let reply = send(&desk, Method::POST, "/api/v1/tokens", &body).await;
        assert_eq!(
            (reply.status.as_u16(), reply.mistakes()),
            (422, expected.iter().map(ToString::to_string).collect()),
            "{body}"
        );
    }
    let lasting = send(
        &desk,
        Method::POST,
        "/api/v1/tokens",
        &json!({"name": "y", "scope": "admin", "expires": null}),
    )
    .await;
    assert_eq!(
        (lasting.status.as_u16(), &lasting.json["expires"]),
        (201, &Value::Null)
    );
}

#[tokio::test]
async fn a_token_sent_again_is_without_its_secret() {
    let desk = Desk::open().await;
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "t"),
    ];
    let body = json!({"name": "import", "scope": "reader"}).to_string();
    let first = desk
        .send(Method::POST, "/api/v1/tokens", &headers, body.clone())
        .await;
    let again = desk
        .send(Method::POST, "/api/v1/tokens", &headers, body)
        .await;
    assert_eq!(
        (first.status.as_u16(), again.status.as_u16()),
        (201, 201),
        "{}",
        again.text
    );
    assert_eq!(first.json["id"], again.json["id"]);
    assert!(first.json["token"].is_string() && again.json.get("token").is_none());
}
