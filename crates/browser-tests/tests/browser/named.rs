//! Groups and services in a browser, in Polish: *Save*, *Save and finish*, and a service that moves.

use crate::checks::inspect;
use crate::program::Program;
use crate::tab::{ENTER, Tab, visit};
use crate::walk::set_up;

#[tokio::test]
async fn groups_and_services() {
    visit("groups_and_services", true, |tab| {
        groups_then_services(tab, true)
    })
    .await;
}

#[tokio::test]
async fn groups_and_services_without_scripts() {
    visit("groups_and_services_without_scripts", false, |tab| {
        groups_then_services(tab, false)
    })
    .await;
}

async fn groups_then_services(tab: Tab, scripts: bool) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    set_up(&tab, &url, code.trim()).await;
    groups(&tab, &url, scripts).await;
    services(&tab, &url, scripts).await;
}

async fn groups(tab: &Tab, url: &str, scripts: bool) {
    tab.go(&format!("{url}/")).await;
    tab.click("header nav a[href$='/groups']").await;
    tab.shows("h1", "Grupy").await;
    tab.click("a[href$='/groups/new']").await;
    tab.keys("#field-Name", "Pierwsza linia").await;
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Dodano: Pierwsza linia").await;
    // *Save* stays with the record, *Save and finish* leads to the list.
    tab.fill("#field-Comment", "dzwoni pierwsza").await;
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Zapisano: Pierwsza linia").await;
    tab.shows("h1", "Pierwsza linia").await;
    tab.fill("#field-Name", "Druga linia").await;
    tab.click("button[value=preview]").await;
    tab.shows("main", "Zmiana nazwy z Pierwsza linia na Druga linia")
        .await;
    tab.click("button[value=finish]").await;
    tab.shows("h1", "Grupy").await;
    tab.shows("tbody", "Druga linia").await;
    tab.keys("#global-search", &format!("drug{ENTER}")).await;
    tab.shows("tbody mark", "Drug").await;
    assert!(tab.url().await.contains("search=drug"));
    tab.click("tbody th a").await;
    tab.shows("h1", "Druga linia").await;
    right(tab, "group", scripts).await;
}

async fn services(tab: &Tab, url: &str, scripts: bool) {
    tab.go(&format!("{url}/services")).await;
    tab.shows(".empty h2", "Nie ma jeszcze usług").await;
    tab.click(".empty a.primary").await;
    for (parent, name) in [
        ("", "IT"),
        ("IT", "Sieć"),
        ("IT::Sieć", "WLAN"),
        ("", "Biuro"),
    ] {
        tab.go(&format!("{url}/services/new")).await;
        tab.keys("#field-Name", name).await;
        tab.click(&format!("#field-Parent option[value='{parent}']"))
            .await;
        tab.click("button[value=finish]").await;
        tab.shows("h1", "Usługi").await;
    }
    right(tab, "tree", scripts).await;
    tab.click("tbody a[href$='Sie%C4%87']").await;
    tab.shows("main", "Usługi podrzędne").await;
    tab.click("main a[href*='/edit']").await;
    tab.click("#field-Parent option[value='Biuro']").await;
    tab.click("button[value=preview]").await;
    tab.shows("main", "Poniżej: IT::Sieć::WLAN → Biuro::Sieć::WLAN")
        .await;
    right(tab, "preview", scripts).await;
    tab.click("button[value=save]").await;
    tab.shows("h1", "Biuro::Sieć").await;
    tab.click("button[value=finish]").await;
    tab.shows("tbody", "WLAN").await;
    tab.go(&format!("{url}/services/Biuro%3A%3ASie%C4%87%3A%3AWLAN"))
        .await;
    tab.shows("main", "zmieniono nazwę").await;
}

/// Looks at the page as it is; axe is a script itself, so without scripts there is nobody to ask.
async fn right(tab: &Tab, page: &str, scripts: bool) {
    if scripts {
        let complaints = inspect(tab, page).await;
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}
