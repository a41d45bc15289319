//! Where the choice of a language leads from the answer to a form, which can't be asked for again.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

use std::path::Path;

use axum::http::StatusCode;

use super::app::TestApp;

/// Every address in the pages' sources that forms are sent to.
fn forms(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(forms(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for route in text.split(".route(").skip(1) {
            let (address, rest) = route.split_once(',').unwrap();
            let sends = rest.split(".route(").next().unwrap().contains("post(");
            let address = address.trim().trim_matches('"');
            if sends && address.starts_with('/') {
                found.push(address.to_owned());
            }
        }
    }
    found
}

/// An address with something in place of what it leaves open.
fn filled(address: &str) -> String {
    let parts = address.split('/').map(|part| match part {
        "{login}" => "ewa",
        part if part.starts_with('{') => "1",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_answer_to_every_form_leads_back_to_a_page() {
    let app = TestApp::open().await;
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let of = |name: &str| forms(&crates.join(name).join("src"));
    let addresses = [of("pages"), of("relation-pages")].concat();
    assert!(addresses.len() > 25, "{addresses:?}");
    for address in addresses {
        let here = filled(&address);
        let chosen = format!("theme=light&back={}", here.replace('/', "%2F"));
        let answer = app.post("/preferences", &chosen).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
        let page = app.get(answer.header("location")).await;
        assert_ne!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
        let no_page = page.text.contains("There is no such page");
        assert!(!no_page, "{address}: {}", answer.header("location"));
    }
}

#[tokio::test]
async fn it_is_the_page_that_the_form_stands_on() {
    let app = TestApp::open().await;
    for (here, page) in [
        ("/account/password", "/account"),
        ("/account/sessions/7/end", "/account"),
        ("/journal/verify", "/journal"),
        ("/agents/ewa/password", "/agents/ewa/edit"),
        ("/agents/unlock", "/agents"),
        ("/jobs/7/stop?x=1", "/jobs/7"),
        ("/jobs/templates/7/delete", "/jobs/templates/7"),
        ("/tokens/7/revoke", "/tokens"),
        ("/preferences", "/"),
        // What can be asked for stays as it is.
        ("/customers/new?from=list", "/customers/new?from=list"),
        ("/customer-users/a%2Fb/edit", "/customer-users/a%2Fb/edit"),
        ("/journal/7/undo", "/journal/7/undo"),
        ("/nowhere", "/nowhere"),
    ] {
        let back: String = here.replace('%', "%25").replace('&', "%26");
        let answer = app.post("/preferences", &format!("back={back}")).await;
        assert_eq!(answer.header("location"), page, "{here}");
    }
    let app = TestApp::open_with(kartoteka_web::WebOptions {
        base_path: "/desk".to_owned(),
        ..kartoteka_web::WebOptions::default()
    })
    .await;
    let answer = app.post("/desk/preferences", "back=/journal/verify").await;
    assert_eq!(answer.header("location"), "/desk/journal");
}

#[tokio::test]
async fn what_is_shown_once_is_not_lost_by_another_language() {
    let app = TestApp::open().await;
    let switch = "action=\"/preferences\"";
    let page = app.post("/tokens", "name=sync&scope=reader&days=30").await;
    assert!(page.text.contains("class=\"secret\""), "{}", page.text);
    assert!(!page.text.contains(switch), "{}", page.text);
    let page = app.get("/tokens").await;
    assert!(page.text.contains(switch), "{}", page.text);
    let page = app.post("/agents/ewa/password", "UserPassword=").await;
    assert!(page.text.contains("class=\"secret\""), "{}", page.text);
    assert!(!page.text.contains(switch), "{}", page.text);
}
