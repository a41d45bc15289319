//! Finding anything from any page, and selecting people while one searches on.

use serde_json::json;

use crate::checks::inspect;
use crate::office::Office;
use crate::tab::{CTRL, DOWN, ENTER, ESCAPE, SHIFT, Tab, visit};

#[tokio::test]
async fn anything_is_found_while_one_types() {
    visit("finding", true, typed).await;
}

#[tokio::test]
async fn anything_is_found_without_scripts() {
    visit("finding_without_scripts", false, sent).await;
}

#[tokio::test]
async fn the_selection_stays_while_one_looks_further() {
    visit("selection", true, selected).await;
}

async fn typed(tab: Tab) {
    let office = Office::open(&tab).await;
    office.go("/help").await;
    // A person by a part of the name, and a customer whose name has it, too.
    tab.press("/").await;
    tab.keys("#global-search", "lodz").await;
    tab.shows(".combobox-list", "Huta Łódź").await;
    tab.press(DOWN).await;
    tab.press(ENTER).await;
    tab.headed("Huta Łódź").await;
    // On a list the field at the top is the list's own; Ctrl+K finds anything all the same.
    office.go("/customer-users").await;
    tab.press(&format!("{CTRL}k")).await;
    assert!(tab.is_focused("#palette-search").await);
    tab.shows("#palette .combobox-list", "Ostatnio otwarte")
        .await;
    tab.shows("#palette .combobox-list", "Huta Łódź").await;
    let wrong = inspect(&tab, "palette").await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tab.keys("#palette-search", "wspar").await;
    tab.shows("#palette .combobox-list", "Wsparcie").await;
    tab.click("#palette [role=option]").await;
    tab.headed("Wsparcie").await;
    // Pages are found by their names, whatever their accents.
    tab.press(&format!("{CTRL}k")).await;
    tab.keys("#global-search", "zrodla").await;
    tab.shows(".combobox-list", "Źródła").await;
    tab.press(DOWN).await;
    tab.press(ENTER).await;
    tab.headed("Źródła").await;
    // What was open is on the home page, too.
    office.go("/").await;
    tab.shows("section[aria-labelledby=opened]", "Wsparcie")
        .await;
}

async fn sent(tab: Tab) {
    let office = Office::open(&tab).await;
    office.go("/help").await;
    // Several hits are listed by their kinds.
    tab.keys("#global-search", &format!("a{ENTER}")).await;
    tab.headed("Wyszukiwanie").await;
    tab.shows("main", "Użytkownicy klientów").await;
    tab.shows("main", "Zakłady Acme").await;
    // The only one is opened at once.
    tab.keys("#global-search", ENTER).await;
    tab.fill("#global-search", &format!("zak jan{ENTER}")).await;
    tab.headed("Jan Żak").await;
    tab.keys("#global-search", &format!("nikogotuniema{ENTER}"))
        .await;
    tab.shows(".empty", "Brak wyników").await;
    office.go("/").await;
    tab.shows("section[aria-labelledby=opened]", "Żak Jan")
        .await;
}

async fn selected(tab: Tab) {
    let office = Office::open(&tab).await;
    for number in 0..4 {
        let person = json!({
            "UserLogin": format!("ola{number}"), "UserFirstname": "Ola", "UserLastname": format!("Zet{number}"),
            "UserEmail": format!("ola{number}@acme-lab.org"), "UserCustomerID": "acme",
        });
        office.create("customer-users", person).await;
    }
    office.go("/customer-users?search=ola").await;
    tab.shows("#select-people", "Nikogo nie zaznaczono").await;
    // From one box to another with Shift.
    tab.click("tr:nth-child(1) input[name=login]").await;
    tab.shows("#select-people", "Zaznaczono: 1").await;
    for _ in 0..2 {
        tab.press(&format!("{SHIFT}{DOWN}")).await;
    }
    tab.shows("#select-people", "Zaznaczono: 3").await;
    let wrong = inspect(&tab, "selection").await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Another search, another page and back: they stay selected.
    tab.fill("#global-search", "ewa").await;
    tab.shows("#select-people", "w tym 3 poza tą stroną").await;
    tab.click("tbody input[name=login]").await;
    tab.shows("#select-people", "Zaznaczono: 4").await;
    office.go("/customers").await;
    office.go("/customer-users").await;
    tab.shows("#select-people", "Zaznaczono: 4").await;
    let marked = "return document.querySelectorAll('tbody tr.selected').length;";
    assert_eq!(tab.run(marked).await, json!(4));
    tab.click("#select-people button:not([formaction], [type])")
        .await;
    tab.shows("main", "Dla 4 osób").await;
    // Escape lets go of them.
    office.go("/customer-users").await;
    tab.press(ESCAPE).await;
    tab.shows("#select-people", "Nikogo nie zaznaczono").await;
}
