//! No page holds styles or scripts of its own, or anything from another site; the policy would keep browsers from it.

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Fields, Kind};
use kartoteka_records::Records;
use kartoteka_web::WebOptions;

use super::app::{Page, TestApp};
use super::world::{PAGES, World};

/// Pages that list nothing.
const OTHERS: [&str; 21] = [
    "/",
    "/customers",
    "/customers?search=c",
    "/customers/search",
    "/customers/new",
    "/customer-users?search=p",
    "/customer-users/search?UserLastname=p*",
    "/customer-users/new",
    "/customer-users/p0/password",
    "/groups/new",
    "/services/new",
    "/services/s0/edit",
    "/agents",
    "/agents/new",
    "/agents/ewa/edit",
    "/journal?kind=agent",
    "/journal/1/undo",
    "/tokens",
    "/account",
    "/help",
    "/api/v1/docs",
];

/// Errors: not there, not allowed, not understood.
const ERRORS: [(&str, u16); 5] = [
    ("/nowhere", 404),
    ("/customer-users/nobody", 404),
    ("/customers?search=a+AND+OR+b", 422),
    ("/logout", 405),
    ("/journal?key=%FF", 400),
];

/// What stands in a page that belongs into a file, or leads elsewhere.
fn faults(page: &Page) -> Vec<String> {
    let text = &page.text;
    let mut faults = vec![];
    let mut find = |what: &str, found: bool| faults.extend(found.then(|| what.to_owned()));
    find(
        "a style",
        text.contains(" style=") || text.contains("<style"),
    );
    let modules = text
        .matches("<script type=\"module\" src=\"/assets/")
        .count();
    find("a script", text.matches("<script").count() != modules);
    find("a script's address", text.contains("javascript:"));
    find(
        "another site",
        text.contains("http://") || text.contains("https://"),
    );
    // Attributes as `onclick=`, and only within tags.
    let tags = text.split('<').filter_map(|rest| rest.split_once('>'));
    for (tag, _) in tags {
        let handler = tag.split_whitespace().skip(1).find(|part| {
            let name = part.split_once('=').map_or("", |(name, _)| name);
            name.len() > 2 && name.starts_with("on") && name.bytes().all(|c| c.is_ascii_lowercase())
        });
        find(handler.unwrap_or_default(), handler.is_some());
    }
    faults
}

#[test]
fn faults_are_seen() {
    for (html, what) in [
        ("<p style=\"x\">", "a style"),
        ("<script>x</script>", "a script"),
        ("<a href=\"javascript:x\">", "a script's address"),
        ("<img src=\"https://x\">", "another site"),
        ("<p id=\"a\" onmouseover=\"x\">", "onmouseover=\"x\""),
    ] {
        let page = Page {
            status: StatusCode::OK,
            headers: axum::http::HeaderMap::new(),
            text: html.into(),
            json: serde_json::Value::Null,
        };
        assert_eq!(faults(&page), [what]);
    }
}

/// The value of a hidden field.
fn hidden(text: &str, name: &str) -> String {
    let rest = text.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = rest.unwrap_or_default().split('"').next();
    value.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn pages_hold_nothing_inline() {
    let mut world = World::of(3).await;
    let app = &world.app;
    let pages = PAGES.into_iter().chain(OTHERS).map(|path| (path, 200));
    for (path, status) in pages.chain(ERRORS) {
        let page = app.get(path).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(
            page.text.contains("<html") || path.ends_with("/export"),
            "{path}"
        );
        assert_eq!(faults(&page), [""; 0], "{path}: {}", page.text);
    }
    // Pages that come back: with mistakes, with what would happen, with a secret, and with what somebody else saved.
    let edit = "/customer-users/p0/edit";
    let version = hidden(&app.get(edit).await.text, "_version");
    let agent = hidden(&app.get("/agents/ewa/edit").await.text, "_version");
    let stale = [("UserFirstname", "Meanwhile")];
    save(app, Kind::CustomerUser, "p0", stale).await;
    save(app, Kind::Agent, "ewa", stale).await;
    for (path, form, status) in [
        ("/customer-users/new", "UserLogin=".to_owned(), 422),
        (
            edit,
            format!("UserFirstname=Mine&_version={version}&_do=save"),
            409,
        ),
        (
            "/agents/ewa/edit",
            format!("UserFirstname=Mine&_version={agent}"),
            409,
        ),
        ("/customer-users/p1/password", String::new(), 200),
        (
            "/tokens",
            "name=import&scope=reader&days=30".to_owned(),
            200,
        ),
        ("/tokens", "name=&scope=reader&days=30".to_owned(), 422),
        ("/account/password", "old=x&new=y".to_owned(), 422),
        (
            "/customer-users/p1/permissions",
            "now=same/rw/g1&_do=preview".to_owned(),
            200,
        ),
        ("/journal/verify", String::new(), 200),
        ("/agents/ewa/password", String::new(), 200),
    ] {
        let page = app.post(path, &form).await;
        assert_eq!(page.status.as_u16(), status, "{path}: {}", page.text);
        assert_eq!(faults(&page), [""; 0], "{path}: {}", page.text);
    }
    // At the door.
    world.app.cookie.clear();
    let door = world.app.get("/login").await;
    let refused = world.app.post("/login", "login=ewa&password=x").await;
    let empty = TestApp::empty(WebOptions::default()).await;
    let setup = empty.get("/setup").await;
    for page in [door, refused, setup] {
        assert!(page.text.contains("<form"), "{}", page.text);
        assert_eq!(faults(&page), [""; 0], "{}", page.text);
    }
}

async fn save(app: &TestApp, kind: Kind, key: &str, fields: [(&str, &str); 1]) {
    let fields: Fields = fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let actor = Actor::operator();
    let plan = Records::of(&app.directory).plan_update(&actor, kind, key, fields, None);
    Records::of(&app.directory)
        .apply(plan.await.expect("plans"))
        .await
        .expect("applies");
}
