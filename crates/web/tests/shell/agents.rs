//! Agents, account, tokens and journal as a browser sees them.

use axum::http::StatusCode;
use kartoteka_web::WebOptions;

use super::app::{PASSWORD, TestApp};

/// The value of a hidden field.
fn hidden(text: &str, name: &str) -> String {
    let rest = text
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// What is shown once.
fn secret(text: &str) -> String {
    let rest = text.split("id=\"secret\">").nth(1).unwrap_or_default();
    rest.split('<').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_agent_is_added_with_a_generated_password_that_works() {
    let mut app = TestApp::open().await;
    let page = app
        .post(
            "/agents/new",
            "UserLogin=rita&UserFirstname=Rita&UserLastname=&Role=editor&ValidID=1",
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text.contains("Please fill in this field") && page.text.contains("value=\"Rita\"")
    );
    let page = app
        .post(
            "/agents/new",
            "UserLogin=rita&UserFirstname=Rita&UserLastname=Nowak&Role=editor&ValidID=1",
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let password = secret(&page.text);
    assert!(password.len() >= 8, "{}", page.text);
    assert!(app.get("/agents").await.text.contains("Nowak Rita"));
    assert!(!app.get("/journal").await.text.contains(&password));
    app.cookie.clear();
    let page = app
        .post(
            "/login",
            &format!("login=rita&password={}", password.replace('+', "%2B")),
        )
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
}

#[tokio::test]
async fn a_stale_form_overwrites_nothing() {
    let app = TestApp::open().await;
    app.add_agent("rita", "reader").await;
    let version = hidden(&app.get("/agents/rita/edit").await.text, "_version");
    assert!(!version.is_empty());
    let form = |name: &str, role: &str| {
        format!(
            "_version={version}&UserLogin=rita&UserFirstname={name}&UserLastname=Lis&Role={role}&ValidID=1&_then=finish"
        )
    };
    let first = app.post("/agents/rita/edit", &form("Rita", "reader")).await;
    assert_eq!(first.header("location"), "/agents", "{}", first.text);
    let second = app.post("/agents/rita/edit", &form("Rosa", "editor")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(
        second.text.contains("value=\"Rosa\"") && second.text.contains("Stored now: Rita"),
        "{}",
        second.text
    );
    assert!(app.get("/agents").await.text.contains("Lis Rita"));
}

#[tokio::test]
async fn an_agent_who_becomes_invalid_is_out_at_once() {
    let mut app = TestApp::open().await;
    app.add_agent("rita", "reader").await;
    let admin = app.cookie.clone();
    app.become_agent("rita").await;
    let rita = std::mem::replace(&mut app.cookie, admin);
    let version = hidden(&app.get("/agents/rita/edit").await.text, "_version");
    let form = format!(
        "_version={version}&UserLogin=rita&UserFirstname=Rita&UserLastname=Lis&Role=reader&ValidID=2"
    );
    assert_eq!(
        app.post("/agents/rita/edit", &form).await.status,
        StatusCode::SEE_OTHER
    );
    app.cookie = rita;
    assert_eq!(app.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_own_password_can_be_changed() {
    let app = TestApp::open().await;
    let wrong = app
        .post("/account/password", "old=nonsense&new=four+blue+horses+8")
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("The current password is wrong"));
    let old = PASSWORD.replace(' ', "+");
    let weak = app
        .post("/account/password", &format!("old={old}&new=abc"))
        .await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        weak.text.contains("At least 8 characters") && weak.text.contains("At least one digit"),
        "{}",
        weak.text
    );
    let right = app
        .post(
            "/account/password",
            &format!("old={old}&new=four+blue+horses+8"),
        )
        .await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    let account = app.get("/account").await;
    assert!(
        account.text.contains("this browser"),
        "the own session stays"
    );
}

#[tokio::test]
async fn a_password_that_is_due_has_to_be_changed_first() {
    let mut app = TestApp::set(WebOptions::default(), |settings| {
        settings.passwords.max_valid_days = Some(30);
    })
    .await;
    app.add_agent("ewa", "admin").await;
    let (old, new) = (PASSWORD.replace(' ', "+"), "four+blue+horses+8");
    assert_eq!(app.get("/renew-password").await.header("location"), "/");
    app.become_agent("ewa").await;
    let page = app.get("/customers?search=a").await;
    let there = "/renew-password?next=%2Fcustomers%3Fsearch%3Da";
    assert_eq!(page.header("location"), there);
    for path in ["/", "/agents", "/account"] {
        let page = app.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.header("location").starts_with("/renew-password"));
    }
    let made = app.post("/tokens", "name=x&scope=admin&days=30").await;
    assert_eq!(made.status, StatusCode::FORBIDDEN);
    assert!(
        made.text
            .contains("href=\"/renew-password\" target=\"_blank\"")
    );
    let page = app.get(there).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("At least one digit.") && page.text.contains("value=\"/customers?"));
    let same = app
        .post("/renew-password", &format!("old={old}&new={old}"))
        .await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        same.text.contains("nor one of the 3 before it"),
        "{}",
        same.text
    );
    let wrong = app
        .post("/renew-password", &format!("old=nonsense&new={new}"))
        .await;
    assert!(wrong.text.contains("The current password is wrong"));
    let form = format!("old={old}&new={new}&next=%2Fcustomers");
    let done = app.post("/renew-password", &form).await;
    assert_eq!(done.header("location"), "/customers", "{}", done.text);
    assert_eq!(app.get("/customers").await.status, StatusCode::OK);
    // Nobody is led away from this site.
    let away = app.get("/renew-password?next=https://evil.example").await;
    assert_eq!(away.header("location"), "/");
}

#[tokio::test]
async fn tokens_are_made_shown_once_and_revoked() {
    let app = TestApp::open().await;
    assert!(app.get("/tokens").await.text.contains("No tokens yet"));
    assert_eq!(
        app.post("/tokens", "name=&scope=reader&days=30")
            .await
            .status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let made = app
        .post("/tokens", "name=import&scope=reader&days=30")
        .await;
    let token = secret(&made.text);
    assert!(token.len() > 20, "{}", made.text);
    let list = app.get("/tokens").await.text;
    assert!(list.contains("import") && !list.contains(&token));
    let id = list
        .split("/tokens/")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("a button");
    assert_eq!(
        app.post(&format!("/tokens/{id}/revoke"), "").await.status,
        StatusCode::SEE_OTHER
    );
    assert!(app.get("/tokens").await.text.contains("revoked"));
}

#[tokio::test]
async fn the_journal_tells_what_happened_and_is_sound() {
    let app = TestApp::open().await;
    app.add_agent("rita", "reader").await;
    let page = app.get("/journal?kind=agent&key=rita").await.text;
    assert!(
        page.contains("operator") && page.contains(">rita<") && !page.contains(">ewa</a>"),
        "{page}"
    );
    let part = app
        .send(
            axum::http::Method::GET,
            "/journal",
            &[("x-fragment", "list")],
            "",
        )
        .await
        .text;
    assert!(part.contains("timeline") && !part.contains("<html"));
    let verdict = app.post("/journal/verify", "").await.text;
    assert!(verdict.contains("The journal is sound"), "{verdict}");
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let app = TestApp::open().await;
    let version = hidden(&app.get("/agents/ewa/edit").await.text, "_version");
    for (role, validity) in [("reader", "1"), ("", "1"), ("admin", "2")] {
        let form = format!(
            "_version={version}&UserLogin=ewa&UserFirstname=Ewa&UserLastname=Lis&Role={role}&ValidID={validity}"
        );
        let page = app.post("/agents/ewa/edit", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let said = "Nobody else could log in as an admin any more";
        assert!(page.text.contains(said), "{}", page.text);
    }
    assert_eq!(app.get("/agents").await.status, StatusCode::OK);
}
