//! Bad requests get clear pages with the right status.

use axum::http::{Method, StatusCode};

use super::app::TestApp;

const FORM: [(&str, &str); 2] = [
    ("sec-fetch-site", "same-origin"),
    ("content-type", "application/x-www-form-urlencoded"),
];

#[tokio::test]
async fn bad_requests_get_pages() {
    let app = TestApp::open().await;
    let page = app.get("/no/such/page").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        page.text.contains("There is no such page")
            && page.text.contains(page.header("x-request-id"))
    );
    assert!(page.text.contains("href=\"/customers\""), "with navigation");

    let page = app.send(Method::DELETE, "/agents", &FORM, "").await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(page.header("allow"), "GET,HEAD");

    for body in ["name=%FF", "name=a%00b", "name=%C3%28", "name=%zz"] {
        let page = app.post("/tokens", body).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(
            page.text.contains("can&#39;t be read") || page.text.contains("can't be read"),
            "{}",
            page.text
        );
    }
    assert_eq!(
        app.get("/journal?key=%FF").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        app.get("/agents/%FF/edit").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        app.post("/tokens/abc/revoke", "").await.status,
        StatusCode::BAD_REQUEST
    );

    let page = app
        .post("/tokens", &format!("name={}", "a".repeat(1024 * 1024)))
        .await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.text.contains("1 MiB"));

    let json = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
    ];
    assert_eq!(
        app.send(Method::POST, "/tokens", &json, "{}").await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn roles_decide() {
    let mut app = TestApp::open().await;
    app.add_agent("rita", "reader").await;
    app.become_agent("rita").await;
    for path in [
        "/agents",
        "/agents/new",
        "/agents/ewa/edit",
        "/journal",
        "/tokens",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.text.contains("The role “Admin” is needed"), "{path}");
    }
    for (path, form) in [
        (
            "/agents/new",
            "UserLogin=x&UserFirstname=x&UserLastname=x&Role=admin&ValidID=1",
        ),
        ("/agents/ewa/edit", "UserLogin=ewa&Role=reader&ValidID=2"),
        ("/agents/ewa/password", "UserPassword=four+blue+horses+8"),
        ("/tokens", "name=x&scope=admin"),
        ("/journal/verify", ""),
    ] {
        assert_eq!(
            app.post(path, form).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let home = app.get("/").await.text;
    assert!(!home.contains("href=\"/agents\"") && home.contains("href=\"/customer-users\""));
    assert_eq!(app.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn unknown_records_are_not_found() {
    let app = TestApp::open().await;
    let page = app.get("/agents/%3Csvg%20onload%3Dx%3E/edit").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.text.contains("<svg onload"), "escaped");
}

#[tokio::test]
async fn what_has_a_number_is_not_looked_for_under_another_name() {
    let app = TestApp::open().await;
    for path in ["/jobs/99", "/journal/99/undo", "/reviews/99"] {
        let page = app.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("start from the list"), "{path}");
        assert!(!page.text.contains("renamed"), "{path}: {}", page.text);
    }
    let page = app.get("/customers/nobody").await;
    assert!(page.text.contains("renamed"), "{}", page.text);
}
