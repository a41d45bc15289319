//! What pages of permissions are called, and what is said to those who can't see them.

use axum::http::StatusCode;
use kartoteka_directory::{Kind, Role};

use super::{open, person, relate};
use crate::pages::reception::fields;

#[tokio::test]
async fn every_heading_names_its_record() {
    let pages = open(Role::Admin).await;
    let service = fields(&[("Name", "Sieć"), ("ValidID", "1")]);
    pages.create(Kind::Service, None, service).await;
    for (path, heading) in [
        (
            "/customer-users/zaneta/permissions",
            "Uprawnienia użytkownika klienta: Żaneta Kowalczyk",
        ),
        (
            "/customers/HUTA/permissions",
            "Uprawnienia klienta: Huta Łódź S.A.",
        ),
        (
            "/groups/Wsparcie/permissions",
            "Użytkownicy klientów w grupie: Wsparcie",
        ),
        (
            "/groups/Wsparcie/permissions/customers",
            "Klienci w grupie: Wsparcie",
        ),
        (
            "/groups/Wsparcie/permissions/who",
            "Kto ma dostęp: Wsparcie",
        ),
        ("/services/Sie%C4%87/people", "Osoby z usługą: Sieć"),
        (
            "/customer-users/zaneta/past",
            "Dostęp w wybranym dniu: zaneta",
        ),
        ("/customers/HUTA/past", "Dostęp w wybranym dniu: HUTA"),
        ("/groups/Wsparcie/past", "Dostęp w wybranym dniu: Wsparcie"),
    ] {
        let page = pages.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let heading = format!("<h1>{heading}</h1>");
        assert!(page.has(&heading), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn what_a_form_comes_to_can_be_said_in_a_sentence() {
    let pages = open(Role::Admin).await;
    relate(&pages, vec![person("zaneta", "Wsparcie", "ro", true)]).await;
    let path = "/customer-users/zaneta/edit";
    let ask = async |query: &str| {
        let path = format!("{path}?{query}");
        pages.fragment(&path, "permissions").await
    };
    let some = ask("ValidID=1&UserCustomerID=HUTA").await;
    let said = "data-announce>Efektywne uprawnienia: ";
    assert!(some.has(said) && some.has("Wsparcie</p>"), "{}", some.text);
    let none = ask("ValidID=2&UserCustomerID=HUTA").await;
    assert!(none.has(said) && !none.has("Wsparcie</p>"), "{}", none.text);
    // The page of the person says it as it is: there is nothing to follow.
    let page = pages.get("/customer-users/zaneta").await;
    assert!(!page.has("data-announce>Uprawnienia"), "{}", page.text);
}
