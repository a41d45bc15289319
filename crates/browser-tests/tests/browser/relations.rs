//! Each screen of relations from both ends, in Polish: a tick, its preview, *Save* and *Save and finish*; and what was
//! stored by it.

use serde_json::json;

use crate::checks::inspect;
use crate::office::Office;
use crate::tab::{TAB, Tab, visit};

#[tokio::test]
async fn relations_from_both_ends() {
    visit("relations", true, relations).await;
}

#[tokio::test]
async fn relations_from_both_ends_without_scripts() {
    visit("relations_without_scripts", false, relations).await;
}

#[tokio::test]
async fn relations_from_both_ends_by_keyboard() {
    let by_keyboard = |tab: Tab| relations(tab.without_mouse());
    visit("relations_by_keyboard", true, by_keyboard).await;
}

async fn relations(tab: Tab) {
    let office = Office::open(&tab).await;
    office.switch_on().await;
    person_to_groups(&office).await;
    group_to_people(&office).await;
    customer_to_groups(&office).await;
    group_to_customers(&office).await;
    person_to_customers(&office).await;
    customer_to_people(&office).await;
    person_to_services(&office).await;
    service_to_people(&office).await;
    default_services(&office).await;
}

/// What a screen of permissions says after its buttons.
const SAVED: &str = "Zapisano jedną zmianę";

async fn tick(office: &Office, cell: &str) {
    let box_of = format!("input[name=now][value='{cell}']");
    office.tab.click(&box_of).await;
}

async fn button(office: &Office, value: &str) {
    office.tab.click(&format!("button[value={value}]")).await;
}

async fn person_to_groups(office: &Office) {
    let tab = &office.tab;
    office.go("/customer-users/ewa").await;
    tab.shows("#permissions", "grupa domyślna użytkowników")
        .await;
    tab.click("#permissions .card-head a").await;
    tab.headed("Uprawnienia użytkownika klienta: Ewa Wiśniewska")
        .await;
    tick(office, "same/ro/stats").await;
    button(office, "preview").await;
    tab.shows("#preview", "ewa: odczyt (ro) w grupie stats")
        .await;
    tab.shows(
        "#preview",
        "1 osoba od 1 klienta zyska: odczyt (ro) w grupie stats",
    )
    .await;
    assert!(office.held("ewa", "stats").await.is_empty());
    // The tick is there still.
    button(office, "save").await;
    tab.shows("#messages", SAVED).await;
    tab.headed("Uprawnienia użytkownika klienta: Ewa Wiśniewska")
        .await;
    assert_eq!(office.held("ewa", "stats").await, ["ro direct"]);
    tick(office, "same/rw/stats").await;
    button(office, "finish").await;
    tab.headed("Ewa Wiśniewska").await;
    tab.shows("#permissions tbody", "edycja (rw): nadane bezpośrednio")
        .await;
    // Giving `rw` leaves exactly `rw`.
    assert_eq!(office.held("ewa", "stats").await, ["rw direct"]);
}

async fn group_to_people(office: &Office) {
    let tab = &office.tab;
    office.go("/groups/stats").await;
    tab.click("#permissions .card-head a").await;
    tab.headed("Użytkownicy klientów w grupie: stats").await;
    tab.shows(".matrix tbody", "Wiśniewska").await;
    tab.fill("#matrix-search", "jan").await;
    button(office, "search").await;
    tab.shows(".matrix tbody", "Żak").await;
    tick(office, "same/ro/jan").await;
    button(office, "preview").await;
    tab.shows("#preview", "jan: odczyt (ro) w grupie stats")
        .await;
    button(office, "save").await;
    tab.shows("#messages", SAVED).await;
    assert!(tab.url().await.contains("search=jan"));
    assert_eq!(office.held("jan", "stats").await, ["ro direct"]);
    // Ewa, who was out of view, has what she had.
    assert_eq!(office.held("ewa", "stats").await, ["rw direct"]);
    office.go("/groups/stats/permissions").await;
    tick(office, "same/rw/ewa").await;
    button(office, "finish").await;
    tab.headed("stats").await;
    assert!(office.held("ewa", "stats").await.is_empty());
}

async fn customer_to_groups(office: &Office) {
    let tab = &office.tab;
    office.go("/customers/acme").await;
    tab.click("#permissions .card-head a").await;
    tab.headed("Uprawnienia klienta: Zakłady Acme").await;
    tick(office, "same/create/Wsparcie").await;
    button(office, "preview").await;
    tab.shows(
        "#preview",
        "1 osoba od 1 klienta zyska: tworzenie (create) w grupie Wsparcie",
    )
    .await;
    button(office, "save").await;
    tab.shows("#messages", SAVED).await;
    assert_eq!(office.given("acme", "Wsparcie").await, ["create"]);
    assert_eq!(
        office.held("ewa", "Wsparcie").await,
        ["create via-customer"]
    );
    // The other context reaches tickets of other customers; it gives the people nothing in the group itself.
    tick(office, "other/ro/stats").await;
    button(office, "preview").await;
    tab.shows("#preview", "zgłoszenia innych klientów").await;
    button(office, "finish").await;
    tab.headed("Zakłady Acme").await;
    tab.shows("#permissions", "zgłoszenia innych klientów")
        .await;
    assert!(office.held("ewa", "stats").await.is_empty());
}

async fn group_to_customers(office: &Office) {
    let tab = &office.tab;
    office.go("/groups/Wsparcie/permissions").await;
    tab.click("nav.chips a[href$='/permissions/customers']")
        .await;
    tab.headed("Klienci w grupie: Wsparcie").await;
    tab.shows(".matrix tbody", "Zakłady Acme").await;
    tab.fill("#matrix-search", "lodz").await;
    button(office, "search").await;
    tab.shows(".matrix tbody", "Huta Łódź").await;
    tick(office, "same/ro/huta").await;
    button(office, "preview").await;
    tab.shows("#preview", "huta: odczyt (ro) w grupie Wsparcie")
        .await;
    button(office, "save").await;
    tab.shows("#messages", SAVED).await;
    assert!(tab.url().await.contains("search=lodz"));
    assert_eq!(office.given("huta", "Wsparcie").await, ["ro"]);
    assert_eq!(office.given("acme", "Wsparcie").await, ["create"]);
    tick(office, "same/ro/huta").await;
    button(office, "finish").await;
    tab.headed("Wsparcie").await;
    assert!(office.given("huta", "Wsparcie").await.is_empty());
}

async fn find(office: &Office, words: &str) {
    office.tab.fill("#search", words).await;
    button(office, "search").await;
}

async fn toggle(office: &Office, key: &str) {
    let box_of = format!("input[name=on][value='{key}']");
    office.tab.click(&box_of).await;
}

async fn person_to_customers(office: &Office) {
    let tab = &office.tab;
    office.go("/customer-users/ewa").await;
    tab.click(".tabs a[href$='/customers']").await;
    tab.headed("Klienci osoby: ").await;
    find(office, "huta").await;
    toggle(office, "huta").await;
    button(office, "preview").await;
    tab.shows("#preview", "Jedna osoba będzie należeć do huta")
        .await;
    assert_eq!(customers(office).await, ["acme"]);
    button(office, "stay").await;
    tab.shows("#messages", "Zapisano").await;
    tab.headed("Klienci osoby: ").await;
    // What was searched for is searched for still.
    assert!(tab.url().await.contains("search=huta"));
    assert_eq!(customers(office).await, ["acme", "huta"]);
    toggle(office, "huta").await;
    button(office, "finish").await;
    tab.headed("Ewa Wiśniewska").await;
    assert_eq!(customers(office).await, ["acme"]);
}

async fn customers(office: &Office) -> Vec<String> {
    office
        .list("customer-users/ewa/customers", "CustomerID")
        .await
}

async fn customer_to_people(office: &Office) {
    let tab = &office.tab;
    office.go("/customers/huta").await;
    tab.click(".tabs a[href$='/people']").await;
    tab.headed("Osoby powiązane z klientem").await;
    find(office, "wisniewska").await;
    toggle(office, "ewa").await;
    button(office, "preview").await;
    tab.shows("#preview", "Jedna osoba będzie należeć do huta")
        .await;
    button(office, "stay").await;
    tab.shows("#messages", "Zapisano").await;
    let people = "customers/huta/people";
    assert_eq!(customers(office).await, ["acme", "huta"]);
    assert_eq!(office.list(people, "UserLogin").await, ["ewa", "jan"]);
    toggle(office, "ewa").await;
    button(office, "finish").await;
    tab.headed("Huta Łódź").await;
    assert_eq!(office.list(people, "UserLogin").await, ["jan"]);
}

async fn person_to_services(office: &Office) {
    let tab = &office.tab;
    office.go("/customer-users/ewa").await;
    tab.click(".tabs a[href$='/services']").await;
    tab.headed("Usługi osoby: ").await;
    toggle(office, "IT").await;
    button(office, "preview").await;
    tab.shows("#preview", "Jedna osoba zyska usługę IT").await;
    assert_eq!(office.services("ewa").await, json!([]));
    button(office, "stay").await;
    tab.shows("#messages", "Zapisano").await;
    assert_eq!(office.services("ewa").await, json!(["IT"]));
    toggle(office, "Biuro").await;
    button(office, "finish").await;
    tab.headed("Ewa Wiśniewska").await;
    assert_eq!(office.services("ewa").await, json!(["Biuro", "IT"]));
}

async fn service_to_people(office: &Office) {
    let tab = &office.tab;
    office.go("/services/IT").await;
    tab.click(".tabs a[href$='/people']").await;
    tab.headed("Osoby z usługą: IT").await;
    tab.shows(".ties", "Wiśniewska").await;
    find(office, "zak").await;
    toggle(office, "jan").await;
    button(office, "preview").await;
    tab.shows("#preview", "Jedna osoba zyska usługę IT").await;
    button(office, "stay").await;
    tab.shows("#messages", "Zapisano").await;
    assert_eq!(office.services("jan").await, json!(["IT"]));
    toggle(office, "ewa").await;
    button(office, "finish").await;
    tab.headed("IT").await;
    assert_eq!(office.services("ewa").await, json!(["Biuro"]));
}

async fn default_services(office: &Office) {
    let tab = &office.tab;
    office.go("/services").await;
    tab.click("main a[href$='/default-services']").await;
    tab.headed("Usługi domyślne").await;
    toggle(office, "Biuro").await;
    button(office, "preview").await;
    tab.shows("#preview", "Wszyscy bez własnych usług zyskają Biuro")
        .await;
    button(office, "stay").await;
    tab.shows("#messages", "Zapisano").await;
    assert_eq!(office.list("default-services", "service").await, ["Biuro"]);
    toggle(office, "Biuro").await;
    button(office, "finish").await;
    tab.headed("Usługi").await;
    assert!(office.list("default-services", "service").await.is_empty());
    if tab.scripts {
        let complaints = inspect(tab, "services after saving").await;
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}

/// Effective permissions below a form follow the customer and the validity that are chosen, before anything is saved.
#[tokio::test]
async fn relations_from_a_form_before_it_is_saved() {
    visit("form_follows", true, form_follows).await;
}

async fn form_follows(tab: Tab) {
    let office = Office::open(&tab).await;
    office.switch_on().await;
    let given = json!([{"relation": "customer-group", "customer": "huta", "group": "Wsparcie", "permission": "create",
        "context": "same", "given": true}]);
    office.relate(given).await;
    office.go("/customer-users/new").await;
    tab.shows("#permissions", "grupa domyślna użytkowników")
        .await;
    assert!(!tab.text("#permissions").await.contains("Wsparcie"));
    tab.keys("#field-UserCustomerID", &format!("huta{TAB}"))
        .await;
    tab.shows("#permissions", "Wsparcie").await;
    tab.shows("#permissions", "przez klienta huta").await;
    tab.says("Efektywne uprawnienia: users, Wsparcie").await;
    office.go("/customer-users/ewa/edit").await;
    tab.shows("#permissions", "grupa domyślna użytkowników")
        .await;
    assert_eq!(tab.said().await, "", "nothing changed yet");
    tab.click("#field-ValidID option[value='2']").await;
    tab.shows("#permissions", "nie ma żadnych uprawnień").await;
    tab.says("Efektywne uprawnienia: ").await;
    assert!(!office.held("ewa", "users").await.is_empty());
}
