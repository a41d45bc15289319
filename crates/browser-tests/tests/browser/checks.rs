//! What holds on every page: each input has a name, and a narrow screen is wide enough.

use serde_json::{Value, json};

use crate::program::Program;
use crate::tab::{Tab, visit};
use crate::walk::{add_customer, add_person, set_up};

/// Inputs and buttons that a screen reader could not name.
const NAMELESS: &str = r#"
const text = (id) => document.getElementById(id)?.textContent.trim() ?? "";
const name = (element) =>
    element.getAttribute("aria-label")?.trim() ||
    (element.getAttribute("aria-labelledby") ?? "").split(" ").map(text).join("") ||
    [...(element.labels ?? [])].map((label) => label.textContent.trim()).join("") ||
    (element.matches("button, a, summary") ? element.textContent.trim() : "");
const all = document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, summary");
return [...all].filter((element) => !name(element)).map((element) => element.outerHTML);
"#;

/// References to elements that are not there, and names that two elements have.
const LOOSE: &str = r#"
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
const loose = ["for", "aria-labelledby", "aria-describedby", "aria-controls"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].flatMap((element) =>
        element.getAttribute(name).split(" ").filter((id) => id && !ids.includes(id)).map((id) => `${name}=${id}`)));
return [...twice, ...loose];
"#;

/// What makes the page wider than the window; what scrolls within the page may be wider.
const WIDE: &str = r#"
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) return [];
const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > width + 1);
return [`${document.documentElement.scrollWidth} > ${width}`, ...wide.map((element) =>
    `${element.tagName}.${element.className}`)];
"#;

#[tokio::test]
async fn every_page_has_names_and_fits_a_narrow_screen() {
    visit("every_page", true, every_page).await;
}

async fn every_page(tab: Tab) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    let mut complaints = look(&tab, &format!("{url}/setup")).await;
    set_up(&tab, &url, code.trim()).await;
    for empty in ["/customer-users", "/customer-users/new"] {
        complaints.extend(look(&tab, &format!("{url}{empty}")).await);
    }
    wide(&tab).await;
    add_customer(&tab, &url).await;
    add_person(&tab, &url, true).await;
    for page in [
        "/",
        "/customers",
        "/customers/new",
        "/customers/search",
        "/customers/acme",
        "/customers/acme/edit",
        "/customer-users",
        "/customer-users?search=nikogo",
        "/customer-users?search=%28",
        "/customer-users/new",
        "/customer-users/search",
        "/customer-users/ewa",
        "/customer-users/ewa/edit",
        "/customer-users/ewa/password",
        "/customer-users/nikt",
        "/agents",
        "/agents/new",
        "/agents/jola",
        "/journal",
        "/tokens",
        "/account",
        "/help",
        "/api/docs",
    ] {
        complaints.extend(look(&tab, &format!("{url}{page}")).await);
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What is wrong with a page.
async fn look(tab: &Tab, url: &str) -> Vec<String> {
    wide(tab).await;
    tab.go(url).await;
    let mut complaints = vec![];
    complaints.extend(said(tab, url, "nameless", NAMELESS).await);
    complaints.extend(said(tab, url, "loose or twice", LOOSE).await);
    let narrow = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false});
    tab.chromium("Emulation.setDeviceMetricsOverride", narrow)
        .await;
    complaints.extend(said(tab, url, "wider than 390 px", WIDE).await);
    complaints
}

async fn wide(tab: &Tab) {
    tab.chromium("Emulation.clearDeviceMetricsOverride", json!({}))
        .await;
}

async fn said(tab: &Tab, url: &str, what: &str, script: &str) -> Option<String> {
    let found = tab.run(script).await;
    let right = found == Value::Array(vec![]);
    (!right).then(|| format!("{url}: {what}: {found}"))
}
