//! Customers and groups, in both directions and contexts.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::{is_ticked, open_with, support, tick};

#[tokio::test]
async fn a_customer_has_a_column_for_each_context() {
    let change = |settings: &mut kartoteka_settings::Settings| {
        support(settings);
        settings.groups.other_customers = true;
    };
    let pages = open_with(change, Role::Admin).await;
    let path = "/customers/HUTA/permissions";
    let form = pages.get(path).await;
    assert!(
        form.has("zgłoszenia własnego klienta") && form.has("zgłoszenia innych klientów"),
        "{}",
        form.text
    );
    assert_eq!(tick(&form, "same/ro/users"), None, "every customer's group");
    assert!(!is_ticked(&form, "other/ro/users"));
    let sent = [
        ("now", "same/rw/Wsparcie"),
        ("now", "other/ro/stats"),
        ("_do", "preview"),
    ];
    let preview = pages.post(path, &sent).await;
    assert!(
        preview.has("2 osoby od 1 klienta zyskają:")
            && preview.has("HUTA: odczyt (ro) w grupie stats (zgłoszenia innych klientów)"),
        "{}",
        preview.text
    );
    let mut save = sent;
    save[2] = ("_do", "finish");
    let saved = pages.post(path, &save).await;
    assert_eq!(saved.location(), "/customers/HUTA", "{}", saved.text);
    let record = pages.get("/customers/HUTA").await;
    assert!(
        record.has("nadane klientowi") && record.has("grupa domyślna klientów"),
        "{}",
        record.text
    );
    let person = pages.get("/customer-users/zaneta").await;
    assert!(
        person.has("przez klienta") && person.has("główny klient"),
        "{}",
        person.text
    );

    let group = pages.get("/groups/stats/permissions/customers").await;
    assert!(is_ticked(&group, "other/ro/HUTA") && !is_ticked(&group, "same/ro/HUTA"));
    let sent = [
        ("was", "other/ro/HUTA"),
        ("now", "same/create/HUTA"),
        ("_do", "save"),
    ];
    let path = "/groups/stats/permissions/customers";
    let saved = pages.post(path, &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let group = pages.get(path).await;
    assert!(is_ticked(&group, "same/create/HUTA") && !is_ticked(&group, "other/ro/HUTA"));
    let search = pages.get(&format!("{path}?search=huta")).await;
    assert!(search.has("znaleziono 1"), "{}", search.text);
    let who = "/groups/stats/permissions/who?permission=create&of=customers&context=same";
    let who = pages.get(who).await;
    assert!(who.has("Huta Łódź S.A."), "{}", who.text);
}

#[tokio::test]
async fn everything_is_chosen_from_one_place() {
    let pages = open_with(support, Role::Reader).await;
    let home = pages.get("/").await;
    assert!(home.has("href=\"/permissions\""), "{}", home.text);
    let start = pages.get("/permissions").await;
    assert!(start.has("href=\"/groups/Wsparcie/permissions\""));
    let found = pages.get("/permissions?search=Kowalczyk").await;
    assert!(
        found.has("href=\"/customer-users/zaneta/permissions\"") && !found.has("/groups/stats/"),
        "{}",
        found.text
    );
    let found = pages.get("/permissions?search=huta").await;
    assert!(
        found.has("href=\"/customers/HUTA/permissions\""),
        "{}",
        found.text
    );
}
