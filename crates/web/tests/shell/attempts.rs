//! Wrong passwords at the door: who has to wait, who does not, and who ends it.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

use super::app::{PASSWORD, TestApp};

/// What the door answers to somebody from an address.
async fn knock(app: &TestApp, address: &str, login: &str, password: &str) -> StatusCode {
    let form = format!("login={login}&password={}", password.replace(' ', "+"));
    let mut request = Request::post("/login")
        .header("host", "desk.example")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    let address = SocketAddr::new(address.parse().expect("an address"), 40_000);
    request.extensions_mut().insert(ConnectInfo(address));
    let answer = app.router.clone().oneshot(request).await;
    answer.expect("an answer").status()
}

const IN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const WAITS: StatusCode = StatusCode::TOO_MANY_REQUESTS;

#[tokio::test]
async fn who_guesses_keeps_nobody_else_out() {
    let app = TestApp::open().await;
    app.add_agent("rita", "reader").await;
    // Whoever has one address of IPv6 has a whole network of them.
    for number in 1..=5 {
        let address = format!("2001:db8:1:2::{number}");
        assert_eq!(knock(&app, &address, "rita", "wrong").await, WRONG);
    }
    for (address, password) in [
        ("2001:db8:1:2::1", "wrong"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", PASSWORD),
    ] {
        assert_eq!(knock(&app, address, "rita", password).await, WAITS);
    }
    for address in ["2001:db8:1:3::1", "203.0.113.7"] {
        assert_eq!(knock(&app, address, "rita", PASSWORD).await, IN);
    }
    // What was refused in the meantime makes nobody wait any longer.
    for _ in 0..10 {
        app.wait(85);
        assert_eq!(knock(&app, "2001:db8:1:2::1", "rita", "wrong").await, WAITS);
    }
    app.wait(60);
    assert_eq!(knock(&app, "2001:db8:1:2::1", "rita", PASSWORD).await, IN);
}

#[tokio::test]
async fn a_crowd_that_guesses_at_once_gets_no_more_tries_and_keeps_nobody_out() {
    let app = TestApp::open().await;
    app.add_agent("rita", "reader").await;
    let guesses = |address: fn(usize) -> String| {
        let app = &app;
        let all = (0..128)
            .map(move |number| async move { knock(app, &address(number), "rita", "wrong").await });
        futures::future::join_all(all)
    };
    // From one network; meanwhile its owner comes from another one.
    let (answers, owner) = tokio::join!(
        guesses(|number| format!("2001:db8:1:2::{number:x}")),
        knock(&app, "203.0.113.7", "rita", PASSWORD)
    );
    assert_eq!(owner, IN);
    let tried = answers.iter().filter(|status| **status == WRONG).count();
    assert!(tried <= 5, "{answers:?}");
    let others = [WRONG, WAITS, StatusCode::SERVICE_UNAVAILABLE];
    assert!(answers.iter().all(|status| others.contains(status)));
    // From as many networks, again and again.
    for _ in 0..8 {
        guesses(|number| format!("2001:db8:2:{number:x}::1")).await;
    }
    for address in ["203.0.113.7", "198.51.100.7"] {
        assert_eq!(knock(&app, address, "rita", PASSWORD).await, IN);
    }
}

#[tokio::test]
async fn admins_see_who_has_to_wait_and_let_them_try_again() {
    let mut app = TestApp::open().await;
    app.add_agent("rita", "editor").await;
    assert!(!app.get("/agents").await.text.contains("have to wait"));
    for _ in 0..6 {
        knock(&app, "198.51.100.7", "RITA", "wrong").await;
    }
    for number in 0..60 {
        let login = format!("%3Cb%3E{number}");
        knock(&app, "198.51.100.8", &login, "wrong").await;
    }
    let waiting = |text: &str| {
        let part = text.split("id=\"locks\"").nth(1);
        let part = part.and_then(|rest| rest.split("</section>").next());
        part.unwrap_or_default().to_owned()
    };
    let list = waiting(&app.get("/agents").await.text);
    for part in ["rita", "198.51.100.7", "198.51.100.8", "everybody there"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    assert!(!list.contains("<b>"), "{list}");
    let one = waiting(&app.get("/agents/rita/edit").await.text);
    assert!(
        one.contains("198.51.100.7") && !one.contains("198.51.100.8"),
        "{one}"
    );
    assert_eq!(waiting(&app.get("/agents/ewa/edit").await.text), "");

    let admin = app.cookie.clone();
    app.become_agent("rita").await;
    for form in ["login=rita", "network=198.51.100.8"] {
        let refused = app.post("/agents/unlock", form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    }
    assert_eq!(knock(&app, "198.51.100.7", "rita", PASSWORD).await, WAITS);
    app.cookie = admin;
    for form in ["login=rita&network=198.51.100.7", "network=198.51.100.8"] {
        let done = app.post("/agents/unlock", form).await;
        assert_eq!(done.header("location"), "/agents", "{}", done.text);
    }
    assert_eq!(waiting(&app.get("/agents").await.text), "");
    for address in ["198.51.100.7", "198.51.100.8"] {
        assert_eq!(knock(&app, address, "rita", PASSWORD).await, IN);
    }
    let journal = app.get("/journal?kind=log-in").await.text;
    assert!(journal.contains("let try again"), "{journal}");
    // Who guessed is not known; that is said in the reader's language.
    assert!(
        journal.contains("<strong>somebody unknown</strong>: failed to log in"),
        "{journal}"
    );
    assert!(!journal.contains("<strong>unknown</strong>"), "{journal}");
    assert!(journal.contains("<strong>ewa</strong>: let try again"));
}
