//! The use cases on the three real engines.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod access;
mod agents;
mod asked;
mod attempts;
mod auto_login;
mod changes;
mod columns;
mod companies;
mod csv;
mod cut_off;
mod detail;
mod emails;
mod fields;
mod finding;
mod generations;
mod groups;
mod jobs;
mod journal;
mod keys;
mod merge;
mod migrations;
mod mysql;
mod outside;
mod passwords;
mod preferences;
mod recorded;
mod rename;
mod reread;
mod review;
mod rows;
mod save;
mod saving;
mod schema;
mod search;
mod services;
mod sessions;
mod unique;
mod validity;
mod whole;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use kartoteka_directory::{Actor, Clock, Fields, Kind, Maintenance, Options, SystemClock};
use kartoteka_model::source::Address;
use kartoteka_settings::Settings;
use kartoteka_store::Db;
use kartoteka_testbed::{Engine, fresh_database};

/// A directory over a fresh database.
pub struct Desk {
    pub directory: Maintenance,
    pub db: Db,
    pub settings: Settings,
    clock: Arc<MovedClock>,
    data: tempfile::TempDir,
}

/// The machine's clock, moved forward.
struct MovedClock(AtomicI64);

impl Clock for MovedClock {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms() + self.0.load(Ordering::SeqCst)
    }
}

impl Desk {
    /// An empty directory on an engine.
    pub async fn on(engine: Engine) -> Self {
        Self::set(engine, |_| {}).await
    }

    /// The same with other settings.
    pub async fn set(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let address = fresh_database(engine).await.unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(&address);
        change(&mut settings);
        Self::over(settings, data).await
    }

    /// One over the database of these settings.
    pub async fn over(settings: Settings, data: tempfile::TempDir) -> Self {
        let db = Db::open(settings.database.url.expose()).await.unwrap();
        let clock = Arc::new(MovedClock(AtomicI64::new(0)));
        let options = Options {
            clock: clock.clone(),
            ..Options::default()
        };
        let directory = Maintenance::open(settings.clone(), options).await.unwrap();
        directory.settle().await.unwrap();
        Self {
            directory,
            db,
            settings,
            clock,
            data,
        }
    }

    /// The same database and data with other settings.
    pub async fn again(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        self.directory.close().await;
        change(&mut self.settings);
        self.directory = Maintenance::open(
            self.settings.clone(),
            Options {
                clock: self.clock.clone(),
                ..Options::default()
            },
        )
        .await
        .unwrap();
        self.directory.settle().await.unwrap();
        self
    }

    /// A file beside its own.
    pub fn file(&self, name: &str) -> std::path::PathBuf {
        self.data.path().join(name)
    }

    /// The time here, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now_ms() / 1000
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// One with the customers `ACME` and `LODZ`.
    pub async fn with_customers(engine: Engine) -> Self {
        Self::on(engine).await.customers().await
    }

    /// Adds the customers `ACME` and `LODZ`.
    pub async fn customers(self) -> Self {
        let desk = self;
        for (id, name) in [("ACME", "ACME Sp. z o.o."), ("LODZ", "Łódzkie Zakłady")] {
            desk.create(
                Kind::Customer,
                &[("CustomerID", id), ("CustomerCompanyName", name)],
            )
            .await
            .unwrap();
        }
        desk
    }

    pub async fn create(
        &self,
        kind: Kind,
        fields: &[(&str, &str)],
    ) -> kartoteka_directory::Result<String> {
        let plan = self
            .directory
            .plan_create(&Actor::operator(), kind, None, fields_of(fields))
            .await?;
        Ok(self.directory.apply(plan).await?.key)
    }

    pub async fn person(&self, login: &str) -> String {
        let email = format!("{}@acme-lab.org", kartoteka_model::text::fold(login));
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", "Anna"),
            ("UserLastname", "Nowak"),
            ("UserEmail", email.as_str()),
            ("UserCustomerID", "ACME"),
        ];
        self.create(Kind::CustomerUser, &fields).await.unwrap()
    }

    pub async fn update(
        &self,
        kind: Kind,
        key: &str,
        fields: &[(&str, &str)],
    ) -> kartoteka_directory::Result<String> {
        let plan = self
            .directory
            .plan_update(&Actor::operator(), kind, key, fields_of(fields), None)
            .await?;
        Ok(self.directory.apply(plan).await?.key)
    }
}

pub fn fields_of(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}
