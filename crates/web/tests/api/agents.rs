//! Agents, for admins.

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
async fn an_agent_is_added_listed_and_changed() {
    let desk = Desk::open().await;
    let ewa = json!({"UserLogin": "ewa", "UserFirstname": "Ewa", "UserLastname": "Lis", "Role": "editor", "generate_password": true});
    let made = send(&desk, Method::POST, "/api/v1/agents", &ewa).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.header("location"), "/api/v1/agents/ewa");
    assert!(
        made.json["password"].is_string() && made.json.get("UserPassword").is_none(),
        "{}",
        made.text
    );

    let list = send(&desk, Method::GET, "/api/v1/agents", &json!({})).await;
    let listed = list.json["items"]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["UserLogin"] == "ewa"));
    assert_eq!(
        listed.map(|agent| &agent["Role"]),
        Some(&json!("editor")),
        "{}",
        list.text
    );

    let tag = made.header("etag").to_owned();
    let changed = send(
        &desk,
        Method::PATCH,
        "/api/v1/agents/ewa",
        &json!({"Role": "reader"}),
    )
    .await;
    assert_eq!(
        (changed.status.as_u16(), &changed.json["Role"]),
        (200, &json!("reader")),
        "{}",
        changed.text
    );
    assert_ne!(changed.header("etag"), tag);
    let read = send(&desk, Method::GET, "/api/v1/agents/ewa", &json!({})).await;
    assert_eq!(
        (read.status.as_u16(), &read.json["Role"]),
        (200, &json!("reader"))
    );
    let history = send(&desk, Method::GET, "/api/v1/agents/ewa/history", &json!({})).await;
    assert_eq!(
        history.json["items"].as_array().map(Vec::len),
        Some(2),
        "{}",
        history.text
    );

    let wrong = send(
        &desk,
        Method::PATCH,
        "/api/v1/agents/ewa",
        &json!({"Role": "king", "UserID": "1"}),
    )
    .await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.mistakes()),
        (
            422,
            vec!["Role unknown-role".into(), "UserID unknown-field".into()]
        )
    );
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let desk = Desk::open().await;
    for (login, role) in [("ewa", "admin"), ("jan", "reader")] {
        let agent = json!({"UserLogin": login, "UserFirstname": "E", "UserLastname": "L", "Role": role, "generate_password": true});
        let made = send(&desk, Method::POST, "/api/v1/agents", &agent).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    let change = async |login: &str, body: Value| {
        let path = format!("/api/v1/agents/{login}");
        let reply = send(&desk, Method::PATCH, &path, &body).await;
        (reply.status.as_u16(), reply.mistakes())
    };
    for (field, value) in [("Role", "editor"), ("ValidID", "2")] {
        let refused = (422, vec![format!("{field} last-admin")]);
        assert_eq!(change("ewa", json!({field: value})).await, refused);
    }
    assert_eq!(change("jan", json!({"Role": "admin"})).await.0, 200);
    assert_eq!(change("ewa", json!({"Role": "editor"})).await.0, 200);
    let refused = (422, vec!["Role last-admin".to_owned()]);
    assert_eq!(change("jan", json!({"Role": "reader"})).await, refused);
}
