//! Several sources, read-only sources, read-only fields.

use std::time::Duration;

use axum::http::StatusCode;
use kartoteka_directory::Role;
use kartoteka_model::CustomerUserSource;
use kartoteka_model::source::Address;
use kartoteka_settings::Settings;

use crate::pages::reception::Reception;

fn second(settings: &mut Settings) {
    let mut source = CustomerUserSource::shipped();
    source.table.id = "CustomerUser1".into();
    source.table.name = "Filia".into();
    // Nobody listens there.
    source.table.database = Some(Address::new("postgres://nobody@127.0.0.1:1/none"));
    settings.customer_users.push(source);
}

#[tokio::test]
async fn a_read_only_source_is_explained() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    let pages = pages
        .again(|settings| settings.customer_users[0].table.read_only = true)
        .await;
    let add = pages.get("/customer-users/new").await;
    assert_eq!(add.status, StatusCode::FORBIDDEN, "{}", add.text);
    assert!(add.has("tylko do odczytu"), "{}", add.text);
    assert!(
        !pages
            .get("/customer-users")
            .await
            .has("href=\"/customer-users/new\"")
    );
    let edit = pages.get("/customer-users/zkowalczyk/edit").await;
    assert_eq!(edit.status, StatusCode::OK, "{}", edit.text);
    assert!(
        edit.has("tylko do odczytu") && edit.has("Można zmieniać tylko preferencje"),
        "{}",
        edit.text
    );
    let sent = [
        ("UserPhone", "1"),
        ("_version", edit.input("_version").unwrap_or_default()),
    ];
    let refused = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(
        shown.has("tylko do odczytu") && shown.has("Zmień preferencje"),
        "{}",
        shown.text
    );
    let sent = [
        ("UserPhone", "1"),
        ("UserLanguage", "de"),
        ("_version", edit.input("_version").unwrap_or_default()),
    ];
    let saved = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(shown.has("<dd>niemiecki</dd>"), "{}", shown.text);
}

#[tokio::test]
async fn a_read_only_field_stays_and_says_why() {
    let read_only = |settings: &mut Settings| {
        let map = &mut settings.customer_users[0].table.map.0;
        for field in map.iter_mut().filter(|field| field.name == "UserFax") {
            field.read_only = true;
        }
    };
    let pages = Reception::with(read_only, Role::Editor).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    assert!(form.has("oznaczone jako tylko do odczytu"), "{}", form.text);
    let sent = [
        ("UserFax", "9"),
        ("UserPhone", "8"),
        ("_version", form.input("_version").expect("a version")),
    ];
    assert_eq!(
        pages
            .post("/customer-users/zkowalczyk/edit", &sent)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    assert_eq!(
        (form.input("UserFax"), form.input("UserPhone")),
        (Some(""), Some("8"))
    );
}

#[tokio::test]
async fn with_several_sources_the_form_asks_which() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("anna", "Anna", "Nowak").await;
    let pages = pages.again(second).await;
    let choice = pages.get("/customer-users/new?UserCustomerID=HUTA").await;
    assert!(
        choice.has("name=\"_source\"") && choice.has("Filia"),
        "{}",
        choice.text
    );
    assert_eq!(choice.input("UserCustomerID"), Some("HUTA"));
    let form = pages
        .get("/customer-users/new?_source=CustomerUser&UserCustomerID=HUTA")
        .await;
    assert_eq!(form.input("_source"), Some("CustomerUser"), "{}", form.text);
    assert_eq!(form.input("UserCustomerID"), Some("HUTA"));
}

#[tokio::test]
async fn a_source_that_does_not_answer_is_named_and_the_others_are_shown() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("anna", "Anna", "Nowak").await;
    let pages = pages.again(second).await;
    let mut list = pages.get("/customer-users").await;
    for _ in 0..100 {
        if list.has("niedostępne od") && list.has("Nowak Anna") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        list = pages.get("/customer-users").await;
    }
    assert!(
        list.has("niedostępne od") && list.has("Nowak Anna"),
        "{}",
        list.text
    );
    let none = pages.get("/customer-users?search=zzz").await;
    assert!(
        none.has("Nie wszystkie źródła odpowiadają"),
        "{}",
        none.text
    );
}
