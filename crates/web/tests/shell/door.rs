//! Getting in and out: log-in, set-up, sessions, cookies.

use axum::http::{Method, StatusCode};
use kartoteka_login::Logins;
use kartoteka_web::{SecureCookies, WebOptions};
use secrecy::ExposeSecret;

use super::app::{PASSWORD, TestApp};

#[tokio::test]
async fn strangers_are_led_to_the_log_in_page_and_back() {
    let mut app = TestApp::open().await;
    app.cookie.clear();
    let page = app.get("/agents?x=1").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/login?next=%2Fagents%3Fx%3D1");
    let form = |next: &str| {
        format!(
            "login=ewa&password={}&next={next}",
            PASSWORD.replace(' ', "+")
        )
    };
    assert_eq!(
        app.post("/login", &form("%2Fagents%3Fx%3D1"))
            .await
            .header("location"),
        "/agents?x=1"
    );
    for evil in [
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "https%3A%2F%2Fevil.example",
        "%2Fa%0d%0ab",
    ] {
        assert_eq!(
            app.post("/login", &form(evil)).await.header("location"),
            "/",
            "{evil}"
        );
    }
}

#[tokio::test]
async fn the_session_cookie_is_closed_to_scripts_and_other_sites() {
    let app = TestApp::open().await;
    let form = format!("login=ewa&password={}", PASSWORD.replace(' ', "+"));
    let page = app.post("/login", &form).await;
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("kartoteka="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain") && !cookie.contains("Secure"));
    let app = TestApp::empty(WebOptions {
        secure_cookies: SecureCookies::Always,
        ..WebOptions::default()
    })
    .await;
    app.add_agent("ewa", "admin").await;
    let page = app.post("/login", &form).await;
    assert!(
        page.cookie("__Host-kartoteka").is_some() && page.header("set-cookie").contains("; Secure")
    );
}

#[tokio::test]
async fn each_log_in_makes_a_new_session_and_ends_the_old_one() {
    let mut app = TestApp::open().await;
    let old = app.cookie.clone();
    let form = format!("login=ewa&password={}", PASSWORD.replace(' ', "+"));
    let new = app
        .post("/login", &form)
        .await
        .cookie("kartoteka")
        .expect("a session");
    assert_ne!(old, new);
    assert_eq!(app.get("/").await.status, StatusCode::SEE_OTHER);
    app.cookie = new;
    assert_eq!(app.get("/").await.status, StatusCode::OK);
    let page = app.post("/logout", "").await;
    assert_eq!(page.header("location"), "/login");
    assert_eq!(app.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn sessions_end_by_themselves() {
    let app = TestApp::open().await;
    app.wait(60);
    assert_eq!(app.get("/").await.status, StatusCode::OK);
    app.wait(30 * 86_400);
    assert_eq!(app.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn wrong_log_ins_look_alike_and_are_limited() {
    let mut app = TestApp::open().await;
    app.add_agent("out", "reader").await;
    app.cookie.clear();
    let known = app.post("/login", "login=out&password=wrong").await;
    let unknown = app.post("/login", "login=nobody&password=wrong").await;
    assert_eq!(known.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, known.status);
    assert_eq!(
        known.text.replace("out", ""),
        unknown.text.replace("nobody", "").replace("out", "")
    );
    assert!(!known.headers.contains_key("set-cookie") && !known.text.contains("value=\"wrong\""));
    let mut last = known;
    for _ in 0..40 {
        last = app.post("/login", "login=out&password=wrong").await;
        if last.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        last.header("retry-after")
            .parse::<u32>()
            .is_ok_and(|seconds| seconds > 0)
    );
    assert!(last.text.contains("Too many attempts"));
}

#[tokio::test]
async fn more_log_ins_than_can_be_worked_on_are_put_off_and_nothing_else_is() {
    let app = TestApp::open().await;
    let form = |number: usize| format!("login=guess{number}&password=wrong");
    let flood = (0..300).map(|number| {
        let app = &app;
        async move { app.post("/login", &form(number)).await }
    });
    let flood = futures::future::join_all(flood);
    let other = async {
        for _ in 0..20 {
            assert_eq!(app.get("/").await.status, StatusCode::OK);
        }
    };
    let (pages, ()) = tokio::join!(flood, other);
    let put_off: Vec<_> = pages
        .iter()
        .filter(|page| page.status == StatusCode::SERVICE_UNAVAILABLE)
        .collect();
    assert!(!put_off.is_empty() && put_off.len() < pages.len());
    for page in put_off {
        assert_eq!(page.header("retry-after"), "5");
        assert!(page.text.contains("in a few seconds"), "{}", page.text);
    }
}

#[tokio::test]
async fn changes_from_other_sites_are_refused() {
    let app = TestApp::open().await;
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("origin", "http://evil.example")],
        vec![("origin", "null")],
        vec![],
    ] {
        for path in [
            "/login",
            "/logout",
            "/preferences",
            "/agents/new",
            "/tokens",
            "/account/password",
        ] {
            let page = app.send(Method::POST, path, &headers, "").await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(page.text.contains("The change was refused"));
        }
    }
    assert_eq!(app.get("/").await.status, StatusCode::OK, "still logged in");
    let own = app
        .send(
            Method::POST,
            "/preferences",
            &[("origin", "http://desk.example")],
            "",
        )
        .await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn set_up_makes_the_first_agent_and_leads_to_the_first_customer() {
    let mut app = TestApp::empty(WebOptions::default()).await;
    assert_eq!(app.get("/login").await.header("location"), "/setup");
    let code = Logins::of(&app.directory)
        .make_setup_code()
        .await
        .expect("a code");
    let form = |code: &str, password: &str| {
        format!(
            "code={code}&UserLogin=ewa&UserFirstname=Ewa&UserLastname=Lis&UserPassword={password}"
        )
    };
    let wrong = app
        .post("/setup", &form("nonsense", "four+blue+horses+7"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("set-up code is wrong") && wrong.text.contains("value=\"Ewa\""));
    let weak = app.post("/setup", &form(code.expose_secret(), "abc")).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.text.contains("At least 8 characters") && !weak.text.contains("value=\"abc\""));
    let done = app
        .post("/setup", &form(code.expose_secret(), "four+blue+horses+7"))
        .await;
    assert_eq!(done.header("location"), "/customers/new", "{}", done.text);
    let flash = done.cookie("kartoteka-flash").expect("a message");
    app.cookie = format!("{}; {flash}", done.cookie("kartoteka").expect("a session"));
    let next = app.get("/").await;
    assert!(next.text.contains("Kartoteka is ready"));
    assert_eq!(
        next.cookie("kartoteka-flash").as_deref(),
        Some("kartoteka-flash="),
        "shown once"
    );
    assert_eq!(app.get("/setup").await.header("location"), "/login");
    // From then on there is nothing to try, however often.
    for _ in 0..25 {
        let late = app
            .post("/setup", &form(code.expose_secret(), "four+blue+horses+7"))
            .await;
        assert_eq!(late.status, StatusCode::NOT_FOUND);
    }
}
