//! What holds on every page: each input has a name, a narrow screen is wide enough, and axe finds nothing.

use serde_json::Value;

use crate::axe;
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

/// The status that the page came with.
const STATUS: &str = "return performance.getEntriesByType('navigation')[0].responseStatus;";

/// What makes the page wider than the window; what scrolls within the page may be wider.
const WIDE: &str = r#"
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) return [];
const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > width + 1);
return [`${document.documentElement.scrollWidth} > ${width}`, ...wide.map((element) =>
    `${element.tagName}.${element.className}`)];
"#;

/// Buttons below a form that do not stand in one row, though the window is wide.
const WRAPPED: &str = r#"
return [...document.querySelectorAll(".save-bar")].flatMap((bar) => {
    const middles = [...bar.querySelectorAll(".button")].map((button) => {
        const { top, bottom } = button.getBoundingClientRect();
        return Math.round((top + bottom) / 2);
    });
    return Math.max(...middles) - Math.min(...middles) > 2 ? [bar.textContent.trim()] : [];
});
"#;

/// A page with each of these mistakes.
const WRONG: &str = "data:text/html,<input id=a><p id=a style='width:500px;color:%23999'>pale words</p><p aria-labelledby=b>y</p>";

#[tokio::test]
async fn mistakes_are_seen() {
    visit("mistakes", true, |tab| async move {
        let complaints = look(&tab, WRONG, 200).await;
        for mistake in [
            "nameless: [\"<input id=\\\"a\\\">\"]",
            "twice: [\"a\",\"aria-labelledby=b\"]",
            "508 > 390",
            "light, 1280 px: label:",
            "dark, 390 px: color-contrast:",
        ] {
            assert!(
                complaints
                    .iter()
                    .any(|complaint| complaint.contains(mistake)),
                "{mistake}: {complaints:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn every_page_has_names_and_fits_a_narrow_screen() {
    visit("every_page", true, every_page).await;
}

async fn every_page(tab: Tab) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    let mut complaints = look(&tab, &format!("{url}/setup"), 200).await;
    set_up(&tab, &url, code.trim()).await;
    for (empty, status) in [("/customer-users", 200), ("/customer-users/new", 409)] {
        complaints.extend(look(&tab, &format!("{url}{empty}"), status).await);
    }
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
        "/customer-users/columns",
        "/customer-users/views?search=e",
        "/find?search=a",
        "/find?search=nikogotuniema",
        "/relations/customers",
        "/relations/services?search=e",
        "/customer-users/ewa/customers",
        "/customer-users/ewa/services",
        "/customers/acme/people?search=e",
        "/default-services",
        "/customer-users/ewa/past",
        "/customers/acme/past",
        "/groups/stats/past",
        "/groups",
        "/groups?search=nikogo",
        "/groups/new",
        "/groups/stats",
        "/groups/stats/edit",
        "/services",
        "/services/new",
        "/agents",
        "/agents/new",
        "/agents/jola/edit",
        "/journal",
        "/journal/1/undo",
        "/settings/access",
        "/settings/fields",
        "/sources/new",
        "/sources/new?module=DB&of=customers",
        "/settings/fields/add/CustomerUser",
        "/settings/fields/CustomerUser/UserCity",
        "/sources",
        "/sources/CustomerUser",
        "/tokens",
        "/account",
        "/help",
        "/api/v1/docs",
    ] {
        complaints.extend(look(&tab, &format!("{url}{page}"), 200).await);
    }
    let today = "return new Date().toISOString().slice(0, 10);";
    let today = tab.run(today).await;
    let today = today.as_str().unwrap_or_default();
    for page in ["customer-users/ewa", "customers/acme", "groups/users"] {
        let past = format!("{url}/{page}/past?day={today}");
        complaints.extend(look(&tab, &past, 200).await);
    }
    let before = format!("{url}/customer-users/ewa/past?day=2020-01-01");
    complaints.extend(look(&tab, &before, 422).await);
    // A form that came back with mistakes.
    tab.go(&format!("{url}/customer-users/new")).await;
    tab.click("button[value=save]").await;
    tab.shows("#mistakes", "Nie zapisano").await;
    complaints.extend(inspect(&tab, "form with mistakes").await);
    complaints.extend(look(&tab, &format!("{url}/customer-users/nikt"), 404).await);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What is wrong with the page at an address.
pub async fn look(tab: &Tab, url: &str, status: u16) -> Vec<String> {
    tab.go(url).await;
    let mut complaints = inspect(tab, url).await;
    let answered = tab.run(STATUS).await;
    if answered != status {
        complaints.push(format!("{url}: status {answered} instead of {status}"));
    }
    complaints
}

/// What is wrong with the page that is shown.
pub async fn inspect(tab: &Tab, page: &str) -> Vec<String> {
    let mut complaints = vec![];
    complaints.extend(said(tab, page, "nameless", NAMELESS).await);
    complaints.extend(said(tab, page, "loose or twice", LOOSE).await);
    tab.resize(Some(1280)).await;
    complaints.extend(said(tab, page, "more than a row of buttons", WRAPPED).await);
    tab.resize(Some(390)).await;
    complaints.extend(said(tab, page, "wider than 390 px", WIDE).await);
    tab.resize(None).await;
    complaints.extend(axe::violations(tab, page).await);
    complaints
}

async fn said(tab: &Tab, url: &str, what: &str, script: &str) -> Option<String> {
    let found = tab.run(script).await;
    let right = found == Value::Array(vec![]);
    (!right).then(|| format!("{url}: {what}: {found}"))
}
