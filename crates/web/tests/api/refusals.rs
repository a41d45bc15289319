//! What bad input gets: the right status, the place, and nothing written.

use axum::http::{Method, StatusCode};
use kartoteka_model::source::{Address, Table};
use serde_json::{Value, json};

use super::desk::{Desk, bearer, person};

const PEOPLE: &str = "/api/v1/customer-users";

#[tokio::test]
async fn all_mistakes_in_fields_are_named_at_once() {
    let desk = Desk::open().await;
    let mut fields = person("anna");
    fields["UserEmail"] = json!("no mail");
    fields["UserCustomerID"] = json!("NOBODY");
    fields["UserFirstname"] = json!(7);
    fields["UserRoom"] = json!("1");
    fields["UserPhone"] = json!("\u{0}");
    fields["ValidID"] = json!(9);
    let reply = desk.post(PEOPLE, &fields).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let expected = [
        "UserCustomerID unknown-customer",
        "UserEmail email",
        "UserFirstname wrong-type",
        "UserPhone control-character",
        "UserRoom unknown-field",
        "ValidID unknown-validity",
    ];
    assert_eq!(reply.mistakes(), expected, "{}", reply.text);
    let first = reply.json["errors"]
        .as_array()
        .and_then(|errors| errors.iter().find(|error| error["field"] == "UserRoom"));
    assert_eq!(
        first.map(|error| &error["pointer"]),
        Some(&json!("/UserRoom"))
    );
    assert!(
        reply.json["request_id"]
            .as_str()
            .is_some_and(|id| id == reply.header("x-request-id"))
    );
    assert_eq!(
        desk.get(&format!("{PEOPLE}?valid=all")).await.json["total"],
        0
    );
}

#[tokio::test]
async fn rules_that_a_password_breaks_are_named() {
    let desk = Desk::open().await;
    let mut fields = person("anna");
    fields["UserPassword"] = json!("kot");
    fields["UserEmail"] = json!("anna@example.com");
    let reply = desk.post(PEOPLE, &fields).await;
    let expected = ["UserEmail email-refused", "UserPassword weak-password"];
    assert_eq!(reply.mistakes(), expected, "{}", reply.text);
    let errors = reply.json["errors"].as_array().cloned().unwrap_or_default();
    let password = errors
        .iter()
        .find(|error| error["field"] == "UserPassword")
        .expect("listed");
    assert_eq!(
        password["violations"],
        json!([
            {"code": "too-short", "message": "At least 8 characters.", "number": 8},
            {"code": "no-digit", "message": "At least one digit."},
        ])
    );
    desk.person("anna").await;
    let path = format!("{PEOPLE}/anna/password");
    let first = desk
        .post(&path, &json!({"password": "kot w butach 7"}))
        .await;
    assert!(first.status.is_success(), "{}", first.text);
    let again = desk
        .post(&path, &json!({"password": "kot w butach 7"}))
        .await;
    assert_eq!(
        again.mistakes(),
        ["password weak-password"],
        "{}",
        again.text
    );
    let mistake = &again.json["errors"][0];
    assert_eq!(mistake["pointer"], "/password");
    assert_eq!(mistake["violations"][0]["code"], "used-before");
    let plan = desk
        .post(&format!("{path}?dry_run=true"), &json!({"password": "kot"}))
        .await;
    assert_eq!(plan.json["errors"][0]["field"], "password", "{}", plan.text);
}

#[tokio::test]
async fn values_of_other_types_are_refused() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    for value in [
        json!(null),
        json!(true),
        json!(1.5),
        json!([]),
        json!({}),
        json!(1),
    ] {
        let reply = desk
            .patch(&format!("{PEOPLE}/anna"), &json!({"UserCity": value}))
            .await;
        assert_eq!(
            (reply.status.as_u16(), reply.mistakes()),
            (422, vec!["UserCity wrong-type".into()]),
            "{value}"
        );
    }
    for value in [json!(1.5), json!(null), json!([1]), json!(u64::MAX)] {
        let reply = desk
            .patch(&format!("{PEOPLE}/anna"), &json!({"ValidID": value}))
            .await;
        assert_eq!(
            (reply.status.as_u16(), reply.mistakes()),
            (422, vec!["ValidID wrong-type".into()]),
            "{value}"
        );
    }
    for name in [
        "create_time",
        "CreateTime",
        "id",
        "Source",
        "generate_password",
        "__proto__",
        "password",
        "is_admin",
    ] {
        let reply = desk
            .patch(&format!("{PEOPLE}/anna"), &json!({name: "1"}))
            .await;
        assert_eq!(
            (reply.status.as_u16(), reply.mistakes()),
            (422, vec![format!("{name} unknown-field")])
        );
    }
    let mut other = person("bolek");
    other["Source"] = json!("CustomerUser9");
    assert_eq!(
        desk.post(PEOPLE, &other).await.mistakes(),
        ["Source not-a-choice"]
    );
    let long = "ł".repeat(5000);
    let reply = desk
        .patch(&format!("{PEOPLE}/anna"), &json!({"UserCity": long}))
        .await;
    assert_eq!(reply.mistakes(), ["UserCity too-long"]);
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let desk = Desk::open().await;
    let authorization = bearer(&desk.editor);
    let send = async |kind: &str, body: Vec<u8>| {
        desk.send(
            Method::POST,
            PEOPLE,
            &[("authorization", &authorization), ("content-type", kind)],
            body,
        )
        .await
    };
    let json = "application/json";
    let malformed = send(json, b"{\"UserLogin\": }".to_vec()).await;
    assert_eq!(
        (
            malformed.status.as_u16(),
            &malformed.json["line"],
            &malformed.json["column"]
        ),
        (400, &json!(1), &json!(15))
    );
    assert_eq!(
        send(json, b"{\"UserLogin\": \"\xff\"}".to_vec())
            .await
            .status,
        400
    );
    assert_eq!(send(json, Vec::new()).await.status, 400);
    assert_eq!(
        send(json, "[".repeat(500_000).into_bytes()).await.status,
        400
    );
    assert_eq!(send(json, b"[]".to_vec()).await.status, 422);
    assert_eq!(
        send("application/json; charset=utf-8", b"[]".to_vec())
            .await
            .status,
        422
    );
    assert_eq!(send("text/plain", b"{}".to_vec()).await.status, 415);
    assert_eq!(
        send("application/x-www-form-urlencoded", b"a=b".to_vec())
            .await
            .status,
        415
    );
    let bare = desk
        .send(
            Method::POST,
            PEOPLE,
            &[("authorization", &authorization)],
            "{}",
        )
        .await;
    assert_eq!(bare.status, 415);
    let huge = format!("{{\"UserCity\": \"{}\"}}", "x".repeat(1024 * 1024));
    assert_eq!(send(json, huge.into_bytes()).await.status, 413);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let desk = Desk::open().await;
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/customers",
        "/api/v1/customers/",
        "/api/v1/customers/a/b/c",
    ] {
        let reply = desk.get(path).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (404, "application/problem+json"),
            "{path}"
        );
        assert_eq!(reply.json["status"], 404);
    }
    for (method, path, allowed) in [
        (
            Method::DELETE,
            "/api/v1/customer-users/anna",
            ["GET", "PATCH"],
        ),
        (Method::PUT, PEOPLE, ["GET", "POST"]),
        (Method::TRACE, PEOPLE, ["GET", "POST"]),
    ] {
        let reply = desk.send(method, path, &[], "").await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (405, "application/problem+json"),
            "{path}"
        );
        assert!(
            allowed
                .iter()
                .all(|name| reply.header("allow").contains(name)),
            "{}",
            reply.header("allow")
        );
    }
    let unknown = desk.get("/api/v1/customers/MUSTER?x=1&y=2").await;
    assert_eq!(
        (unknown.status.as_u16(), unknown.mistakes()),
        (
            400,
            vec!["x unknown-field".into(), "y unknown-field".into()]
        )
    );
    assert!(
        unknown.json["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("x, y"))
    );
}

#[tokio::test]
async fn what_is_taken_says_by_whom_in_the_callers_language() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    let mut messages: Vec<Value> = Vec::new();
    for language in ["en", "pl", "de"] {
        let reply = desk
            .write(
                Method::POST,
                PEOPLE,
                &[("accept-language", language)],
                &person("anna"),
            )
            .await;
        assert_eq!(reply.status, 422);
        assert!(
            reply.mistakes().contains(&"UserLogin taken".into()),
            "{}",
            reply.text
        );
        messages.push(reply.json["errors"][0]["message"].clone());
    }
    messages.sort_by_key(Value::to_string);
    messages.dedup();
    assert_eq!(messages.len(), 3, "{messages:?}");
}

#[tokio::test]
async fn the_description_is_open_and_whole() {
    let desk = Desk::open().await;
    let document = desk
        .send(Method::GET, "/api/v1/openapi.json", &[], "")
        .await;
    assert_eq!(
        (document.status.as_u16(), &document.json["openapi"]),
        (200, &json!("3.1.0"))
    );
    let page = desk
        .send(
            Method::GET,
            "/api/v1/docs",
            &[("accept-language", "pl")],
            "",
        )
        .await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-type").starts_with("text/html") && page.text.contains("lang=\"pl\"")
    );
    for (path, item) in document.json["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys() {
            assert!(
                page.text
                    .contains(&format!("{} {path}", method.to_uppercase())),
                "{method} {path}"
            );
        }
    }
    for foreign in ["<script", "<style", " style=", "http://", "https://"] {
        assert!(!page.text.contains(foreign), "{foreign}");
    }
}

#[tokio::test]
async fn a_source_that_does_not_answer_is_named() {
    let desk = Desk::with(|settings| {
        let mut other = settings.customer_users[0].clone();
        other.spec.id = "CustomerUser1".into();
        let nowhere = Address::new("postgres://nobody@127.0.0.1:1/nothing");
        other.spec.origin = Table::at_home("customer_user").of(nowhere).into();
        settings.customer_users.push(other);
    })
    .await;
    let reply = desk.get(&format!("{PEOPLE}/nobody")).await;
    assert_eq!(
        reply.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        reply.text
    );
    assert_eq!(
        (&reply.json["source"], reply.header("retry-after")),
        (&json!("CustomerUser1"), "5")
    );
    let list = desk.get(PEOPLE).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(
        list.json["sources"][1]["unavailable_since"].is_string(),
        "{}",
        list.text
    );
    assert!(
        list.json["sources"][0]["unavailable_since"].is_null(),
        "{}",
        list.text
    );
}

/// A search of more than anybody types is a mistake with its place.
#[tokio::test]
async fn a_search_that_costs_too_much_is_refused_at_its_place() {
    let desk = Desk::open().await;
    for (text, at) in [("*i".repeat(1_000), 100), ("a%2B".repeat(3_000), 200)] {
        let reply = desk.get(&format!("{PEOPLE}?search={text}")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
        assert_eq!(reply.json["at"], at, "{}", reply.text);
    }
    let path = format!("{PEOPLE}?field.UserCity={}", "*i".repeat(1_000));
    let reply = desk.get(&path).await;
    assert!(reply.text.contains("too-many-wildcards"), "{}", reply.text);
}
