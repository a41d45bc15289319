//! What failed in a use case is a page in the language of the visitor, and tells nothing that it must not.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::get;
use kartoteka_directory::{
    Error, FieldError, FieldProblem, Kind, Maintenance, Options, Role, SystemClock,
};
use kartoteka_door::failure::Failure;
use kartoteka_settings::{Database, Settings};
use kartoteka_web::{Site, WebOptions, protected};
use tower::ServiceExt;

/// What a page gets when its use case fails in this way.
async fn answer(path: &str) -> (StatusCode, HeaderMap, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        data_dir: folder.path().to_owned(),
        database: Database::in_dir(folder.path()),
        ..Settings::default()
    };
    let options = Options {
        clock: Arc::new(SystemClock),
        ..Options::default()
    };
    let directory = Maintenance::open(settings, options).await.expect("opens");
    let fail = |error: fn() -> Error| get(async move || -> Failure { error().into() });
    let secret = || Box::<dyn std::error::Error + Send + Sync>::from("password=hunter2");
    let routes = Router::new()
        .route(
            "/panic",
            get(async || -> &'static str { panic!("hunter2") }),
        )
        .route(
            "/internal",
            get(async move || Failure::from(Error::Internal(secret()))),
        )
        .route(
            "/down",
            get(async move || {
                Failure::from(Error::Unavailable {
                    source_id: "CustomerUser1".into(),
                    cause: secret(),
                })
            }),
        )
        .route(
            "/many",
            fail(|| Error::TooMany {
                retry_after: Duration::from_secs(42),
            }),
        )
        .route(
            "/role",
            fail(|| Error::Forbidden {
                needed: Role::Editor,
            }),
        )
        .route(
            "/unknown",
            fail(|| Error::NotFound {
                kind: Kind::Customer,
                key: "<b>ACME</b>".into(),
            }),
        )
        .route(
            "/read-only",
            fail(|| Error::ReadOnly {
                source_id: "CustomerUser2".into(),
            }),
        )
        .route(
            "/invalid",
            fail(|| Error::Invalid(vec![FieldError::new("UserEmail", FieldProblem::Email)])),
        )
        .route(
            "/api/v1/down",
            get(async move || Failure::from(Error::Internal(secret()))),
        );
    let router = protected(
        routes,
        Site::new(directory.directory(), WebOptions::default()),
    );
    let request = Request::get(path)
        .header("accept-language", "pl")
        .body(Body::empty())
        .expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
    (
        parts.status,
        parts.headers,
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

#[tokio::test]
async fn failures_become_pages_in_the_visitors_language() {
    for (path, status, text) in [
        ("/panic", 500, "To błąd programu"),
        ("/internal", 500, "To błąd programu"),
        ("/down", 503, "„CustomerUser1” jest teraz nieosiągalne"),
        ("/many", 429, "za 42 sekundy"),
        ("/role", 403, "Potrzebna jest rola „Redaktor”"),
        (
            "/unknown",
            404,
            "Nie znaleziono „&#60;b&#62;ACME&#60;/b&#62;”",
        ),
        ("/read-only", 403, "ze źródła „CustomerUser2”"),
        ("/invalid", 422, "To nie jest pełny adres e-mail"),
    ] {
        let (given, headers, page) = answer(path).await;
        assert_eq!(given.as_u16(), status, "{path}");
        assert!(page.contains(text), "{path}: {page}");
        assert!(
            page.contains(headers["x-request-id"].to_str().expect("text")),
            "{path}"
        );
        assert!(!page.contains("hunter2"), "{path}");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(headers.contains_key("content-security-policy"));
    }
}

#[tokio::test]
async fn who_waits_is_told_how_long() {
    assert_eq!(answer("/many").await.1["retry-after"], "42");
    assert_eq!(answer("/down").await.1["retry-after"], "10");
}

#[tokio::test]
async fn programs_get_no_page() {
    let (status, headers, body) = answer("/api/v1/down").await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert!(!body.contains("hunter2") && body.contains("request_id"));
}
