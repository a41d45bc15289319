//! Every response carries the protecting headers, whatever it is.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use kartoteka_web::WebOptions;
use tower::ServiceExt;

use super::app::TestApp;

/// What every response says, word for word: nothing comes from elsewhere or stands inline, forms are sent only here, and
/// nobody frames a page or learns its address.
const PROTECTING: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test]
async fn all_responses_are_protected() {
    let app = TestApp::open().await;
    let asset = app
        .get("/")
        .await
        .text
        .split('"')
        .find(|part| part.contains("/app.css"))
        .map(str::to_owned);
    let asset = asset.expect("a style");
    let paths = [
        "/",
        "/login",
        "/nowhere",
        "/agents",
        "/agents/new",
        "/agents/nobody/edit",
        "/journal",
        "/tokens",
        "/account",
        "/help",
        "/setup",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/api/v1/nowhere",
        "/assets/x/nothing.css",
        "/customers",
        "/customer-users",
        "/?a=%FF",
        "/favicon.ico",
        &asset,
    ];
    for path in paths {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let page = app
                .send(
                    method.clone(),
                    path,
                    &[("origin", "http://evil.example")],
                    "",
                )
                .await;
            for (name, value) in PROTECTING {
                assert_eq!(page.header(name), value, "{method} {path}");
                assert_eq!(page.headers.get_all(name).iter().count(), 1, "{name}");
            }
            assert_eq!(page.header("x-request-id").len(), 16, "{method} {path}");
            assert!(!page.headers.contains_key("strict-transport-security"));
            assert!(!page.headers.contains_key("access-control-allow-origin"));
            let kept = page.header("cache-control");
            assert!(
                path.contains(".css") || path.contains("favicon") || kept == "no-store",
                "{path}: {kept}"
            );
            if method != Method::GET {
                assert_eq!(
                    page.status,
                    StatusCode::FORBIDDEN,
                    "{method} {path} from another site"
                );
            }
        }
    }
    let style = app.get(&asset).await;
    assert_eq!(
        style.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.text.contains("--accent") && style.text.contains("@media print"));
}

#[tokio::test]
async fn only_configured_hosts_are_answered() {
    let options = WebOptions {
        hosts: vec!["desk.example".into()],
        ..WebOptions::default()
    };
    let app = TestApp::open_with(options).await;
    assert_eq!(app.get("/").await.status, StatusCode::OK);
    let other = WebOptions {
        hosts: vec!["other.example".into()],
        ..WebOptions::default()
    };
    let app = TestApp::empty(other).await;
    let page = app.get("/login").await;
    assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(page.text.contains("Unknown host name"));
    assert_eq!(app.get("/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_base_path_is_in_front_of_everything() {
    let app = TestApp::open_with(WebOptions {
        base_path: "/desk".into(),
        ..WebOptions::default()
    })
    .await;
    let home = app.get("/desk").await;
    assert_eq!(home.status, StatusCode::OK, "{}", home.text);
    for link in home
        .text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(link.starts_with("/desk") || link.starts_with('#'), "{link}");
    }
    assert_eq!(app.get("/desk/agents").await.status, StatusCode::OK);
    assert_eq!(app.get("/agents").await.status, StatusCode::NOT_FOUND);
    let mut out = app;
    out.cookie.clear();
    assert_eq!(
        out.get("/desk/agents?x=1").await.header("location"),
        "/desk/login?next=%2Fagents%3Fx%3D1"
    );
}

/// The headers of the answer to a log-in that a peer sends with forwarded headers.
async fn through(app: &TestApp, peer: &str) -> (StatusCode, HeaderMap) {
    let peer: SocketAddr = peer.parse().expect("an address");
    let form = format!(
        "login=ewa&password={}",
        super::app::PASSWORD.replace(' ', "+")
    );
    let request = Request::post("/login")
        .extension(ConnectInfo(peer))
        .header("host", "inner.example")
        .header("origin", "https://desk.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-host", "desk.example")
        .header("x-forwarded-proto", "https")
        .header("x-forwarded-for", "203.0.113.7, 10.0.0.2")
        .header("x-request-id", "from-proxy-1");
    let request = request.body(Body::from(form)).expect("a request");
    let response = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    (response.status(), response.headers().clone())
}

#[tokio::test]
async fn forwarded_headers_count_only_from_trusted_proxies() {
    let trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")];
    let app = TestApp::open_with(WebOptions {
        trusted_proxies,
        ..WebOptions::default()
    })
    .await;
    let (status, headers) = through(&app, "10.0.0.1:4000").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let cookie = headers["set-cookie"].to_str().expect("text");
    assert!(
        cookie.starts_with("__Host-kartoteka=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert_eq!(
        headers["strict-transport-security"],
        "max-age=31536000; includeSubDomains"
    );
    assert_eq!(headers["x-request-id"], "from-proxy-1");
    // As a listener on both families sees it.
    let (_, mapped) = through(&app, "[::ffff:10.0.0.1]:4000").await;
    assert_eq!(mapped["x-request-id"], "from-proxy-1");
    let account = app.get("/account").await.text;
    assert!(
        account.contains("203.0.113.7") && !account.contains("10.0.0.2"),
        "{account}"
    );

    let (status, headers) = through(&app, "198.51.100.9:4000").await;
    assert_eq!(
        status,
        StatusCode::FORBIDDEN,
        "the origin is not the host that was asked for"
    );
    assert!(!headers.contains_key("strict-transport-security"));
    assert_ne!(headers["x-request-id"], "from-proxy-1");
}
