//! Lists: search, detail search, paging, sorting, field maps.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::desk::Desk;

fn logins(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().into_iter().flatten();
    items
        .filter_map(|item| item["UserLogin"].as_str())
        .collect()
}

async fn three() -> Desk {
    let desk = Desk::open().await;
    for login in ["anna", "bolek", "celina"] {
        desk.person(login).await;
    }
    let gone = desk
        .patch(
            "/api/v1/customer-users/celina",
            &json!({"ValidID": 2, "UserCity": "Łódź"}),
        )
        .await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.text);
    desk
}

#[tokio::test]
async fn people_are_found_by_text_validity_and_field() {
    let desk = three().await;
    let cases = [
        ("", vec!["anna", "bolek"]),
        ("?valid=all", vec!["anna", "bolek", "celina"]),
        ("?valid=invalid", vec!["celina"]),
        ("?search=bolek", vec!["bolek"]),
        ("?search=%20", vec!["anna", "bolek"]),
        ("?valid=all&field.UserCity=%C5%81*", vec!["celina"]),
        (
            "?valid=all&field.UserLogin=anna&field.UserLogin=celina",
            vec!["anna", "celina"],
        ),
        (
            "?valid=all&sort=-UserLogin",
            vec!["celina", "bolek", "anna"],
        ),
        ("?search=nobodyatall", vec![]),
    ];
    for (query, expected) in cases {
        let list = desk.get(&format!("/api/v1/customer-users{query}")).await;
        assert_eq!(list.status, StatusCode::OK, "{query} {}", list.text);
        assert_eq!(logins(&list.json), expected, "{query}");
        assert_eq!(list.json["total"], expected.len(), "{query}");
        assert_eq!(list.json["next"], Value::Null, "{query}");
        assert_eq!(list.json["sources"][0]["id"], "CustomerUser", "{query}");
    }
}

#[tokio::test]
async fn pages_follow_each_other() {
    let desk = three().await;
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let list = desk
            .get(&format!(
                "/api/v1/customer-users?valid=all&limit=1&after={after}"
            ))
            .await;
        assert_eq!(
            (list.status, list.json["total"].as_u64()),
            (StatusCode::OK, Some(3)),
            "{}",
            list.text
        );
        found.extend(logins(&list.json).into_iter().map(str::to_owned));
        let Some(next) = list.json["next"].as_str() else {
            break;
        };
        after = next.to_owned();
    }
    assert_eq!(found, ["anna", "bolek", "celina"]);
}

#[tokio::test]
async fn sorted_pages_follow_each_other() {
    let desk = three().await;
    for login in ["dorota", "emil", "franek"] {
        desk.person(login).await;
    }
    for (login, city) in [("anna", "Łódź"), ("dorota", "Gdynia"), ("emil", "Łódź")] {
        let path = format!("/api/v1/customer-users/{login}");
        desk.patch(&path, &json!({ "UserCity": city })).await;
    }
    for sort in [
        "UserLogin",
        "-UserLogin",
        "UserCity",
        "-UserCity",
        "-UserCity,UserLogin",
        "UserCity,-UserLogin",
        "UserLastname,-UserCity,-UserLogin",
    ] {
        for search in ["", "&search=a"] {
            let path = format!("/api/v1/customer-users?valid=all&sort={sort}{search}");
            let whole = desk.get(&path).await;
            assert_eq!(whole.json["next"], Value::Null, "{path}");
            let mut found = Vec::new();
            let mut next = path.clone();
            loop {
                let page = desk.get(&format!("{next}&limit=1")).await;
                assert_eq!(page.json["total"], whole.json["total"], "{next}");
                found.extend(logins(&page.json).into_iter().map(str::to_owned));
                let Some(after) = page.json["next"].as_str() else {
                    break;
                };
                next = format!("{path}&after={after}");
            }
            assert_eq!(found, logins(&whole.json), "{path}");
        }
    }
}

#[tokio::test]
async fn a_cursor_of_no_record_is_refused_and_of_an_invalid_one_is_a_place() {
    let desk = three().await;
    let cursor = |key: &str| hex::encode(key);
    for (kind, key) in [
        ("customer-users", "nobody"),
        ("customer-users", "acme-of-another-list"),
        ("customers", "anna"),
        ("groups", "anna"),
        ("services", "anna"),
    ] {
        for sort in ["", "&sort=-ValidID"] {
            let path = format!("/api/v1/{kind}?after={}{sort}", cursor(key));
            let reply = desk.get(&path).await;
            assert_eq!(
                reply.status,
                StatusCode::BAD_REQUEST,
                "{path} {}",
                reply.text
            );
            assert_eq!(reply.mistakes(), ["after not-a-cursor"], "{path}");
        }
    }
    desk.patch("/api/v1/customer-users/anna", &json!({"ValidID": 2}))
        .await;
    let path = format!("/api/v1/customer-users?after={}", cursor("anna"));
    assert_eq!(logins(&desk.get(&path).await.json), ["bolek"]);
}

#[tokio::test]
async fn what_is_wrong_with_parameters_is_named() {
    let desk = Desk::open().await;
    let cases = [
        ("limit=0", "limit out-of-range"),
        ("limit=1001", "limit out-of-range"),
        ("limit=ten", "limit out-of-range"),
        ("valid=maybe", "valid not-a-choice"),
        ("page=2", "page unknown-field"),
        ("search=a&search=b", "search given-twice"),
        ("sort=Nope", "sort unknown-field"),
        ("field.Nope=a", "field.Nope unknown-field"),
        ("field.UserPassword=a", "field.UserPassword unknown-field"),
        ("after=zzz", "after not-a-cursor"),
    ];
    for kind in ["customer-users", "customers"] {
        for (query, expected) in cases {
            let reply = desk.get(&format!("/api/v1/{kind}?{query}")).await;
            assert_eq!(
                reply.status,
                StatusCode::BAD_REQUEST,
                "{kind} {query} {}",
                reply.text
            );
            assert_eq!(reply.mistakes(), [expected], "{kind} {query}");
            let name = query.split('=').next().unwrap_or_default();
            assert!(
                query.starts_with("search")
                    || query.starts_with("valid")
                    || query.starts_with("limit")
                    || reply.json["detail"]
                        .as_str()
                        .is_some_and(|detail| detail.contains(name)),
                "{}",
                reply.text
            );
        }
    }
}

#[tokio::test]
async fn a_malformed_search_says_where() {
    let desk = Desk::open().await;
    let reply = desk.get("/api/v1/customers?search=(a%26%26").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text);
    assert_eq!(reply.json["type"], "urn:kartoteka:problem:malformed-search");
    assert!(reply.json["at"].is_u64(), "{}", reply.text);
    assert_eq!(
        desk.get("/api/v1/customers?search=%ff").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        desk.get("/api/v1/customers?search=%00").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn field_maps_are_listed() {
    let desk = Desk::open().await;
    let people = desk.get("/api/v1/fields").await;
    assert_eq!(people.status, StatusCode::OK);
    let fields = people.json["sources"][0]["fields"]
        .as_array()
        .expect("fields");
    let find = |name: &str| {
        fields
            .iter()
            .find(|field| field["name"] == name)
            .expect("the field")
    };
    assert_eq!(
        (
            &find("UserLogin")["required"],
            &find("UserPassword")["secret"]
        ),
        (&json!(true), &json!(true))
    );
    let customers = desk.get("/api/v1/fields?kind=customer").await;
    assert_eq!(customers.json["sources"][0]["id"], "CustomerCompany");
    assert_eq!(
        desk.get("/api/v1/fields?kind=cat").await.mistakes(),
        ["kind not-a-choice"]
    );
}
