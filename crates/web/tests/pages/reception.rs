//! A directory on SQLite, and a browser of an agent who is logged in, without a network.

use std::ops::Deref;

use axum::body::Body;
use axum::http::Method;
use kartoteka_directory::{Actor, Fields, Kind, Role};
use kartoteka_login::{Login, Logins};
use kartoteka_model::Field;
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_test_desk::TestClock;
pub use kartoteka_test_desk::fields_of as fields;
use kartoteka_web::WebOptions;
use secrecy::{ExposeSecret, SecretString};

pub use crate::served::Reply as Page;
use crate::served::Served;

const PASSWORD: &str = "Bardzo-tajne-haslo-9";

/// The directory with its pages, and whoever looks at them.
pub struct Reception {
    served: Served,
    cookie: String,
}

impl Deref for Reception {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.served
    }
}

impl Page {
    /// Where the page sends the browser.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Whether the page holds this piece of HTML.
    pub fn has(&self, piece: &str) -> bool {
        self.text.contains(piece)
    }

    /// The value of the input of this name, as it is escaped.
    pub fn input(&self, name: &str) -> Option<&str> {
        let tag = self
            .text
            .split("<input ")
            .skip(1)
            .find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
        let tag = tag.split_once('>')?.0;
        tag.split_once(" value=\"")
            .or_else(|| tag.split_once("value=\""))
            .and_then(|(_, value)| value.split_once('"'))
            .map(|(value, _)| value)
    }

    /// The generated password that the page shows.
    pub fn secret(&self) -> Option<&str> {
        let (_, rest) = self.text.split_once("class=\"secret\"")?;
        rest.split_once('>')?
            .1
            .split_once('<')
            .map(|(secret, _)| secret)
    }
}

impl Reception {
    /// Pages in Polish for an editor.
    pub async fn open() -> Self {
        Self::with(|_| {}, Role::Editor).await
    }

    /// Pages with other settings, for an agent with a role.
    pub async fn with(change: impl FnOnce(&mut Settings), role: Role) -> Self {
        let served = Served::begin(TestClock::default(), web(), change).await;
        Self::of(served, role).await
    }

    async fn of(served: Served, role: Role) -> Self {
        let mut reception = Self {
            served,
            cookie: String::new(),
        };
        reception.cookie = reception.log_in("ewa", role).await;
        reception
    }

    /// The same directory opened with other settings.
    pub async fn again(self, change: impl FnOnce(&mut Settings)) -> Self {
        Self::of(self.served.again(web(), change).await, Role::Editor).await
    }

    /// The same directory opened without the search index of customers, which is not made before the lock is let go.
    pub async fn while_customers_are_indexed(self) -> (Self, std::fs::File) {
        self.directory.close().await;
        let files = std::fs::read_dir(self.folder()).expect("a folder");
        let paths = files.map(|file| file.expect("a file").path());
        let of_customers = paths.filter(|path| path.to_string_lossy().contains("-customers."));
        let mut lock = None;
        for path in of_customers {
            match path.to_string_lossy().ends_with(".index.lock") {
                true => lock = Some(std::fs::File::open(&path).expect("a lock")),
                false => std::fs::remove_file(&path).expect("removes a file"),
            }
        }
        let lock = lock.expect("an index");
        lock.lock().expect("locks");
        (self.again(|_| {}).await, lock)
    }

    /// The same directory opened with a field `UserRoom`, its column added to the table.
    pub async fn with_room(self) -> Self {
        self.directory.close().await;
        let statement = "ALTER TABLE customer_user ADD COLUMN room VARCHAR(20)";
        self.sql(statement).await;
        self.again(|settings| {
            let table = &mut settings.customer_users[0].spec;
            table.map.0.push(Field::new("UserRoom", "Pokój", "room"));
            table.search_fields.push("room".into());
        })
        .await
    }

    /// Posts a form, and lets another program do something between its plan and its save.
    pub async fn post_while(&self, path: &str, form: &[(&str, &str)], statement: &str) -> Page {
        self.while_saving(self.post(path, form), statement).await
    }

    /// Changes a record as somebody else would.
    pub async fn update(&self, kind: Kind, key: &str, wanted: Fields) {
        let operator = Actor::operator();
        let plan = Records::of(&self.directory).plan_update(&operator, kind, key, wanted, None);
        let plan = plan.await.expect("a plan");
        assert_eq!(plan.errors, []);
        Records::of(&self.directory)
            .apply(plan)
            .await
            .expect("is saved");
    }

    /// Another agent's browser at the same pages.
    pub async fn colleague(&self, login: &str, role: Role) -> Browser<'_> {
        Browser {
            reception: self,
            cookie: self.log_in(login, role).await,
        }
    }

    async fn log_in(&self, login: &str, role: Role) -> String {
        let fields = fields(&[
            ("UserLogin", login),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", PASSWORD),
            ("Role", role.name()),
        ]);
        let operator = Actor::operator();
        // It may be there from before the directory was opened again.
        let plan = Records::of(&self.directory)
            .plan_create(&operator, Kind::Agent, None, fields)
            .await
            .expect("a plan");
        if plan.errors.is_empty() {
            Records::of(&self.directory)
                .apply(plan)
                .await
                .expect("an agent");
        }
        let session = Logins::of(&self.directory)
            .log_in(Login {
                login: login.into(),
                password: SecretString::from(PASSWORD),
                address: "127.0.0.1".into(),
                user_agent: "test".into(),
            })
            .await
            .expect("logs in");
        format!("kartoteka={}", session.token.expose_secret())
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, &self.cookie, &[], Body::empty())
            .await
    }

    /// Gets a page with one more cookie.
    pub async fn get_with(&self, cookie: &str, path: &str) -> Page {
        let cookies = format!("{}; {cookie}", self.cookie);
        self.send(Method::GET, path, &cookies, &[], Body::empty())
            .await
    }

    /// Gets a part of a page.
    pub async fn fragment(&self, path: &str, name: &str) -> Page {
        self.send(
            Method::GET,
            path,
            &self.cookie,
            &[("x-fragment", name)],
            Body::empty(),
        )
        .await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.post_as(&self.cookie, path, form).await
    }

    /// Sends bytes that say they are a form.
    pub async fn raw(&self, path: &str, body: &[u8]) -> Page {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        let body = Body::from(body.to_vec());
        self.send(Method::POST, path, &self.cookie, &headers, body)
            .await
    }

    async fn post_as(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Page {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(
            Method::POST,
            path,
            cookie,
            &headers,
            Body::from(encoded(form)),
        )
        .await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        cookie: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Page {
        let mut all = vec![
            ("cookie", cookie),
            ("host", "localhost"),
            ("accept-language", "pl"),
        ];
        all.extend(headers);
        self.served.send(method, path, &all, body).await
    }

    /// Adds a customer.
    pub async fn customer(&self, id: &str, name: &str) {
        let wanted = fields(&[("CustomerID", id), ("CustomerCompanyName", name)]);
        self.create(Kind::Customer, None, wanted).await;
    }

    /// Adds a person of customer `HUTA`.
    pub async fn person(&self, login: &str, first: &str, last: &str) {
        let sign = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_string()
            } else {
                format!("-{:x}", u32::from(c))
            }
        };
        let mailbox: String = login.chars().map(sign).collect();
        let email = format!("x{mailbox}@huta.pl");
        let wanted = fields(&[
            ("UserLogin", login),
            ("UserFirstname", first),
            ("UserLastname", last),
            ("UserEmail", &email),
            ("UserCustomerID", "HUTA"),
        ]);
        self.create(Kind::CustomerUser, None, wanted).await;
    }

    /// Adds any record.
    pub async fn create(&self, kind: Kind, source: Option<&str>, wanted: Fields) {
        let plan = Records::of(&self.directory)
            .plan_create(&Actor::operator(), kind, source, wanted)
            .await
            .expect("a plan");
        assert_eq!(plan.errors, []);
        Records::of(&self.directory)
            .apply(plan)
            .await
            .expect("is created");
    }
}

/// Another agent at the same pages.
pub struct Browser<'a> {
    reception: &'a Reception,
    cookie: String,
}

impl Browser<'_> {
    /// Gets a page.
    pub async fn get(&self, path: &str) -> Page {
        self.reception
            .send(Method::GET, path, &self.cookie, &[], Body::empty())
            .await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.reception.post_as(&self.cookie, path, form).await
    }
}

/// How pages are served here.
fn web() -> WebOptions {
    WebOptions {
        time_zone: jiff::tz::TimeZone::UTC,
        ..WebOptions::default()
    }
}

/// A text as part of an address or form.
pub fn part(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A text as HTML shows it in attributes and content.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

/// The text that HTML shows as this.
pub fn unescaped(html: &str) -> String {
    html.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

fn encoded(form: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{}={}", part(name), part(value));
    form.iter().map(pair).collect::<Vec<_>>().join("&")
}
