//! A directory on a database that OTOBO writes to as well, and that looks for it often.

use std::sync::Arc;
use std::time::Duration;

use kartoteka_directory::{Actor, Clock, Kind, Maintenance, Options, Pace, Search, SystemClock};
use kartoteka_model::source::Address;
use kartoteka_settings::Settings;
use kartoteka_store::{Arg, Db, Tx, args};
use kartoteka_test_desk::TestClock;
use kartoteka_testbed::{Engine, fresh_database};

/// How long something may take that is looked for many times a second; the machine may be busy with compiling.
const TIMEOUT: Duration = Duration::from_secs(120);

const HOUR: i64 = 3600;

pub struct World {
    /// None while it is stopped.
    open: Option<Maintenance>,
    pub otobo: Otobo,
    pub settings: Settings,
    pub pace: Pace,
    looks: bool,
    /// Kartoteka's clock, which need not be that of others.
    clock: Arc<TestClock>,
    _data: tempfile::TempDir,
}

impl World {
    /// One with the people `anna` and `olek`, whom OTOBO added before Kartoteka came.
    pub async fn on(engine: Engine) -> Self {
        Self::at(&fresh_database(engine).await.unwrap()).await
    }

    /// The same with other settings.
    pub async fn set(engine: Engine, change: impl FnOnce(&mut Self)) -> Self {
        let address = fresh_database(engine).await.unwrap();
        Self::made(&address, change).await
    }

    /// The same in a database that is there.
    pub async fn at(address: &str) -> Self {
        Self::made(address, |_| {}).await
    }

    async fn made(address: &str, change: impl FnOnce(&mut Self)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(address);
        let pace = Pace {
            look: Duration::from_millis(100),
            portion: 3,
            rest: [Duration::from_millis(30), Duration::from_millis(200)],
            ..Pace::default()
        };
        let mut world = Self {
            open: None,
            otobo: Otobo::of(Db::open(address).await.unwrap()),
            settings,
            pace,
            looks: true,
            clock: Arc::default(),
            _data: data,
        };
        change(&mut world);
        // The tables.
        world.start().await;
        world.stop().await;
        for login in ["anna", "olek"] {
            world.otobo.add(login, -24 * HOUR).await;
        }
        world.start().await;
        world.directory().wait_for_index().await.unwrap();
        world
            .directory()
            .rebuild_index(Kind::CustomerUser)
            .await
            .unwrap();
        world
    }

    pub fn directory(&self) -> &Maintenance {
        self.open.as_ref().unwrap()
    }

    /// One more process on the same data.
    pub async fn another(&self) -> Maintenance {
        let options = Options {
            clock: self.clock.clone(),
            pace: self.pace.clone(),
            looks_for_changes: self.looks,
        };
        let settings = self.settings.clone();
        Maintenance::open(settings, options).await.unwrap()
    }

    pub async fn start(&mut self) {
        self.open = Some(self.another().await);
    }

    pub async fn stop(&mut self) {
        self.open.take().unwrap().close().await;
    }

    /// From the next start on nobody looks for changes.
    pub fn looks_away(&mut self) {
        self.looks = false;
    }

    /// Moves Kartoteka's clock, by seconds.
    pub fn move_clock(&self, seconds: i64) {
        self.clock.wait(seconds);
    }

    /// The logins of everybody valid whom a search finds now.
    pub async fn listed(&self) -> Vec<String> {
        listed(self.directory()).await
    }

    /// The last names of those whom a text finds.
    pub async fn found(&self, text: &str) -> Vec<String> {
        let search = Search {
            text: Some(text.into()),
            ..Search::default()
        };
        let actor = Actor::operator();
        let page = self.directory().search(&actor, Kind::CustomerUser, &search);
        let rows = page.await.unwrap().rows.into_iter();
        rows.map(|row| row.record.get("UserLastname").to_owned())
            .collect()
    }

    /// Waits until exactly these are listed.
    pub async fn lists(&self, logins: &[&str]) {
        eventually(&format!("{logins:?}"), async || {
            let listed = self.listed().await;
            (listed == logins)
                .then_some(())
                .ok_or(format!("{listed:?}"))
        })
        .await;
    }
}

/// The logins of everybody valid whom a search finds now.
pub async fn listed(directory: &Maintenance) -> Vec<String> {
    let search = Search::default();
    let actor = Actor::operator();
    let page = directory.search(&actor, Kind::CustomerUser, &search);
    let rows = page.await.unwrap().rows;
    rows.into_iter().map(|row| row.key).collect()
}

/// Waits until something is so.
pub async fn eventually(what: &str, is_so: impl AsyncFn() -> Result<(), String>) {
    let began = tokio::time::Instant::now();
    while let Err(seen) = is_so().await {
        assert!(began.elapsed() < TIMEOUT, "{what} is not so: {seen}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// OTOBO, as far as it writes: each time is a text of its own clock.
pub struct Otobo {
    pub db: Db,
    /// Seconds by which its clock is ahead.
    pub ahead: i64,
}

impl Otobo {
    pub fn of(db: Db) -> Self {
        Self { db, ahead: 0 }
    }

    /// The time of its clock, so many seconds from now.
    pub fn time(&self, seconds: i64) -> String {
        let at = SystemClock.now() + self.ahead + seconds;
        let time = jiff::Timestamp::from_second(at).unwrap();
        time.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    async fn run(&self, sql: &str, args: &[Arg]) -> u64 {
        let sql = sql.replace("{time}", self.db.engine().time_placeholder());
        self.db.execute(&sql, args).await.unwrap()
    }

    /// Adds somebody at a time, in seconds from now.
    pub async fn add(&self, login: &str, seconds: i64) {
        self.run(ADD, &self.added(login, seconds)).await;
    }

    /// Adds so many people, dated a day ago, with logins of five digits after a letter.
    pub async fn add_many(&self, letter: &str, many: usize) {
        let (insert, values) = ADD.split_once(" VALUES ").unwrap();
        let values = values.replace("{time}", self.db.engine().time_placeholder());
        let logins: Vec<String> = (0..many)
            .map(|number| format!("{letter}{number:05}"))
            .collect();
        let mut tx = self.db.begin().await.unwrap();
        for logins in logins.chunks(500) {
            let rows = vec![values.as_str(); logins.len()].join(", ");
            let args = logins
                .iter()
                .flat_map(|login| self.added(login, -24 * HOUR));
            let args: Vec<Arg> = args.collect();
            tx.execute(&format!("{insert} VALUES {rows}"), &args)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Adds somebody within a transaction.
    pub async fn add_in(&self, tx: &mut Tx, login: &str, seconds: i64) {
        let sql = ADD.replace("{time}", self.db.engine().time_placeholder());
        tx.execute(&sql, &self.added(login, seconds)).await.unwrap();
    }

    fn added(&self, login: &str, seconds: i64) -> Vec<Arg> {
        let time = self.time(seconds);
        let email = format!("{login}@acme-lab.org");
        args![login, email, login, &time, &time].to_vec()
    }

    /// Saves somebody under a login and a validity.
    pub async fn update(&self, login: &str, new: &str, valid: i64) {
        self.update_at(login, new, valid, 0).await;
    }

    /// The same at another time.
    pub async fn update_at(&self, login: &str, new: &str, valid: i64, seconds: i64) {
        let sql = "UPDATE customer_user SET login = ?, valid_id = ?, change_time = {time}, change_by = 1 \
                   WHERE LOWER(login) = LOWER(?)";
        let args = args![new, valid, self.time(seconds), login];
        assert_eq!(self.run(sql, &args).await, 1, "{login}");
    }

    /// What no OTOBO does.
    pub async fn delete(&self, login: &str) {
        let sql = "DELETE FROM customer_user WHERE login = ?";
        assert_eq!(self.run(sql, &args![login]).await, 1, "{login}");
    }

    /// Gives somebody another last name.
    pub async fn rename(&self, login: &str, last_name: &str) {
        let sql = "UPDATE customer_user SET last_name = ?, change_time = {time}, change_by = 1 WHERE login = ?";
        let args = args![last_name, self.time(0), login];
        assert_eq!(self.run(sql, &args).await, 1, "{login}");
    }

    /// Adds a customer at a time, in seconds from now.
    pub async fn add_customer(&self, id: &str, seconds: i64) {
        let sql = "INSERT INTO customer_company (customer_id, name, street, zip, city, country, url, comments, valid_id, \
                   create_time, create_by, change_time, change_by) VALUES (?, ?, '', '', '', '', '', '', 1, {time}, 1, \
                   {time}, 1)";
        let time = self.time(seconds);
        self.run(sql, &args![id, id, &time, &time]).await;
    }

    /// Runs what an administrator may type.
    pub async fn sql(&self, sql: &str) {
        self.run(sql, &[]).await;
    }
}

const ADD: &str = "INSERT INTO customer_user (login, email, customer_id, pw, title, first_name, last_name, phone, fax, \
                   mobile, street, zip, city, country, comments, valid_id, create_time, create_by, change_time, \
                   change_by) VALUES (?, ?, 'ACME', NULL, '', 'Anna', ?, '', '', '', '', '', '', '', '', 1, {time}, 1, \
                   {time}, 1)";
