//! Single records: creating, reading, changing, versions, odd keys.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::desk::{Desk, part, person};

#[tokio::test]
async fn a_person_is_added_read_and_changed() {
    let desk = Desk::open().await;
    let made = desk.person("anna").await;
    assert_eq!(made.header("location"), "/api/v1/customer-users/anna");
    assert_eq!(made.json["UserLogin"], "anna");
    assert_eq!(made.json["Source"], "CustomerUser");
    assert!(made.json.get("password").is_none() && made.json.get("UserPassword").is_none());
    let read = desk.get(made.header("location")).await;
    assert_eq!(
        (read.status, read.header("etag")),
        (StatusCode::OK, made.header("etag"))
    );
    assert!(read.header("etag").starts_with('"'));
    let changed = desk
        .patch(
            "/api/v1/customer-users/anna",
            &json!({"UserPhone": "1", "ValidID": "2"}),
        )
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    assert_eq!(
        (&changed.json["UserPhone"], &changed.json["ValidID"]),
        (&json!("1"), &json!("2"))
    );
    assert_ne!(changed.header("etag"), made.header("etag"));
    let read = desk.get("/api/v1/customer-users/anna").await;
    assert_eq!(read.header("etag"), changed.header("etag"));
    assert_eq!(read.json["UserFirstname"], "Anna");
}

#[tokio::test]
async fn a_customer_is_added_read_and_renamed() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    let read = desk.get("/api/v1/customers/MUSTER").await;
    assert_eq!(
        (read.status, &read.json["CustomerCompanyName"]),
        (StatusCode::OK, &json!("Muster GmbH"))
    );
    let renamed = desk
        .patch("/api/v1/customers/MUSTER", &json!({"CustomerID": "A/B ü"}))
        .await;
    assert_eq!(renamed.status, StatusCode::OK, "{}", renamed.text);
    assert_eq!(
        desk.get("/api/v1/customers/MUSTER").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.get("/api/v1/customers/A%2FB%20%C3%BC").await.status,
        StatusCode::OK
    );
    let anna = desk.get("/api/v1/customer-users/anna").await;
    assert_eq!(anna.json["UserCustomerID"], "A/B ü");
    let customers = desk.get("/api/v1/customer-users/anna/customers").await;
    assert_eq!(
        customers.json,
        json!({"items": [{"CustomerID": "A/B ü", "belonging": "primary", "further": false, "known": true, "valid": true}]})
    );
}

#[tokio::test]
async fn any_text_may_be_a_login() {
    let desk = Desk::open().await;
    for login in [
        "a/b",
        "..",
        "a b",
        "a%2Fb",
        "Łucja?x=1#y",
        "o'hara;--",
        "\"quoted\"",
        "x@example.com",
        "日本",
    ] {
        let made = desk.post("/api/v1/customer-users", &person(login)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{login} {}", made.text);
        for address in [
            made.header("location").to_owned(),
            format!("/api/v1/customer-users/{}", part(login)),
        ] {
            let read = desk.get(&address).await;
            assert_eq!(
                (read.status, &read.json["UserLogin"]),
                (StatusCode::OK, &json!(login)),
                "{address}"
            );
            assert_eq!(
                desk.get(&format!("{address}/history")).await.status,
                StatusCode::OK,
                "{address}"
            );
        }
    }
    for missing in ["nobody", "%00", "a%00b", "%F0%9F%90%88"] {
        let read = desk.get(&format!("/api/v1/customer-users/{missing}")).await;
        assert_eq!(read.status, StatusCode::NOT_FOUND, "{missing}");
        assert_eq!(read.header("content-type"), "application/problem+json");
    }
    assert_eq!(
        desk.get("/api/v1/customer-users/%ff").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn versions_guard_changes_and_save_reading() {
    let desk = Desk::open().await;
    let first = desk.person("anna").await.header("etag").to_owned();
    let path = "/api/v1/customer-users/anna";
    let change = json!({"UserPhone": "1"});
    let changed = desk
        .write(Method::PATCH, path, &[("if-match", &first)], &change)
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let second = changed.header("etag").to_owned();

    let wanted = json!({"UserPhone": "2", "UserPassword": "geheim-Geheim-77"});
    let stale = desk
        .write(Method::PATCH, path, &[("if-match", &first)], &wanted)
        .await;
    assert_eq!(
        stale.status,
        StatusCode::PRECONDITION_FAILED,
        "{}",
        stale.text
    );
    assert_eq!(stale.json["current"]["UserPhone"], "1");
    assert_eq!(stale.json["wanted"], json!({"UserPhone": "2"}));
    assert_eq!(stale.header("etag"), second);
    assert!(!stale.text.contains("geheim"));
    assert_eq!(desk.get(path).await.json["UserPhone"], "1");

    let weak = format!("W/{second}");
    let cases = [
        ("*", 200),
        (weak.as_str(), 412),
        ("anna", 400),
        ("\"x\", \"y\"", 412),
    ];
    for (value, expected) in cases {
        let reply = desk
            .write(
                Method::PATCH,
                path,
                &[("if-match", value)],
                &json!({"UserPhone": "1"}),
            )
            .await;
        assert_eq!(reply.status, expected, "{value} {}", reply.text);
    }
    let either = format!("\"x\", {second}");
    let reply = desk
        .write(
            Method::PATCH,
            path,
            &[("if-match", &either)],
            &json!({"UserPhone": "3"}),
        )
        .await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);

    let third = reply.header("etag").to_owned();
    let authorization = super::desk::bearer(&desk.reader);
    for (value, expected) in [(third.as_str(), 304), ("*", 304), (second.as_str(), 200)] {
        let headers = [
            ("authorization", authorization.as_str()),
            ("if-none-match", value),
        ];
        let reply = desk.send(Method::GET, path, &headers, "").await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("etag")),
            (expected, third.as_str()),
            "{value}"
        );
        assert_eq!(reply.text.is_empty(), expected == 304);
    }
}

#[tokio::test]
async fn preferences_are_members_of_the_person() {
    let desk = Desk::open().await;
    let made = desk.person("anna").await;
    assert!(made.json.get("UserLanguage").is_none());
    let path = "/api/v1/customer-users/anna";
    let wanted = json!({"UserLanguage": "pl", "UserShowTickets": 30});
    let preview = desk.patch(&format!("{path}?dry_run=true"), &wanted).await;
    assert_eq!(
        preview.json["changes"],
        json!([
            {"field": "UserLanguage", "before": "", "after": "pl"},
            {"field": "UserShowTickets", "before": "", "after": "30"},
        ])
    );
    let changed = desk.patch(path, &wanted).await;
    assert_eq!(changed.json["UserShowTickets"], "30", "{}", changed.text);
    let read = desk.get(path).await;
    assert_eq!(read.json["UserLanguage"], "pl");
    assert_eq!(read.header("etag"), changed.header("etag"));
    let wrong = desk.patch(path, &json!({"UserShowTickets": "7"})).await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.text
    );
    let fields = desk.get("/api/v1/fields").await;
    let preferences = &fields.json["sources"][0]["preferences"];
    assert_eq!(preferences[0]["name"], "UserLanguage", "{}", fields.text);
    let one = desk.get("/api/v1/customer-users?source=CustomerUser").await;
    assert_eq!(one.json["total"], 1, "{}", one.text);
    let none = desk.get("/api/v1/customer-users?source=Nowhere").await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST, "{}", none.text);
}
