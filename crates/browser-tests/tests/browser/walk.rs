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
    // The only address that is typed; from there on by links.
    set_up(&tab, &url, code.trim()).await;
    first_customer(&tab).await;
    let password = first_person(&tab, scripts).await;
    log_in(&tab).await;
    find_person(&tab).await;
    edit_person(&tab, &password).await;
    invalidate_person(&tab).await;
}

/// Makes the first agent.
pub async fn set_up(tab: &Tab, url: &str, code: &str) {
    tab.go(&format!("{url}/")).await;
    tab.shows("h1", "Pierwsze uruchomienie").await;
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

/// The set-up leads to the first customer.
async fn first_customer(tab: &Tab) {
    tab.shows("h1", "Dodaj klienta").await;
    fill_in_customer(tab).await;
}

/// The first customer leads to its first person.
async fn first_person(tab: &Tab, scripts: bool) -> String {
    tab.shows("#first-person", "nie ma jeszcze użytkowników")
        .await;
    if scripts {
        // So does the list that *Save and finish* leads to.
        tab.click("button[value=finish]").await;
        tab.shows("#first-person", "Nie ma jeszcze użytkowników klientów")
            .await;
    }
    tab.click("#first-person a").await;
    tab.shows("h1", "Dodaj użytkownika klienta").await;
    assert_eq!(value(tab, "#field-UserCustomerID").await, "acme");
    let password = fill_in_person(tab, scripts).await;
    // Now that there is somebody, the customer's form is only that.
    tab.click("main a[href$='/customers/acme']").await;
    tab.shows("#people", "Użytkownicy tego klienta").await;
    let add = ".card[aria-labelledby=people] a.button[href*='UserCustomerID=acme']";
    tab.shows(add, "Dodaj użytkownika klienta").await;
    tab.click("main a[href$='/customers/acme/edit']").await;
    tab.shows("button[value=finish]", "Zapisz").await;
    let count = tab.run("return document.querySelectorAll('#first-person').length;");
    assert_eq!(count.await, 0);
    password
}

async fn value(tab: &Tab, css: &str) -> String {
    let value = format!("return document.querySelector('{css}').value;");
    let value = tab.run(&value).await;
    value.as_str().unwrap().to_owned()
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
    fill_in_customer(tab).await;
}

async fn fill_in_customer(tab: &Tab) {
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
    tab.keys("#field-UserCustomerID", "acme").await;
    fill_in_person(tab, scripts).await
}

async fn fill_in_person(tab: &Tab, scripts: bool) -> String {
    // The choice of a customer shows whether the page's scripts run.
    let combobox = "return document.querySelector('#field-UserCustomerID[role=combobox]') !== null";
    assert_eq!(tab.run(combobox).await, scripts);
    for (field, value) in [
        ("UserFirstname", "Ewa"),
        ("UserLastname", "Wiśniewska"),
        ("UserLogin", "ewa"),
        ("UserEmail", "ewa@acme-lab.org"),
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
async fn find_person(tab: &Tab) {
    let (row, search) = ("tbody th a", "#global-search");
    for press_enter in [true, false] {
        tab.click("header nav a[href$='/customer-users']").await;
        tab.fill(search, &format!("nikogo{ENTER}")).await;
        tab.shows(".empty", "Brak wyników").await;
        tab.fill(search, "sniewsk").await;
        if press_enter {
            tab.keys(search, ENTER).await;
        } else {
            tab.click(".global-search button").await;
        }
        tab.shows(row, "Wiśniewska").await;
        tab.leads_to("search=sniewsk").await;
    }
    // From any other page straight to the only one found.
    tab.click("header nav a[href$='/groups']").await;
    tab.headed("Grupy").await;
    tab.click("a[href$='/help']").await;
    tab.keys("#global-search", &format!("sniewsk{ENTER}")).await;
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
async fn invalidate_person(tab: &Tab) {
    tab.click("tbody th a").await;
    tab.headed("Ewa Wiśniewska-Żak").await;
    tab.click("main a[href*='/edit']").await;
    tab.click("#field-ValidID option[value='2']").await;
    tab.click("button[value=finish]").await;
    tab.shows("h1", "Użytkownicy klientów").await;
    tab.shows("#messages", "Zapisano").await;
    tab.click("header nav a[href$='/customer-users']").await;
    tab.shows(".empty", "Brak wyników").await;
    tab.click(".empty .button-row a").await;
    tab.shows("tbody tr.invalid", "Wiśniewska-Żak").await;
    tab.shows("tbody tr.invalid", "nieaktywny").await;
}
