//! A directory on SQLite with a customer, and a client that speaks to the routes without a network.

use std::ops::Deref;

use axum::http::{Method, StatusCode};
use kartoteka_directory::{Actor, Maintenance, Role};
use kartoteka_login::Logins;
use kartoteka_settings::Settings;
use kartoteka_test_desk::TestClock;
use kartoteka_web::WebOptions;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

pub use crate::served::Reply;
use crate::served::Served;

/// The directory and its tokens.
pub struct Desk {
    served: Served,
    pub admin: String,
    pub editor: String,
    pub reader: String,
}

impl Deref for Desk {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.served
    }
}

impl Reply {
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
        let clock = TestClock::standing_at(1_900_000_000_000);
        let served = Served::begin(clock, WebOptions::default(), change).await;
        let mut tokens = Vec::new();
        for role in [Role::Admin, Role::Editor, Role::Reader] {
            tokens.push(token(&served.directory, role.name(), role, None).await);
        }
        let [admin, editor, reader] = tokens.try_into().expect("three");
        let desk = Self {
            served,
            admin,
            editor,
            reader,
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
}

pub async fn token(
    directory: &Maintenance,
    name: &str,
    role: Role,
    expires: Option<i64>,
) -> String {
    let made = Logins::of(directory)
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
