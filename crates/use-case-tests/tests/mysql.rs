//! Where MySQL is not what MariaDB is, whose dialect it speaks. All of it has to hold on both.

use std::time::Duration;

use kartoteka_directory::{Actor, Kind, Search};
use kartoteka_model::source::Address;
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_store::{Db, StoreError};
use kartoteka_testbed::{Engine, fresh_database};

use crate::{Desk, fields_of};

fn engines() -> Vec<Engine> {
    let mut all = Engine::servers();
    all.retain(|engine| *engine != Engine::Postgres);
    all
}

/// MySQL's way to check passwords, `caching_sha2_password`, wants the connection encrypted, which MariaDB's doesn't.
#[tokio::test]
async fn a_user_with_a_password_is_let_in() {
    for engine in engines() {
        let address = fresh_database(engine).await.unwrap();
        let (_, name) = address.rsplit_once('/').unwrap();
        let root = Db::open(&address).await.unwrap();
        for sql in [
            format!("CREATE USER '{name}'@'127.0.0.1' IDENTIFIED BY 'geheim'"),
            format!("GRANT ALL ON {name}.* TO '{name}'@'127.0.0.1'"),
        ] {
            root.execute(&sql, &[]).await.unwrap();
        }
        root.close().await;

        let open = async |password: &str| {
            let user = format!("//{name}:{password}@");
            let db = Db::open(&address.replace("//root@", &user)).await.unwrap();
            let answer = db.fetch("SELECT 'in'", &[]).await;
            db.close().await;
            answer
        };
        assert_eq!(open("geheim").await.unwrap()[0].text(0), "in", "{engine}");
        let refused = open("falsch").await;
        assert!(
            matches!(refused, Err(StoreError::Unavailable(_))),
            "{engine}: {refused:?}"
        );
    }
}

/// A database that was made without a word about collations has the server's: MySQL's is `utf8mb4_0900_ai_ci`.
#[tokio::test]
async fn a_database_with_the_servers_own_collation_will_do() {
    for engine in engines() {
        let address = fresh_database(engine).await.unwrap();
        let db = Db::open(&address).await.unwrap();
        let (server, name) = address.rsplit_once('/').unwrap();
        let sql = format!("CREATE DATABASE {name}_own");
        db.execute(&sql, &[]).await.unwrap();
        db.close().await;
        let data = tempfile::tempdir().unwrap();
        let mut settings = Settings {
            data_dir: data.path().to_path_buf(),
            ..Settings::default()
        };
        settings.database.url = Address::new(format!("{server}/{name}_own"));
        let desk = Desk::over(settings, data).await.customers().await;
        let person = [
            ("UserLogin", "Łucja"),
            ("UserFirstname", "Łucja"),
            ("UserLastname", "Müller"),
            ("UserEmail", "lucja@acme-lab.org"),
            ("UserCustomerID", "ACME"),
        ];
        desk.create(Kind::CustomerUser, &person).await.unwrap();
        let search = Search {
            text: Some("lucj+mull".into()),
            limit: 10,
            ..Search::default()
        };
        let actor = Actor::operator();
        let found = desk
            .directory
            .search(&actor, Kind::CustomerUser, &search)
            .await
            .unwrap();
        assert_eq!(found.rows.len(), 1, "{engine}");
        let again = Records::of(&desk.directory)
            .plan_create(&actor, Kind::CustomerUser, None, fields_of(&person))
            .await
            .unwrap();
        assert!(!again.errors.is_empty(), "{engine}: is taken");
        desk.directory.close().await;
    }
}

/// MariaDB closes a connection that was idle for too long, MySQL says so first.
#[tokio::test]
async fn an_idle_connection_that_was_closed_is_an_outage() {
    for engine in engines() {
        let address = fresh_database(engine).await.unwrap();
        let db = Db::open(&address).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        // MariaDB has another limit for whoever is in a transaction.
        let limits =
            "SET SESSION wait_timeout = 1 /*M!100307 , SESSION idle_transaction_timeout = 1 */";
        tx.execute(limits, &[]).await.unwrap();
        tokio::time::sleep(Duration::from_secs(3)).await;
        let late = tx.fetch("SELECT 'late'", &[]).await;
        assert!(
            matches!(late, Err(StoreError::Unavailable(_))),
            "{engine}: {late:?}"
        );
    }
}

/// MySQL keeps more words for itself than MariaDB: whatever is so named has to be quoted wherever it is named.
#[tokio::test]
async fn names_that_mysql_keeps_for_itself_are_known() {
    for engine in engines() {
        if engine != Engine::Mysql {
            continue;
        }
        let desk = Desk::on(engine).await;
        let sql = "SELECT CAST(named.name AS CHAR) FROM \
                   (SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() \
                   UNION SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE()) named \
                   JOIN information_schema.keywords ON word = UPPER(named.name) WHERE reserved = 1";
        let rows = desk.db.fetch(sql, &[]).await.unwrap();
        let found: Vec<&str> = rows.iter().map(|row| row.text(0)).collect();
        assert_eq!(found, ["stored"]);
    }
}
