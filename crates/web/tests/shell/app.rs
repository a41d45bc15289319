//! A directory on SQLite with an admin who is logged in, and a browser without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use kartoteka_directory::{Actor, Clock, Fields, Kind, Maintenance, Options};
use kartoteka_settings::{Database, Settings};
use kartoteka_web::{WebOptions, router};
use tempfile::TempDir;
use tower::ServiceExt;

pub const PASSWORD: &str = "four blue horses 7";

/// A clock that stands until it is moved.
pub struct StoppedClock(AtomicI64);

impl Clock for StoppedClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

pub struct TestApp {
    pub directory: Maintenance,
    pub router: Router,
    /// The cookie header that the browser sends.
    pub cookie: String,
    clock: Arc<StoppedClock>,
    _folder: TempDir,
}

/// A page that came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// `name=value` of a cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let values = self
            .headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok());
        let pairs = values.filter_map(|value| value.split(';').next());
        pairs
            .filter(|pair| pair.starts_with(&format!("{name}=")))
            .map(str::to_owned)
            .next()
    }
}

impl TestApp {
    /// Nobody can log in yet.
    pub async fn empty(options: WebOptions) -> Self {
        Self::set(options, |_| {}).await
    }

    /// The same with other settings.
    pub async fn set(options: WebOptions, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings {
            data_dir: folder.path().to_owned(),
            database: Database::in_dir(folder.path()),
            ..Settings::default()
        };
        change(&mut settings);
        let clock = Arc::new(StoppedClock(AtomicI64::new(1_900_000_000_000)));
        let opened = Maintenance::open(
            settings,
            Options {
                clock: clock.clone(),
                ..Options::default()
            },
        )
        .await;
        let directory = opened.expect("opens");
        let router = router(
            directory.directory(),
            WebOptions {
                clock: clock.clone(),
                ..options
            },
        );
        Self {
            directory,
            router,
            cookie: String::new(),
            clock,
            _folder: folder,
        }
    }

    /// With the admin `ewa`, logged in.
    pub async fn open() -> Self {
        Self::open_with(WebOptions::default()).await
    }

    /// The same, served in another way.
    pub async fn open_with(options: WebOptions) -> Self {
        let base = options.base_path.clone();
        let mut app = Self::empty(options).await;
        app.add_agent("ewa", "admin").await;
        let form = format!("login=ewa&password={}", PASSWORD.replace(' ', "+"));
        let page = app.post(&format!("{base}/login"), &form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
        app.cookie = page.cookie("kartoteka").expect("a session");
        app
    }

    /// Adds an agent with a role.
    pub async fn add_agent(&self, login: &str, role: &str) {
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", PASSWORD),
            ("Role", role),
            ("ValidID", "1"),
        ];
        let fields: Fields = fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        let plan = self
            .directory
            .plan_create(&Actor::operator(), Kind::Agent, None, fields)
            .await
            .expect("plans");
        assert_eq!(plan.errors, []);
        self.directory.apply(plan).await.expect("applies");
    }

    /// Logs an agent in and forgets who was before.
    pub async fn become_agent(&mut self, login: &str) {
        self.cookie.clear();
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let page = self.post("/login", &form).await;
        self.cookie = page.cookie("kartoteka").expect("a session");
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[], "").await
    }

    /// Posts a form as a browser does from the same site.
    pub async fn post(&self, path: &str, form: &str) -> Page {
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send(Method::POST, path, &headers, form.to_owned())
            .await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "desk.example");
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        Page {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
