//! Pages of customers.

use axum::http::StatusCode;

use crate::pages::reception::Reception;

#[tokio::test]
async fn customers_are_added_searched_and_renamed() {
    let pages = Reception::open().await;
    let empty = pages.get("/customers").await;
    assert_eq!(empty.status, StatusCode::OK, "{}", empty.text);
    assert!(
        empty.has("Nie ma jeszcze klientów") && empty.has("href=\"/customers/new\""),
        "{}",
        empty.text
    );

    let fields = [
        ("CustomerID", "HUTA"),
        ("CustomerCompanyName", "Huta Łódź S.A."),
        ("CustomerCompanyCity", "Łódź"),
        ("CustomerCompanyURL", "https://huta.example"),
        ("ValidID", "1"),
        ("_do", "save"),
    ];
    let added = pages.post("/customers/new", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    assert_eq!(added.location(), "/customers/HUTA/edit");

    let found = pages.get("/customers?search=lodz").await;
    assert!(found.has("Huta <mark>Łódź</mark> S.A."), "{}", found.text);
    let suggested = pages
        .fragment("/customers/suggest?search=huta", "options")
        .await;
    assert!(suggested.has("data-value=\"HUTA\""), "{}", suggested.text);
    let suggested = pages.get("/customers/suggest?search=huta+%28%22").await;
    assert_eq!(
        (suggested.status, suggested.text.as_str()),
        (StatusCode::OK, "[]")
    );

    pages.person("zaneta", "Żaneta", "Kowalczyk").await;
    let shown = pages.get("/customers/huta").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(shown.has("href=\"https://huta.example\""), "{}", shown.text);
    assert!(
        shown.has("Kowalczyk Żaneta") && shown.has("1 osoba"),
        "{}",
        shown.text
    );

    let form = pages.get("/customers/HUTA/edit").await;
    let version = form.input("_version").expect("a version").to_owned();
    let renamed = [
        ("CustomerID", "HUTA2"),
        ("_version", version.as_str()),
        ("_do", "preview"),
    ];
    let preview = pages.post("/customers/HUTA/edit", &renamed).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(preview.has("<ins>HUTA2</ins>"), "{}", preview.text);
    let renamed = [
        ("CustomerID", "HUTA2"),
        ("_version", version.as_str()),
        ("_do", "finish"),
    ];
    let renamed = pages.post("/customers/HUTA/edit", &renamed).await;
    assert_eq!(renamed.location(), "/customers", "{}", renamed.text);
    let person = pages.get("/customer-users/zaneta").await;
    assert!(person.has("href=\"/customers/HUTA2\""), "{}", person.text);
}
