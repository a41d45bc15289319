//! Pages and REST over a directory of its own on SQLite, and a client that speaks to them without a network.

use std::ops::Deref;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use kartoteka_settings::Settings;
use kartoteka_test_desk::{Begin, Desk, TestClock};
use kartoteka_testbed::Engine;
use kartoteka_web::{WebOptions, router};
use serde_json::Value;
use tower::ServiceExt;

/// A directory that is served.
pub struct Served {
    desk: Desk,
    pub router: Router,
}

impl Deref for Served {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    /// The body as JSON; null if it is none.
    pub json: Value,
}

impl Reply {
    /// A header as text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Served {
    /// An empty directory that is served in some way, by the clock of these tests.
    pub async fn begin(
        clock: TestClock,
        web: WebOptions,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let desk = Desk::begun(Engine::Sqlite, clock, Begin::default(), change).await;
        Self::over(desk, web)
    }

    fn over(desk: Desk, web: WebOptions) -> Self {
        let web = WebOptions {
            clock: desk.clock.clone(),
            ..web
        };
        let router = router(desk.directory.directory(), web);
        Self { desk, router }
    }

    /// The same directory opened with other settings.
    pub async fn again(self, web: WebOptions, change: impl FnOnce(&mut Settings)) -> Self {
        let desk = self.desk.reopened(change).await;
        Self::over(desk, web)
    }

    /// Sends a request, and lets another program do something between its plan and its save.
    pub async fn while_saving<T>(&self, request: impl Future<Output = T>, statement: &str) -> T {
        crate::race::between(&self.settings, request, statement).await
    }

    /// Sends a request as it is.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a request");
        let response = self.router.clone().oneshot(request).await;
        let (parts, body) = response.expect("an answer").into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Reply {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }
}
