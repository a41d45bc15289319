//! What a person's form comes to, before anything is saved and after.

use axum::http::StatusCode;
use kartoteka_access::Wanted;
use kartoteka_directory::{Kind, Role};
use kartoteka_model::access::Context;

use super::{open, open_with, person, relate};
use crate::pages::reception::fields;

fn to_customer(customer: &str, group: &str, permission: &str) -> Wanted {
    Wanted::CustomerGroup {
        customer: customer.into(),
        group: group.into(),
        permission: permission.into(),
        context: Context::Same,
        given: true,
    }
}

#[tokio::test]
async fn a_form_says_what_it_comes_to_before_it_is_saved() {
    let pages = open(Role::Editor).await;
    pages.customer("PORT", "Port Gdynia").await;
    let wanted = vec![
        person("zaneta", "stats", "ro", true),
        to_customer("HUTA", "Wsparcie", "create"),
        to_customer("PORT", "admin", "rw"),
    ];
    relate(&pages, wanted).await;
    let path = "/customer-users/zaneta/edit";
    let form = pages.get(path).await;
    for piece in [
        "Efektywne uprawnienia",
        "nadane bezpośrednio",
        "/customers/HUTA/permissions",
        "grupa domyślna użytkowników klientów",
    ] {
        assert!(form.has(piece), "{piece}: {}", form.text);
    }
    assert!(!form.has("/customers/PORT/permissions"), "{}", form.text);
    // Another customer: a preview says so, and nothing is stored.
    let sent = [
        ("_version", form.input("_version").expect("a version")),
        ("UserLogin", "zaneta"),
        ("UserFirstname", "Żaneta"),
        ("UserLastname", "Kowalczyk"),
        ("UserEmail", "xzaneta@huta.pl"),
        ("UserCustomerID", "PORT"),
        ("ValidID", "1"),
        ("_do", "preview"),
    ];
    let preview = pages.post(path, &sent).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.has("/customers/PORT/permissions") && !preview.has("/customers/HUTA/permissions"),
        "{}",
        preview.text
    );
    assert!(preview.has("nadane bezpośrednio"), "{}", preview.text);
    let stored = pages.get(path).await;
    assert!(stored.has("/customers/HUTA/permissions"), "{}", stored.text);
    // Scripts ask for this piece alone.
    let piece = |query: &'static str| pages.fragment(query, "permissions");
    let card = piece("/customer-users/zaneta/edit?UserCustomerID=PORT&ValidID=1").await;
    assert!(
        card.has("/customers/PORT/permissions") && !card.has("<html"),
        "{}",
        card.text
    );
    let card = piece("/customer-users/zaneta/edit?UserCustomerID=HUTA&ValidID=2").await;
    assert!(
        card.has("jest nieaktywny, więc nie ma żadnych uprawnień")
            && !card.has("nadane bezpośrednio"),
        "{}",
        card.text
    );
    let mut save = sent;
    save[7] = ("_do", "save");
    let saved = pages.post(path, &save).await;
    assert_eq!(saved.location(), path, "{}", saved.text);
    let form = pages.get(path).await;
    assert!(form.has("/customers/PORT/permissions"), "{}", form.text);
}

#[tokio::test]
async fn a_new_person_gets_what_everybody_and_the_customer_has() {
    let pages = open(Role::Editor).await;
    relate(&pages, vec![to_customer("HUTA", "Wsparcie", "create")]).await;
    let empty = pages.get("/customer-users/new").await;
    assert!(
        empty.has("grupa domyślna użytkowników klientów")
            && !empty.has("/customers/HUTA/permissions"),
        "{}",
        empty.text
    );
    assert!(
        !empty.has("href=\"/customer-users//permissions") && !empty.has("Dlaczego?"),
        "nobody is stored yet: {}",
        empty.text
    );
    let chosen = pages
        .fragment("/customer-users/new?UserCustomerID=huta", "permissions")
        .await;
    assert!(
        chosen.has("/customers/HUTA/permissions") && !chosen.has("<html"),
        "{}",
        chosen.text
    );
    let preview = pages
        .post(
            "/customer-users/new",
            &[("UserCustomerID", "HUTA"), ("_do", "preview")],
        )
        .await;
    assert_eq!(preview.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        preview.has("/customers/HUTA/permissions"),
        "with mistakes, too: {}",
        preview.text
    );
    let other = pages.get("/customers/new").await;
    assert!(!other.has("Efektywne uprawnienia"), "{}", other.text);
}

#[tokio::test]
async fn who_sees_only_own_tickets_reaches_no_customers() {
    let change = |settings: &mut kartoteka_settings::Settings| {
        super::support(settings);
        settings.groups.disable_company_tickets = true;
    };
    let pages = open_with(change, Role::Reader).await;
    for path in [
        "/customer-users/zaneta/permissions/customers",
        "/customer-users/zaneta",
    ] {
        let page = pages.get(path).await;
        // That the customer is theirs is said all the same, above.
        let card = page.text.split("id=\"permissions\"").last().unwrap();
        assert!(
            card.contains("Dostęp do zgłoszeń klientów jest wyłączony")
                && !card.contains("główny klient"),
            "{path}: {}",
            page.text
        );
    }
    let open = open_with(super::support, Role::Reader).await;
    let reached = open
        .get("/customer-users/zaneta/permissions/customers")
        .await;
    assert!(reached.has("główny klient"), "{}", reached.text);
}

#[tokio::test]
async fn an_invalid_group_or_customer_gives_a_draft_nothing() {
    let pages = open(Role::Editor).await;
    relate(&pages, vec![to_customer("HUTA", "Wsparcie", "ro")]).await;
    let invalid = fields(&[("ValidID", "2")]);
    pages.update(Kind::Customer, "HUTA", invalid).await;
    let chosen = pages
        .fragment("/customer-users/new?UserCustomerID=HUTA", "permissions")
        .await;
    assert!(
        !chosen.has("/customers/HUTA/permissions") && chosen.has("users"),
        "{}",
        chosen.text
    );
}
