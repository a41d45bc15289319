//! A directory on SQLite with an admin who is logged in, and a browser without a network.

use std::ops::Deref;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use kartoteka_settings::Settings;
use kartoteka_test_desk::TestClock;
use kartoteka_web::WebOptions;

pub use crate::served::Reply as Page;
use crate::served::Served;

pub const PASSWORD: &str = "four blue horses 7";

pub struct TestApp {
    served: Served,
    /// The cookie header that the browser sends.
    pub cookie: String,
}

impl Deref for TestApp {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.served
    }
}

impl Page {
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
        let clock = TestClock::standing_at(1_900_000_000_000);
        Self {
            served: Served::begin(clock, options, change).await,
            cookie: String::new(),
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
        self.agent(login, PASSWORD, role).await;
    }

    /// Logs an agent in and forgets who was before.
    pub async fn become_agent(&mut self, login: &str) {
        self.cookie.clear();
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let page = self.post("/login", &form).await;
        self.cookie = page.cookie("kartoteka").expect("a session");
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
        let mut all = vec![("host", "desk.example")];
        if !self.cookie.is_empty() {
            all.push(("cookie", &self.cookie));
        }
        all.extend(headers);
        self.served.send(method, path, &all, body).await
    }
}
