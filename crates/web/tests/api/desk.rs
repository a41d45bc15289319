//! A directory on SQLite with a customer, and a client that speaks to the routes without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use kartoteka_directory::{Actor, Clock, Maintenance, Options, Role};
use kartoteka_settings::{Database, Settings};
use kartoteka_web::{WebOptions, router};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

/// A clock that stands until it is moved.
pub struct StoppedClock(AtomicI64);

impl Clock for StoppedClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The directory and its tokens.
pub struct Desk {
    pub directory: Maintenance,
    pub admin: String,
    pub editor: String,
    pub reader: String,
    clock: Arc<StoppedClock>,
    router: Router,
    folder: TempDir,
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

    /// The codes of all mistakes, with the field or parameter: `UserEmail required`.
    pub fn mistakes(&self) -> Vec<String> {
        let errors = self.json["errors"].as_array().into_iter().flatten();
        let one = |error: &Value| {
            let place = error["field"]
                .as_str()
                .or(error["parameter"].as_str())
                .unwrap_or_default();
            format!("{place} {}", error["code"].as_str().unwrap_or_default())
        };
        let mut found: Vec<_> = errors.map(one).collect();
        found.sort();
        found
    }
}

impl Desk {
    /// A directory with the customer `MUSTER` and a token of each scope.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings {
            data_dir: folder.path().to_owned(),
            database: Database::in_dir(folder.path()),
            ..Settings::default()
        };
        change(&mut settings);
        let clock = Arc::new(StoppedClock(AtomicI64::new(1_900_000_000_000)));
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let directory = Maintenance::open(settings, options).await.expect("opens");
        let router = router(
            directory.directory(),
            WebOptions {
                clock: clock.clone(),
                ..WebOptions::default()
            },
        );
        let mut tokens = Vec::new();
        for role in [Role::Admin, Role::Editor, Role::Reader] {
            tokens.push(token(&directory, role.name(), role, None).await);
        }
        let [admin, editor, reader] = tokens.try_into().expect("three");
        let desk = Self {
            directory,
            admin,
            editor,
            reader,
            clock,
            router,
            folder,
        };
        let customer = json!({"CustomerID": "MUSTER", "CustomerCompanyName": "Muster GmbH"});
        let reply = desk.post("/api/v1/customers", &customer).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        desk
    }

    /// Makes a token.
    pub async fn token(&self, name: &str, role: Role, expires: Option<i64>) -> String {
        token(&self.directory, name, role, expires).await
    }

    /// Now, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Sends a request, and lets another program do something between its plan and its save.
    pub async fn while_saving<T>(&self, request: impl Future<Output = T>, statement: &str) -> T {
        crate::race::between(self.folder.path(), request, statement).await
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Adds a person with this login.
    pub async fn person(&self, login: &str) -> Reply {
        let reply = self.post("/api/v1/customer-users", &person(login)).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        reply
    }

    /// Gets as reader.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(
            Method::GET,
            path,
            &[("authorization", &bearer(&self.reader))],
            "",
        )
        .await
    }

    /// Posts as editor.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.write(Method::POST, path, &[], body).await
    }

    /// Patches as editor.
    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.write(Method::PATCH, path, &[], body).await
    }

    /// Writes as editor with further headers.
    pub async fn write(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Reply {
        let bearer = bearer(&self.editor);
        let mut all = vec![
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        all.extend(headers);
        self.send(method, path, &all, body.to_string()).await
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
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text,
            json,
        }
    }
}

pub async fn token(
    directory: &Maintenance,
    name: &str,
    role: Role,
    expires: Option<i64>,
) -> String {
    let made = directory
        .create_token(&Actor::operator(), name, role, expires)
        .await
        .expect("a token");
    made.secret.expose_secret().to_owned()
}

/// The value of `Authorization`.
pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// The fields of a person with this login.
pub fn person(login: &str) -> Value {
    let mailbox: String = login.bytes().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "UserLogin": login,
        "UserFirstname": "Anna",
        "UserLastname": format!("Nowak {login}"),
        "UserEmail": format!("x{mailbox}@muster.test"),
        "UserCustomerID": "MUSTER",
    })
}

/// A key as a part of an address.
pub fn part(key: &str) -> String {
    key.bytes().map(|byte| format!("%{byte:02x}")).collect()
}
