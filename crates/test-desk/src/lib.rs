//! A help desk for tests: a directory of its own on an engine, with a clock that tests move. What only some tests need
//! stands beside them.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod clock;
pub mod rows;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use futures::future::join_all;
use kartoteka_directory::{
    Actor, Clock, Fields, Kind, Maintenance, Options, Pace, Result, SystemClock,
};
use kartoteka_model::source::Address;
use kartoteka_records::Records;
use kartoteka_settings::{Database, Settings};
use kartoteka_store::Db;
use kartoteka_testbed::{Engine, fresh_database};

pub use clock::TestClock;

/// A directory over a database and a folder that nobody else has.
pub struct Desk {
    pub directory: Maintenance,
    /// Its database, as another program opens it.
    pub db: Db,
    pub settings: Settings,
    pub clock: Arc<TestClock>,
    begin: Begin,
    data: tempfile::TempDir,
}

/// How the directory keeps up with what others write.
#[derive(Debug, Clone)]
pub struct Begin {
    pub looks_for_changes: bool,
    pub pace: Pace,
}

impl Default for Begin {
    fn default() -> Self {
        let Options {
            looks_for_changes,
            pace,
            ..
        } = Options::default();
        Self {
            looks_for_changes,
            pace,
        }
    }
}

/// Settings for an empty database on an engine, and the folder of the data.
pub async fn fresh(engine: Engine) -> (Settings, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let mut settings = Settings {
        data_dir: data.path().to_path_buf(),
        database: Database::in_dir(data.path()),
        ..Settings::default()
    };
    if engine != Engine::Sqlite {
        settings.database.url = Address::new(fresh_database(engine).await.unwrap());
    }
    (settings, data)
}

impl Desk {
    /// An empty directory on an engine.
    pub async fn on(engine: Engine) -> Self {
        Self::set(engine, |_| {}).await
    }

    /// The same with other settings.
    pub async fn set(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let desk = Self::begun(engine, TestClock::default(), Begin::default(), change).await;
        desk.directory.wait_for_index().await.unwrap();
        desk
    }

    /// The same by a clock and in another way, without waiting for the index.
    pub async fn begun(
        engine: Engine,
        clock: TestClock,
        begin: Begin,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let (mut settings, data) = fresh(engine).await;
        change(&mut settings);
        Self::made(settings, data, clock, begin).await
    }

    /// One over the database of these settings.
    pub async fn over(settings: Settings, data: tempfile::TempDir) -> Self {
        let desk = Self::made(settings, data, TestClock::default(), Begin::default()).await;
        desk.directory.wait_for_index().await.unwrap();
        desk
    }

    async fn made(
        settings: Settings,
        data: tempfile::TempDir,
        clock: TestClock,
        begin: Begin,
    ) -> Self {
        let clock = Arc::new(clock);
        let directory = open(&settings, &clock, &begin).await;
        Self {
            directory,
            db: Db::open(settings.database.url.expose()).await.unwrap(),
            settings,
            clock,
            begin,
            data,
        }
    }

    /// One more process on the same data.
    pub async fn another(&self) -> Maintenance {
        open(&self.settings, &self.clock, &self.begin).await
    }

    /// Another node on the same database, and the folder of its data.
    pub async fn other_node(&self) -> (Maintenance, tempfile::TempDir) {
        let data = tempfile::tempdir().unwrap();
        let mut settings = self.settings.clone();
        settings.data_dir = data.path().to_path_buf();
        let node = open(&settings, &self.clock, &self.begin).await;
        node.wait_for_index().await.unwrap();
        (node, data)
    }

    /// The same database and data with other settings.
    pub async fn again(self, change: impl FnOnce(&mut Settings)) -> Self {
        let desk = self.reopened(change).await;
        desk.directory.wait_for_index().await.unwrap();
        desk
    }

    /// The same without waiting for the index.
    pub async fn reopened(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        self.directory.close().await;
        change(&mut self.settings);
        self.directory = self.another().await;
        self
    }

    /// The folder of its data.
    pub fn folder(&self) -> &Path {
        self.data.path()
    }

    /// A file beside its own.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The time here, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.clock.wait(seconds);
    }

    /// What another program does to the database.
    pub async fn sql(&self, statement: &str) {
        self.db.execute(statement, &[]).await.unwrap();
    }

    /// Adds a record, and says its key.
    ///
    /// # Errors
    /// As the use case.
    pub async fn create(&self, kind: Kind, fields: &[(&str, &str)]) -> Result<String> {
        self.create_in(kind, None, fields_of(fields)).await
    }

    /// Adds a record to a source, and says its key.
    ///
    /// # Errors
    /// As the use case.
    pub async fn create_in(
        &self,
        kind: Kind,
        source: Option<&str>,
        fields: Fields,
    ) -> Result<String> {
        let operator = Actor::operator();
        let plan = Records::of(&self.directory).plan_create(&operator, kind, source, fields);
        Ok(Records::of(&self.directory).apply(plan.await?).await?.key)
    }

    /// Changes a record, and says its key.
    ///
    /// # Errors
    /// As the use case.
    pub async fn update(&self, kind: Kind, key: &str, fields: &[(&str, &str)]) -> Result<String> {
        let (operator, fields) = (Actor::operator(), fields_of(fields));
        let plan = Records::of(&self.directory).plan_update(&operator, kind, key, fields, None);
        Ok(Records::of(&self.directory).apply(plan.await?).await?.key)
    }

    /// One with the customers `ACME` and `LODZ`.
    pub async fn with_customers(engine: Engine) -> Self {
        Self::on(engine).await.customers().await
    }

    /// Adds the customers `ACME` and `LODZ`.
    pub async fn customers(self) -> Self {
        for (id, name) in [("ACME", "ACME Sp. z o.o."), ("LODZ", "Łódzkie Zakłady")] {
            let fields = [("CustomerID", id), ("CustomerCompanyName", name)];
            self.create(Kind::Customer, &fields).await.unwrap();
        }
        self
    }

    /// Adds a person of customer `ACME`.
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

    /// Adds an agent.
    pub async fn agent(&self, login: &str, password: &str, role: &str) {
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", password),
            ("Role", role),
            ("ValidID", "1"),
        ];
        self.create(Kind::Agent, &fields).await.unwrap();
    }
}

async fn open(settings: &Settings, clock: &Arc<TestClock>, begin: &Begin) -> Maintenance {
    let options = Options {
        clock: clock.clone(),
        looks_for_changes: begin.looks_for_changes,
        pace: begin.pace.clone(),
    };
    Maintenance::open(settings.clone(), options).await.unwrap()
}

/// Fields from pairs.
pub fn fields_of(fields: &[(&str, &str)]) -> Fields {
    let owned = fields.iter();
    owned
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Does a test on each engine, on all of them at once: for those that wait more than they work.
pub async fn on_each(test: impl AsyncFn(Engine)) {
    let engines = Engine::all().into_iter();
    join_all(engines.map(|engine| Box::pin(test(engine)))).await;
}

/// How often a file is looked at, and a little more.
pub const LOOKED: Duration = Duration::from_millis(1100);

/// Writes a file and dates it back: one that was written just now is not read before it has stayed as it is for a while.
pub fn write_settled(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
    let settled = Duration::from_secs(SystemClock.now().unsigned_abs() - 60);
    let file = std::fs::File::options().write(true).open(file).unwrap();
    file.set_modified(UNIX_EPOCH + settled).unwrap();
}
