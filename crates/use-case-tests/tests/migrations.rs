//! What later versions bring reaches databases of earlier ones, and never tables that Kartoteka did not make.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{
    Actor, Directory, Kind, Maintenance, OpenError, Options, Role, SystemClock,
};
use kartoteka_login::{Login, Logins};
use kartoteka_model::source::Address;
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_store::schema::{VERSION, otobo_tables, own_tables};
use kartoteka_store::source::{TableColumn, columns};
use kartoteka_store::{Db, Engine as Dialect, StoreError, TextRow};
use kartoteka_testbed::{Engine, fresh_database};
use secrecy::SecretString;

use crate::rows::put;

/// A database before a node opens it.
struct Place {
    settings: Settings,
    db: Db,
    _data: tempfile::TempDir,
}

impl Place {
    async fn at(address: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(address);
        Self {
            settings,
            db: Db::open(address).await.unwrap(),
            _data: data,
        }
    }

    async fn open(&self) {
        let options = Options::default();
        let directory = Maintenance::open(self.settings.clone(), options).await;
        directory.unwrap().close().await;
    }

    /// The names of the steps that are pending, and all their statements.
    async fn pending(&self) -> (Vec<String>, String) {
        let steps = Directory::migrations(&self.settings, &SystemClock).await;
        let steps = steps.unwrap();
        let statements: Vec<String> = steps
            .iter()
            .flat_map(|step| step.statements.clone())
            .collect();
        let names = steps.into_iter().map(|step| step.name).collect();
        (names, statements.join("\n"))
    }

    /// Tables with their indexes.
    async fn indexes(&self) -> BTreeSet<(String, String)> {
        let sql = match self.db.engine() {
            Dialect::Sqlite => "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'",
            Dialect::Postgres => {
                "SELECT CAST(tablename AS TEXT), CAST(indexname AS TEXT) FROM pg_indexes WHERE schemaname = 'public'"
            }
            Dialect::MySql => {
                "SELECT DISTINCT CAST(table_name AS CHAR), CAST(index_name AS CHAR) \
                 FROM information_schema.statistics WHERE table_schema = DATABASE()"
            }
        };
        let rows = self.db.fetch(sql, &[]).await.unwrap();
        let pair =
            |row: &kartoteka_store::TextRow| (row.text(0).to_owned(), row.text(1).to_owned());
        rows.iter().map(pair).collect()
    }

    async fn run(&self, sql: &str) {
        self.db.execute(sql, &[]).await.unwrap();
    }

    async fn drop_index(&self, table: &str, index: &str) {
        match self.db.engine() {
            Dialect::MySql => self.run(&format!("DROP INDEX {index} ON {table}")).await,
            _ => self.run(&format!("DROP INDEX {index}")).await,
        }
    }

    /// Makes it what the first version left.
    async fn age(&self) {
        for (table, index) in self.indexes().await {
            let of_first = ["kt_customer_user_customer_id", "kt_customer_user_email"];
            let later = index.starts_with("kt_customer") || index.ends_with("_lower");
            if later && !of_first.contains(&index.as_str()) {
                self.drop_index(&table, &index).await;
            }
        }
        self.drop_index("kt_journal", "kt_journal_record").await;
        self.run("DROP TABLE kt_template").await;
        self.run("DELETE FROM kt_state WHERE name LIKE 'made %'")
            .await;
        if self.db.engine() == Dialect::Postgres {
            self.run("CREATE INDEX kt_customer_user_login ON customer_user (LOWER(login))")
                .await;
        }
    }
}

#[tokio::test]
async fn a_database_of_an_earlier_version_gets_the_indexes_of_later_ones() {
    for engine in Engine::ALL {
        let address = fresh_database(engine).await.unwrap();
        let place = Place::at(&address).await;
        place.open().await;
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
        let fresh = place.indexes().await;

        place.age().await;
        let aged = place.indexes().await;
        assert!(aged.len() < fresh.len(), "{engine}");
        let (names, sql) = place.pending().await;
        assert_eq!(names[0], "create kt_template (version 6)", "{engine}");
        assert_eq!(names[1], "note which tables Kartoteka made (version 7)");
        for wanted in [
            "add indexes to customer_user (version 7)",
            "add indexes to kt_journal (version 7)",
        ] {
            assert!(
                names.iter().any(|name| name == wanted),
                "{engine}: {names:?}"
            );
        }
        assert!(
            sql.contains("CREATE INDEX kt_journal_record ON"),
            "{engine}"
        );
        assert_eq!(
            place.indexes().await,
            aged,
            "{engine}: a look changes nothing"
        );

        // Two nodes of the new version start at once.
        let other = Place::at(&address).await;
        tokio::join!(place.open(), other.open());
        assert_eq!(place.indexes().await, fresh, "{engine}");
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");

        // Later still, it is known which tables are whose without a sign at the tables themselves.
        place
            .drop_index("customer_user", "kt_customer_user_customer_id")
            .await;
        place.open().await;
        assert_eq!(place.indexes().await, fresh, "{engine}");
    }
}

/// Tables of log-ins as version 9 made them.
fn of_version_9(engine: Dialect) -> Vec<String> {
    let id = match engine {
        Dialect::Sqlite => "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
        Dialect::Postgres => "id bigserial NOT NULL PRIMARY KEY",
        Dialect::MySql => "id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY",
    };
    let mut statements = vec![];
    for (table, columns, index) in [
        (
            "kt_session",
            "token_hash VARCHAR(64) NOT NULL, agent_id BIGINT NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL, \
             address VARCHAR(100) NOT NULL, user_agent VARCHAR(200) NOT NULL, fingerprint VARCHAR(64) NOT NULL",
            "INDEX kt_session_agent ON kt_session (agent_id)",
        ),
        (
            "kt_token",
            "name VARCHAR(100) NOT NULL, scope VARCHAR(20) NOT NULL, prefix VARCHAR(20) NOT NULL, \
             token_hash VARCHAR(64) NOT NULL, agent_id BIGINT NOT NULL, created_by VARCHAR(191) NOT NULL, \
             created BIGINT NOT NULL, expires BIGINT NULL, last_used BIGINT NULL, revoked BIGINT NULL",
            "UNIQUE INDEX kt_token_hash ON kt_token (token_hash)",
        ),
        (
            "kt_attempt",
            "subject VARCHAR(191) NOT NULL, at BIGINT NOT NULL",
            "INDEX kt_attempt_subject ON kt_attempt (subject, at)",
        ),
        (
            "kt_login_attempt",
            "login VARCHAR(191) NOT NULL, network VARCHAR(64) NOT NULL, at BIGINT NOT NULL",
            "INDEX kt_login_attempt_at ON kt_login_attempt (at)",
        ),
    ] {
        statements.push(format!("DROP TABLE {table}"));
        statements.push(format!("CREATE TABLE {table} ({id}, {columns})"));
        statements.push(format!("CREATE {index}"));
    }
    let unique = "CREATE UNIQUE INDEX kt_session_token ON kt_session (token_hash)";
    statements.push(unique.into());
    statements.push("DROP TABLE kt_known_network".into());
    statements.push(
        "CREATE TABLE kt_login_network (agent_id BIGINT NOT NULL, network VARCHAR(64) NOT NULL, at BIGINT NOT NULL, \
         PRIMARY KEY (agent_id, network))"
            .into(),
    );
    statements.push("UPDATE kt_state SET value = '9' WHERE name = 'version'".into());
    statements
}

const EWA: &str = "kot w butach 7";

async fn log_in(
    directory: &Directory,
    password: &str,
) -> kartoteka_directory::Result<SecretString> {
    let attempt = Login {
        login: "ewa".into(),
        password: password.to_owned().into(),
        address: "192.0.2.1".into(),
        user_agent: String::new(),
    };
    Ok(Logins::of(directory).log_in(attempt).await?.token)
}

/// The columns and rows of a table.
type Rows = (Vec<String>, Vec<Vec<Option<String>>>);

/// The tables of log-ins, and all their rows without numbers that they were counted with.
async fn of_log_ins(db: &Db) -> Vec<Rows> {
    let mut all = vec![];
    let tables = ["kt_session", "kt_token", "kt_attempt", "kt_login_attempt"];
    for table in tables.into_iter().chain(["kt_known_network"]) {
        let names: Vec<String> = columns(db, table)
            .await
            .unwrap()
            .into_iter()
            .map(|column| column.name)
            .collect();
        let texts: Vec<String> = names.iter().map(|name| db.engine().as_text(name)).collect();
        let sql = format!("SELECT {} FROM {table}", texts.join(", "));
        let rows = db.fetch(&sql, &[]).await.unwrap().into_iter();
        let rows = rows.map(|row| row.0).collect();
        all.push((names, rows));
    }
    all
}

/// What is there of it as version 9 has it.
fn rows_of_version_9(log_ins: &[Rows]) -> Vec<String> {
    let tables = ["kt_session", "kt_token", "kt_attempt", "kt_login_attempt"];
    let mut statements = vec![];
    for (table, (names, rows)) in tables.into_iter().chain(["kt_login_network"]).zip(log_ins) {
        for row in rows {
            let mut columns = vec![];
            let mut values = vec![];
            for (name, value) in names.iter().zip(row) {
                let name = match (name.as_str(), table) {
                    ("kind", _) | ("owner", "kt_attempt") => continue,
                    ("owner", _) => "agent_id",
                    (name, _) => name,
                };
                columns.push(name);
                values.push(match value {
                    Some(value) => format!("'{value}'"),
                    None => "NULL".into(),
                });
            }
            let (columns, values) = (columns.join(", "), values.join(", "));
            statements.push(format!("INSERT INTO {table} ({columns}) VALUES ({values})"));
        }
    }
    statements
}

#[tokio::test]
async fn what_agents_had_in_version_9_stays_theirs() {
    for engine in Engine::ALL {
        let address = fresh_database(engine).await.unwrap();
        let place = Place::at(&address).await;
        let options = Options::default;
        let directory = Maintenance::open(place.settings.clone(), options()).await;
        let directory = directory.unwrap();
        let operator = Actor::operator();
        let fields = crate::fields_of(&[
            ("UserLogin", "ewa"),
            ("UserFirstname", "Ewa"),
            ("UserLastname", "Lis"),
            ("UserPassword", EWA),
            ("Role", "admin"),
        ]);
        let plan = Records::of(&directory).plan_create(&operator, Kind::Agent, None, fields);
        Records::of(&directory)
            .apply(plan.await.unwrap())
            .await
            .unwrap();
        let session = log_in(&directory, EWA).await.unwrap();
        assert!(log_in(&directory, "x").await.is_err());
        let ewa = Logins::of(&directory)
            .session(&session)
            .await
            .unwrap()
            .unwrap();
        let token = Logins::of(&directory).create_token(&ewa, "import", Role::Reader, None);
        let token = token.await.unwrap().secret;
        let (old, new) = ("x".to_owned().into(), "y".to_owned().into());
        let guess = Logins::of(&directory)
            .change_own_password(&ewa, old, new, None)
            .await;
        assert!(guess.is_err());
        // What failed is noted in the background.
        directory.close().await;
        let (mut before, indexes) = (of_log_ins(&place.db).await, place.indexes().await);

        for statement in of_version_9(place.db.engine()) {
            place.run(&statement).await;
        }
        for row in rows_of_version_9(&before) {
            place.run(&row).await;
        }
        let (steps, _) = place.pending().await;
        for step in [
            "create kt_known_network (version 10)",
            "add kind to kt_session (version 10)",
            "keep agents of kt_token by kind and number (version 10)",
            "keep networks by kind and number of agents (version 10)",
            "note that the tables are of version 11",
        ] {
            assert!(steps.iter().any(|one| one == step), "{steps:?} on {engine}");
        }

        // Two nodes of the new version start at once.
        let other = Place::at(&address).await;
        tokio::join!(place.open(), other.open());
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
        assert_eq!(place.indexes().await, indexes, "{engine}");
        // Guesses of the own password count a quarter of an hour, and are nobody's in particular so long.
        for value in before[2].1.iter_mut().flat_map(|row| &mut row[3..]) {
            *value = Some(String::new());
        }
        assert_eq!(of_log_ins(&place.db).await, before, "{engine}");
        let directory = Maintenance::open(place.settings.clone(), options()).await;
        let directory = directory.unwrap();
        let actor = Logins::of(&directory)
            .session(&session)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(actor, ewa, "{engine}");
        let actor = Logins::of(&directory).authenticate(&token).await.unwrap();
        assert_eq!(
            (actor.id(), actor.name().as_str()),
            (ewa.id(), "token:import")
        );
        directory.close().await;
    }
}

#[tokio::test]
async fn a_database_of_version_10_gets_the_tables_of_identities() {
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place.open().await;
        let indexes = place.indexes().await;
        for table in ["kt_identity", "kt_held_back"] {
            place.run(&format!("DROP TABLE {table}")).await;
        }
        place
            .run("UPDATE kt_state SET value = '10' WHERE name = 'version'")
            .await;
        let steps = [
            "create kt_identity (version 11)",
            "create kt_held_back (version 11)",
            "note that the tables are of version 11",
        ];
        assert_eq!(place.pending().await.0, steps, "{engine}");
        place.open().await;
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
        assert_eq!(place.indexes().await, indexes, "{engine}");
    }
}

#[tokio::test]
async fn sessions_from_before_version_9_end() {
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place.open().await;
        for statement in of_version_9(place.db.engine()) {
            place.run(&statement).await;
        }
        for statement in [
            "ALTER TABLE kt_session DROP COLUMN fingerprint",
            "DROP TABLE kt_login_attempt",
            "DROP TABLE kt_login_network",
            "UPDATE kt_state SET value = '8' WHERE name = 'version'",
            "INSERT INTO kt_session (token_hash, agent_id, created, seen, address, user_agent) \
             VALUES ('x', 1, 5, 6, 'a', 'b')",
        ] {
            place.run(statement).await;
        }
        let (steps, _) = place.pending().await;
        for step in [
            "create kt_login_attempt (version 9)",
            "add fingerprint to kt_session (version 9)",
        ] {
            assert!(steps.iter().any(|one| one == step), "{steps:?} on {engine}");
        }
        place.open().await;
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
        // It was begun with no password that anybody has: whoever has it logs in again.
        let sql = "SELECT fingerprint, owner FROM kt_session";
        let kept = place.db.fetch(sql, &[]).await.unwrap();
        assert_eq!((kept[0].text(0), kept[0].text(1)), ("", "1"), "{engine}");
    }
}

impl Place {
    /// Makes tables as OTOBO does, with a row in each: all but these.
    async fn of_otobo(&self, but: &[&str]) {
        let dialect = self.db.engine();
        for table in otobo_tables() {
            if but.contains(&table.name) {
                continue;
            }
            for statement in table.create(dialect) {
                self.run(&statement).await;
            }
            put(&self.db, table.name, &[]).await;
        }
        // A column that an administrator of OTOBO added.
        self.run("ALTER TABLE customer_user ADD COLUMN room VARCHAR(20) DEFAULT 'B 12'")
            .await;
    }

    /// The tables but Kartoteka's own, with their columns, indexes and rows.
    async fn of_others(&self) -> BTreeMap<String, (Vec<TableColumn>, Vec<TextRow>)> {
        let mut all = BTreeMap::new();
        for table in otobo_tables() {
            let columns = columns(&self.db, table.name).await.unwrap();
            if columns.is_empty() {
                continue;
            }
            let list = columns.iter();
            let list: Vec<String> = list
                .map(|column| self.db.engine().as_text(&column.name))
                .collect();
            let sql = format!("SELECT {} FROM {}", list.join(", "), table.name);
            let rows = self.db.fetch(&sql, &[]).await.unwrap();
            all.insert(table.name.to_owned(), (columns, rows));
        }
        all
    }
}

#[tokio::test]
async fn rows_refer_to_agents_and_have_the_defaults_of_otobo() {
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place.open().await;
        for (table, flag) in [
            ("dynamic_field", "internal_field"),
            ("ticket", "archive_flag"),
        ] {
            put(&place.db, table, &[]).await;
            let sql = format!("SELECT {} FROM {table}", place.db.engine().as_text(flag));
            let rows = place.db.fetch(&sql, &[]).await.unwrap();
            assert_eq!(rows[0].text(0), "0", "{engine}: {table}");
        }
        for (table, column) in [
            ("users", "create_by"),
            ("users", "change_by"),
            ("ticket", "user_id"),
            ("ticket", "responsible_user_id"),
            ("valid", "create_by"),
            ("valid", "change_by"),
        ] {
            let set = async |agent: u8| {
                let sql = format!("UPDATE {table} SET {column} = {agent}");
                place.db.execute(&sql, &[]).await
            };
            assert!(set(1).await.is_ok(), "{engine}: {table}.{column}");
            let kept = place.db.engine() == Dialect::Sqlite && table == "valid";
            assert_eq!(set(99).await.is_ok(), kept, "{engine}: {table}.{column}");
        }
    }
}

#[tokio::test]
async fn tables_that_otobo_made_stay_as_they_are() {
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place.of_otobo(&[]).await;
        let (before, indexes) = (place.of_others().await, place.indexes().await);
        assert_eq!(before.len(), otobo_tables().len(), "{engine}");
        let (names, _) = place.pending().await;
        assert!(
            names.iter().all(|name| name.starts_with("create kt_")),
            "{engine}: {names:?}"
        );
        for _ in 0..2 {
            place.open().await;
            let mut after = place.indexes().await;
            after.retain(|(table, _)| !table.starts_with("kt_"));
            assert_eq!(after, indexes, "{engine}");
            assert_eq!(place.of_others().await, before, "{engine}");
        }
        let told = "SELECT name FROM kt_state WHERE name LIKE 'made %'";
        assert_eq!(place.db.fetch(told, &[]).await.unwrap(), [], "{engine}");
    }
}

#[tokio::test]
async fn a_database_of_otobo_that_lacks_tables_is_left_alone() {
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place
            .of_otobo(&["service_customer_user", "group_role"])
            .await;
        let (before, indexes) = (place.of_others().await, place.indexes().await);
        let looked = Directory::migrations(&place.settings, &SystemClock).await;
        let opened = Maintenance::open(place.settings.clone(), Options::default()).await;
        for error in [looked.err(), opened.err()] {
            let Some(OpenError::Database(StoreError::HalfOtobo { present, missing })) = error
            else {
                panic!("{error:?} on {engine}");
            };
            assert_eq!(missing, ["group_role", "service_customer_user"], "{engine}");
            assert_eq!(present.len(), before.len(), "{engine}");
        }
        assert_eq!(place.of_others().await, before, "{engine}");
        assert_eq!(
            place.indexes().await,
            indexes,
            "{engine}: no table was made"
        );
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    assert!(own_tables().iter().all(|(since, _)| *since <= VERSION));
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place.open().await;
        let sql = format!(
            "UPDATE kt_state SET value = '{}' WHERE name = 'version'",
            VERSION + 1
        );
        assert_eq!(place.db.execute(&sql, &[]).await.unwrap(), 1, "{engine}");
        let looked = Directory::migrations(&place.settings, &SystemClock).await;
        let opened = Maintenance::open(place.settings.clone(), Options::default()).await;
        for error in [looked.err(), opened.err()] {
            let Some(OpenError::Database(StoreError::Newer { found, known })) = error else {
                panic!("{error:?} on {engine}");
            };
            assert_eq!((found, known), (VERSION + 1, VERSION), "{engine}");
        }
        // One from before versions were noted is as good as any.
        place
            .run("DELETE FROM kt_state WHERE name = 'version'")
            .await;
        place.open().await;
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
        let sql = "SELECT value FROM kt_state WHERE name = 'version'";
        let noted = place.db.fetch(sql, &[]).await.unwrap();
        assert_eq!(noted[0].int(0).unwrap(), VERSION, "{engine}");
    }
}

/// MariaDB ends a transaction with each table that is made; there, what is made stays, and the next start goes on.
#[tokio::test]
async fn a_step_that_fails_undoes_those_before_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        // Its name is taken by what is no table.
        place.run("CREATE VIEW ticket AS SELECT 1 AS one").await;
        let opened = Maintenance::open(place.settings.clone(), Options::default()).await;
        let error = opened.err();
        assert!(
            matches!(error, Some(OpenError::Database(StoreError::Database(_)))),
            "{error:?} on {engine}"
        );
        assert_eq!(place.indexes().await, BTreeSet::new(), "{engine}");
        place.run("DROP VIEW ticket").await;
        place.open().await;
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
    }
}

/// A table of another program that shares the database, by a name that OTOBO uses too.
#[tokio::test]
async fn a_table_of_somebody_else_gets_no_index() {
    for engine in Engine::ALL {
        let place = Place::at(&fresh_database(engine).await.unwrap()).await;
        place.open().await;
        place.age().await;
        place.run("DROP TABLE ticket").await;
        place.run("CREATE TABLE ticket (customer_id VARCHAR(50), customer_user_id VARCHAR(50), seat INTEGER)")
            .await;
        place.open().await;
        let indexes = place.indexes().await;
        assert!(
            indexes.iter().all(|(table, _)| table != "ticket"),
            "{engine}: {indexes:?}"
        );
        assert_eq!(place.pending().await.0, [""; 0], "{engine}");
    }
}
