//! Who may call what: every operation of the OpenAPI document with every kind of caller.

use axum::http::{Method, StatusCode};
use kartoteka_directory::Role;
use kartoteka_login::Logins;

use super::desk::{Desk, bearer};

/// An operation: method, an address, and the scope it needs.
struct Operation {
    method: Method,
    path: String,
    scope: Option<Role>,
    /// The statuses that are documented.
    statuses: Vec<String>,
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(kartoteka_rest::openapi()).expect("a document");
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let path = path
                .replace("{login}", "nobody")
                .replace("{customer_id}", "nobody")
                .replace("{id}", "999999");
            let scope = operation["security"][0]["token"][0]
                .as_str()
                .map(|name| Role::parse(name).expect("a role"));
            let method = method.to_uppercase().parse().expect("a method");
            let statuses = operation["responses"].as_object().expect("responses");
            found.push(Operation {
                method,
                path,
                scope,
                statuses: statuses.keys().cloned().collect(),
            });
        }
    }
    assert!(found.len() > 20);
    found
}

async fn call(
    desk: &Desk,
    operation: &Operation,
    authorization: Option<&str>,
) -> super::desk::Reply {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(authorization.map(|value| ("authorization", value)));
    desk.send(operation.method.clone(), &operation.path, &headers, "{}")
        .await
}

#[tokio::test]
async fn without_a_token_that_counts_nothing_is_answered() {
    let desk = Desk::open().await;
    let expired = desk
        .token("short", Role::Admin, Some(desk.now() + 60))
        .await;
    let revoked = desk.token("revoked", Role::Admin, None).await;
    let tokens = Logins::of(&desk.directory)
        .tokens(&kartoteka_directory::Actor::operator())
        .await
        .expect("tokens");
    let id = tokens
        .iter()
        .find(|token| token.name == "revoked")
        .expect("there")
        .id;
    Logins::of(&desk.directory)
        .revoke_token(&kartoteka_directory::Actor::operator(), id)
        .await
        .expect("revoked");
    desk.wait(61);
    let values = [
        None,
        Some(bearer(&expired)),
        Some(bearer(&revoked)),
        Some(bearer("kt_unknown")),
        Some(bearer("")),
        Some(format!("Basic {}", desk.admin)),
        Some(desk.admin.clone()),
    ];
    for operation in operations() {
        for value in &values {
            let reply = call(&desk, &operation, value.as_deref()).await;
            let name = format!(
                "{} {} {value:?}: {}",
                operation.method, operation.path, reply.text
            );
            if operation.scope.is_none() {
                assert_eq!(reply.status, StatusCode::OK, "{name}");
                continue;
            }
            assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{name}");
            assert!(
                reply.header("www-authenticate").starts_with("Bearer "),
                "{name}"
            );
            assert_eq!(
                reply.header("content-type"),
                "application/problem+json",
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn each_scope_may_what_the_document_says() {
    let desk = Desk::open().await;
    let callers = [
        (Role::Reader, &desk.reader),
        (Role::Editor, &desk.editor),
        (Role::Admin, &desk.admin),
    ];
    for operation in operations() {
        let Some(needed) = operation.scope else {
            continue;
        };
        for (role, token) in callers {
            let reply = call(&desk, &operation, Some(&bearer(token))).await;
            let name = format!(
                "{} {} as {}: {}",
                operation.method,
                operation.path,
                role.name(),
                reply.text
            );
            if role >= needed {
                assert!(
                    !matches!(reply.status.as_u16(), 401 | 403 | 500..),
                    "{name}"
                );
                continue;
            }
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{name}");
            assert_eq!(reply.json["needed_scope"], needed.name(), "{name}");
            let challenge = format!(r#"error="insufficient_scope", scope="{}""#, needed.name());
            assert!(
                reply.header("www-authenticate").ends_with(&challenge),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn every_answer_is_documented() {
    let desk = Desk::open().await;
    for operation in operations() {
        let reply = call(&desk, &operation, Some(&bearer(&desk.admin))).await;
        let known = operation
            .statuses
            .iter()
            .any(|one| one == reply.status.as_str());
        assert!(
            known,
            "{} {} {}",
            operation.method, operation.path, reply.status
        );
    }
}

#[tokio::test]
async fn cookies_count_for_nothing() {
    let desk = Desk::open().await;
    let cookie = format!("kartoteka={}", desk.admin);
    let reply = desk
        .send(Method::GET, "/api/v1/customers", &[("cookie", &cookie)], "")
        .await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
}
