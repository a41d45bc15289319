//! Single keys: places, rows, search, new, edit, help; and where they are only letters.

use std::time::Duration;

use tokio::time::sleep;

use crate::office::Office;
use crate::tab::{CTRL, Tab, visit};

const ALT: &str = "\u{E00A}";

/// `n` as those who type AltGr with it get it, which WebDriver has no key for.
const ALT_GRAPH: &str = r#"
const event = new KeyboardEvent("keydown", { key: "n", modifierAltGraph: true, bubbles: true, cancelable: true });
return document.body.dispatchEvent(event);
"#;

#[tokio::test]
async fn keys_lead_everywhere() {
    visit("keys", true, everywhere).await;
}

#[tokio::test]
async fn keys_can_be_switched_off() {
    visit("keys_off", true, switched_off).await;
}

/// Waits for the page at an address.
async fn arrives(tab: &Tab, address: &str) {
    let mut url = String::new();
    for _ in 0..100 {
        url = tab.url().await;
        if url == address {
            // What was typed before the page is ready would be lost.
            let ready = "return document.readyState;";
            if tab.run(ready).await == "complete" {
                return;
            }
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("{url} instead of {address}");
}

/// The page is still the one at this address, a while after a key.
async fn stays(tab: &Tab, address: &str) {
    sleep(Duration::from_millis(400)).await;
    assert_eq!(tab.url().await, address);
}

async fn value(tab: &Tab, css: &str) -> String {
    let script = format!("return document.querySelector('{css}').value;");
    tab.run(&script).await.as_str().unwrap().to_owned()
}

async fn everywhere(tab: Tab) {
    let office = Office::open(&tab).await;
    let at = |path: &str| format!("{}{path}", office.url);
    office.go("/customer-users").await;
    // The search of every page takes the focus, and not the slash.
    tab.press("/").await;
    assert!(tab.is_focused("#global-search").await);
    assert_eq!(value(&tab, "#global-search").await, "");
    // In a box a key is a letter.
    for key in ["n", "?"] {
        tab.press(key).await;
    }
    assert_eq!(value(&tab, "#global-search").await, "n?");
    assert!(!tab.url().await.contains("/new"));

    office.go("/customer-users").await;
    tab.press("?").await;
    arrives(&tab, &at("/help")).await;
    office.go("/customers").await;
    tab.press("n").await;
    arrives(&tab, &at("/customers/new")).await;
    office.go("/customer-users/ewa").await;
    tab.press("e").await;
    arrives(&tab, &at("/customer-users/ewa/edit")).await;
    for (key, place) in [
        ("u", "/customer-users"),
        ("c", "/customers"),
        ("a", "/agents"),
        ("j", "/journal"),
        ("h", "/"),
    ] {
        office.go("/help").await;
        tab.press("g").await;
        tab.press(key).await;
        arrives(&tab, &at(place)).await;
    }
    rows(&tab, &office).await;
    only_letters(&tab, &office).await;
}

/// `j` and `k` move along the rows, and stop at the ends.
async fn rows(tab: &Tab, office: &Office) {
    office.go("/customer-users").await;
    let (first, last) = ("tbody tr:first-child a", "tbody tr:last-child a");
    for (key, row) in [
        ("j", first),
        ("j", last),
        ("j", last),
        ("k", first),
        ("k", first),
    ] {
        tab.press(key).await;
        assert!(tab.is_focused(row).await, "{key}: {row}");
    }
    office.go("/customer-users").await;
    tab.press("k").await;
    assert!(tab.is_focused(last).await);
}

/// What is held with another key, or comes too late, leads nowhere.
async fn only_letters(tab: &Tab, office: &Office) {
    office.go("/customers").await;
    let here = format!("{}/customers", office.url);
    assert_eq!(tab.run(ALT_GRAPH).await, true, "nothing was made of it");
    stays(tab, &here).await;
    tab.press(&format!("{ALT}n")).await;
    stays(tab, &here).await;
    tab.press("g").await;
    sleep(Duration::from_millis(1700)).await;
    tab.press("u").await;
    stays(tab, &here).await;
    // Another key between forgets the `g`.
    for key in ["g", "x", "u"] {
        tab.press(key).await;
    }
    stays(tab, &here).await;
    // Without the modifier it is a command.
    tab.press("n").await;
    arrives(tab, &format!("{here}/new")).await;
    // Also while typing.
    tab.keys("#field-CustomerID", "a").await;
    tab.press(&format!("{CTRL}k")).await;
    assert!(tab.is_focused("#global-search").await);
}

async fn switched_off(tab: Tab) {
    let office = Office::open(&tab).await;
    office.go("/account").await;
    tab.click("#keys option[value=off]").await;
    tab.click("form:has(#keys) button").await;
    tab.shows("#messages", "").await;
    office.go("/customer-users").await;
    let here = format!("{}/customer-users", office.url);
    for keys in [&["?"] as &[&str], &["n"], &["g", "c"], &["/"], &["j"]] {
        for key in keys {
            tab.press(key).await;
        }
        stays(&tab, &here).await;
        assert!(tab.is_focused("body").await, "{keys:?}");
    }
    // What needs Ctrl does no harm.
    tab.press(&format!("{CTRL}k")).await;
    assert!(tab.is_focused("#palette-search").await);
}
