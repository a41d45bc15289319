//! What answers while somebody types: the list below its search, and the choice of a customer.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::time::sleep;

use crate::office::Office;
use crate::tab::{CTRL, DOWN, ENTER, ESCAPE, Tab, UP, visit};

const BACKSPACE: &str = "\u{E003}";

/// A mark that is gone when the page was loaded anew.
const MARK: &str = "window.marked = true;";
const MARKED: &str = "return window.marked === true;";

#[tokio::test]
async fn the_list_follows_what_is_typed() {
    visit("typing_list", true, list).await;
}

#[tokio::test]
async fn a_customer_is_chosen_by_keyboard() {
    visit("typing_choice", true, choice).await;
}

/// Waits until a script gives what is expected.
async fn becomes(tab: &Tab, script: &str, expected: serde_json::Value) {
    let begun = Instant::now();
    loop {
        let is = tab.run(script).await;
        if is == expected {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(15),
            "{script}: {is} instead of {expected}"
        );
        sleep(Duration::from_millis(50)).await;
    }
}

const NAMES: &str =
    "return [...document.querySelectorAll('tbody th a')].map((link) => link.textContent.trim());";

async fn list(tab: Tab) {
    let office = Office::open(&tab).await;
    office.go("/customer-users").await;
    let all = tab.run(NAMES).await;
    assert_eq!(all.as_array().map(Vec::len), Some(2), "{all}");
    tab.run(MARK).await;
    // A part of the surname, without its accents; no Enter.
    tab.keys("#global-search", "sniew").await;
    becomes(
        &tab,
        "return document.querySelectorAll('tbody tr').length;",
        json!(1),
    )
    .await;
    tab.shows("tbody th a", "Wiśniewska").await;
    becomes(
        &tab,
        "return new URL(location).searchParams.get('search');",
        json!("sniew"),
    )
    .await;
    let count = tab.text("[data-region=list] [data-announce]").await;
    assert!(!count.is_empty());
    tab.says(&count).await;
    assert!(tab.is_focused("#global-search").await, "one can type on");
    tab.keys("#global-search", "x").await;
    tab.shows(".empty", "Brak wyników").await;
    tab.fill("#global-search", "zak").await;
    tab.shows("tbody th a", "Żak").await;
    // A mistake is told as well, and the list comes back.
    tab.fill("#global-search", "a AND OR b").await;
    tab.shows("[data-region=list] [role=alert]", "").await;
    tab.press(&format!("{CTRL}a")).await;
    tab.press(BACKSPACE).await;
    becomes(&tab, NAMES, all).await;
    assert_eq!(tab.run(MARKED).await, true, "all that on one page");
    // Reloading shows what was found.
    tab.keys("#global-search", "zak").await;
    becomes(
        &tab,
        "return document.querySelectorAll('tbody tr').length;",
        json!(1),
    )
    .await;
    becomes(
        &tab,
        "return location.search.includes('search=zak');",
        json!(true),
    )
    .await;
    tab.run("location.reload();").await;
    tab.shows("tbody th a", "Żak").await;
    assert_eq!(tab.run(MARKED).await, false);
    assert_eq!(
        tab.run("return document.querySelectorAll('tbody tr').length;")
            .await,
        1
    );
}

const INPUT: &str = "#field-UserCustomerID";

/// The customers that are offered, and the number of the marked one.
const OFFERED: &str = r##"
const input = document.querySelector("#field-UserCustomerID");
const list = document.getElementById(input.getAttribute("aria-controls"));
if (list.hidden || input.getAttribute("aria-expanded") !== "true") return null;
const options = [...list.querySelectorAll("[role=option]")];
const active = input.getAttribute("aria-activedescendant");
const marked = options.findIndex((option) => option.id === active && option.ariaSelected === "true");
return [...options.map((option) => option.dataset.value), marked];
"##;

async fn choice(tab: Tab) {
    let office = Office::open(&tab).await;
    office.go("/customer-users/new").await;
    tab.run(MARK).await;
    let value = format!("return document.querySelector('{INPUT}').value;");
    // A part of the name, without its accents.
    tab.keys(INPUT, "lod").await;
    becomes(&tab, OFFERED, json!(["huta", -1])).await;
    tab.press(DOWN).await;
    becomes(&tab, OFFERED, json!(["huta", 0])).await;
    assert_eq!(tab.run(&value).await, "lod", "not chosen yet");
    tab.press(ENTER).await;
    becomes(&tab, &value, json!("huta")).await;
    becomes(&tab, OFFERED, json!(null)).await;
    assert!(tab.is_focused(INPUT).await);
    // Escape closes without a choice; the arrows go round.
    tab.fill(INPUT, "a").await;
    becomes(&tab, OFFERED, json!(["huta", "acme", -1])).await;
    for (key, marked) in [(DOWN, 0), (DOWN, 1), (DOWN, 0), (UP, 1)] {
        tab.press(key).await;
        becomes(&tab, OFFERED, json!(["huta", "acme", marked])).await;
    }
    tab.press(ESCAPE).await;
    becomes(&tab, OFFERED, json!(null)).await;
    assert_eq!(tab.run(&value).await, "a");
    // Nothing fits, and that is said.
    tab.fill(INPUT, "nikt").await;
    tab.shows(".combobox-status", "").await;
    becomes(&tab, OFFERED, json!([-1])).await;
    // By mouse.
    tab.fill(INPUT, "acm").await;
    becomes(&tab, OFFERED, json!(["acme", -1])).await;
    tab.click(".combobox-list [role=option]").await;
    becomes(&tab, &value, json!("acme")).await;
    assert_eq!(tab.run(MARKED).await, true, "nothing was sent");
}
