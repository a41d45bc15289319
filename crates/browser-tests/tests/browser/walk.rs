//! The first day with a new installation, in Polish: from the set-up code to the first person who left.

use crate::program::Program;
use crate::tab::{ENTER, Tab, visit};

pub const PASSWORD: &str = "zielony rower na moście 7";

#[tokio::test]
async fn the_first_day() {
    visit("the_first_day", true, |tab| first_day(tab, true)).await;
}

#[tokio::test]
async fn the_first_day_without_scripts() {
    visit("the_first_day_without_scripts", false, |tab| {
        first_day(tab, false)
    })
    .await;
}

async fn first_day(tab: Tab, scripts: bool) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    set_up(&tab, &url, code.trim()).await;
    log_in(&tab).await;
    add_customer(&tab, &url).await;
    let password = add_person(&tab, &url, scripts).await;
    find_person(&tab, &url).await;
    edit_person(&tab, &password).await;
    invalidate_person(&tab, &url).await;
}

/// Makes the first agent.
pub async fn set_up(tab: &Tab, url: &str, code: &str) {
    tab.go(&format!("{url}/")).await;
    tab.shows("h1", "Przygotowanie Kartoteki").await;
    tab.keys("#code", code).await;
    tab.keys("#UserFirstname", "Jolanta").await;
    tab.keys("#UserLastname", "Król").await;
    tab.keys("#UserLogin", "jola").await;
    tab.keys("#UserPassword", PASSWORD).await;
    tab.click("form.card button").await;
    tab.shows("#messages", "Kartoteka jest gotowa").await;
}

/// Out of the session that the set-up began, and in again.
async fn log_in(tab: &Tab) {
    tab.click(".top-menu > details:last-of-type > summary")
        .await;
    tab.click("form[action$='/logout'] button").await;
    tab.shows("h1", "Logowanie").await;
    tab.keys("#login", "jola").await;
    tab.keys("#password", PASSWORD).await;
    tab.click("form.card button").await;
    tab.shows(".top-menu", "jola").await;
}

/// Nobody can be added before there is a customer.
pub async fn add_customer(tab: &Tab, url: &str) {
    tab.go(&format!("{url}/")).await;
    tab.click("header nav a[href$='/customer-users']").await;
    tab.shows("h1", "Użytkownicy klientów").await;
    tab.shows(".empty h2", "Nie ma jeszcze użytkowników klientów")
        .await;
    tab.go(&format!("{url}/customer-users/new")).await;
    tab.shows("[role=alert]", "Najpierw dodaj klienta").await;
    tab.click("[role=alert] a").await;
    tab.shows("h1", "Dodaj klienta").await;
    tab.keys("#field-CustomerID", "acme").await;
    tab.keys("#field-CustomerCompanyName", "Zakłady Acme").await;
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Dodano: acme").await;
}

/// With what is required and nothing else; gives the password that is shown.
pub async fn add_person(tab: &Tab, url: &str, scripts: bool) -> String {
    tab.go(&format!("{url}/customer-users")).await;
    tab.click(".empty a.primary").await;
    tab.shows("h1", "Dodaj użytkownika klienta").await;
    // The choice of a customer shows whether the page's scripts run.
    let combobox = "return document.querySelector('#field-UserCustomerID[role=combobox]') !== null";
    assert_eq!(tab.run(combobox).await, scripts);
    for (field, value) in [
        ("UserFirstname", "Ewa"),
        ("UserLastname", "Wiśniewska"),
        ("UserLogin", "ewa"),
        ("UserEmail", "ewa@acme-lab.org"),
        ("UserCustomerID", "acme"),
    ] {
        tab.keys(&format!("#field-{field}"), value).await;
    }
    tab.click("button[value=save]").await;
    tab.shows("h1", "Nowe hasło").await;
    tab.shows("main", "Hasło widać tylko teraz").await;
    let password = tab.text("#password").await;
    assert!(password.chars().count() >= 8, "{password:?}");
    tab.click("main a.primary").await;
    tab.shows("h1", "Wiśniewska").await;
    password
}

/// By part of the surname, without its accents: with Enter, with the magnifier, from the top of any page.
async fn find_person(tab: &Tab, url: &str) {
    let (row, search) = ("tbody th a", "#search");
    for press_enter in [true, false] {
        tab.go(&format!("{url}/customer-users?search=nikogo")).await;
        tab.shows(".empty", "Nic nie pasuje").await;
        tab.fill(search, "sniewsk").await;
        if press_enter {
            tab.keys(search, ENTER).await;
        } else {
            tab.click(".search-row button").await;
        }
        tab.shows(row, "Wiśniewska").await;
        assert!(tab.url().await.contains("search=sniewsk"));
    }
    tab.go(&format!("{url}/customers")).await;
    tab.keys("#global-search", &format!("sniewsk{ENTER}")).await;
    tab.shows(row, "Wiśniewska").await;
    tab.click(row).await;
    tab.shows("h1", "Wiśniewska").await;
}

/// *Save and finish* leads back to the list. The password is nowhere any more.
async fn edit_person(tab: &Tab, password: &str) {
    assert!(!tab.text("main").await.contains(password));
    tab.click("main a[href*='/edit']").await;
    tab.fill("#field-UserLastname", "Wiśniewska-Żak").await;
    tab.click("button[value=finish]").await;
    tab.shows("#messages", "Zapisano").await;
    tab.shows("h1", "Użytkownicy klientów").await;
    tab.shows("tbody", "Wiśniewska-Żak").await;
}

/// Those who are invalid are on the list of all.
async fn invalidate_person(tab: &Tab, url: &str) {
    tab.go(&format!("{url}/customer-users/ewa/edit")).await;
    tab.click("#field-ValidID option[value='2']").await;
    tab.click("button[value=finish]").await;
    tab.shows("h1", "Użytkownicy klientów").await;
    tab.shows("#messages", "Zapisano").await;
    tab.go(&format!("{url}/customer-users")).await;
    tab.shows(".empty", "Nic nie pasuje").await;
    tab.click(".empty .button-row a").await;
    tab.shows("tbody tr.invalid", "Wiśniewska-Żak").await;
    tab.shows("tbody tr.invalid", "nieważny").await;
}
