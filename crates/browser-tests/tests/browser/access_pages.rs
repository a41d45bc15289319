//! The pages of permissions and relations as every page is looked at: names, narrow screens, axe in both themes; and a
//! few of them in the theme that an agent chose.

use serde_json::json;

use crate::axe;
use crate::checks::{inspect, look};
use crate::office::Office;
use crate::tab::{Tab, visit};

/// As they are while permissions by group are off.
const OFF: [&str; 6] = [
    "/permissions",
    "/customer-users/ewa",
    "/customer-users/ewa/permissions",
    "/customers/acme/permissions",
    "/groups/stats/permissions",
    "/groups/stats/permissions/who",
];

const ON: [&str; 33] = [
    "/permissions",
    "/permissions?search=ewa",
    "/customer-users/ewa",
    "/customer-users/ewa/edit",
    "/customer-users/new?UserCustomerID=acme",
    "/customer-users/ewa/permissions",
    "/customer-users/ewa/permissions?search=stats",
    "/customer-users/ewa/permissions/explain",
    "/customer-users/ewa/permissions/explain?group=stats",
    "/customer-users/ewa/permissions/explain?group=stats&permission=rw",
    "/customer-users/ewa/permissions/customers",
    "/customers/acme",
    "/customers/acme/permissions",
    "/groups/stats",
    "/groups/stats/permissions",
    "/groups/stats/permissions?search=ewa",
    "/groups/stats/permissions?search=nikogo",
    "/groups/stats/permissions/customers",
    "/groups/stats/permissions/customers?search=acme",
    "/groups/stats/permissions/who",
    "/groups/stats/permissions/who?permission=rw",
    "/groups/users/permissions",
    "/customer-users/ewa/customers?search=huta",
    "/customer-users/ewa/customers?search=nikogo",
    "/customers/huta/people?search=e",
    "/customer-users/ewa/services",
    "/services/IT/people?search=jan",
    "/default-services",
    "/settings/access",
    "/journal",
    "/journal/1/undo",
    "/groups/admin/permissions",
    "/services/IT",
];

#[tokio::test]
async fn every_page_of_access_has_names_and_fits_a_narrow_screen() {
    visit("every_page_of_access", true, every_page).await;
}

async fn every_page(tab: Tab) {
    let office = Office::open(&tab).await;
    let url = office.url.clone();
    let mut complaints = vec![];
    for page in OFF {
        complaints.extend(look(&tab, &format!("{url}{page}?"), 200).await);
    }
    office.switch_on().await;
    office
        .relate(json!([
            {"relation": "person-group", "login": "ewa", "group": "stats", "permission": "ro", "given": true},
            {"relation": "customer-group", "customer": "acme", "group": "Wsparcie", "permission": "rw",
                "context": "same", "given": true},
            {"relation": "customer-group", "customer": "acme", "group": "stats", "permission": "ro",
                "context": "other", "given": true},
            {"relation": "customer-group", "customer": "huta", "group": "stats", "permission": "create",
                "context": "same", "given": true},
            {"relation": "customer", "login": "ewa", "customer": "huta", "given": true},
            {"relation": "service", "login": "ewa", "service": "IT", "given": true},
        ]))
        .await;
    for page in ON {
        complaints.extend(look(&tab, &format!("{url}{page}"), 200).await);
    }
    // A day before anything was written down.
    let before = format!("{url}/customer-users/ewa/past?day=2020-01-01");
    complaints.extend(look(&tab, &before, 422).await);
    // Not saved yet: a preview, and the matrix of a group that vanished.
    office.go("/customer-users/ewa/permissions").await;
    tab.click("input[name=now][value='same/rw/stats']").await;
    tab.click("button[value=preview]").await;
    tab.shows("#preview", "edycja (rw)").await;
    complaints.extend(inspect(&tab, "preview of permissions").await);
    office.go("/customer-users/ewa/services").await;
    tab.click("input[name=on][value=Biuro]").await;
    tab.click("button[value=preview]").await;
    tab.shows("#preview", "Biuro").await;
    complaints.extend(inspect(&tab, "preview of services").await);
    office.go("/settings/access").await;
    tab.click("input[name=always_groups][value=stats]").await;
    tab.click("button[value=preview]").await;
    tab.shows("main", "Osoby teraz").await;
    complaints.extend(inspect(&tab, "preview of settings").await);
    let latest = office.asked("customer-users/ewa/history").await["items"][0]["id"].clone();
    complaints.extend(look(&tab, &format!("{url}/journal/{latest}/undo"), 200).await);
    complaints.extend(chosen_themes(&office).await);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// A theme that was chosen counts more than what the browser wishes.
async fn chosen_themes(office: &Office) -> Vec<String> {
    let tab = &office.tab;
    let mut complaints = vec![];
    for theme in axe::THEMES {
        office.go("/permissions").await;
        tab.click("details:has(.theme-mark) > summary").await;
        tab.click(&format!("button[name=theme][value={theme}]"))
            .await;
        for page in [
            "/permissions?search=ewa",
            "/customer-users/ewa",
            "/customer-users/ewa/permissions",
            "/customers/acme/permissions",
            "/groups/stats/permissions/customers?search=acme",
            "/customer-users/ewa/services",
            "/settings/access",
            "/customer-users?valid=all",
        ] {
            office.go(page).await;
            complaints.extend(axe::violations_of_chosen(tab, page).await);
        }
    }
    complaints
}
