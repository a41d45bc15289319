use std::{fs, process::Command};

use sqlx::{Connection, MySqlConnection, PgConnection, SqliteConnection};

use crate::{
    Engine, Servers, fresh_database,
    private::{Durability, Place, start_postgres},
    statements,
};

#[tokio::test]
async fn text_is_kept_and_ordered_as_promised() {
    let postgres = fresh_database(Engine::Postgres).await.unwrap();
    let mut connection = PgConnection::connect(&postgres).await.unwrap();
    let (encoding, order): (String, String) = sqlx::query_as(
        "SELECT pg_encoding_to_char(encoding)::text, datcollate::text FROM pg_database WHERE datname = current_database()",
    )
    .fetch_one(&mut connection)
    .await
    .unwrap();
    assert_eq!((encoding.as_str(), order.as_str()), ("UTF8", "C.UTF-8"));

    let mariadb = fresh_database(Engine::Mariadb).await.unwrap();
    let mut connection = MySqlConnection::connect(&mariadb).await.unwrap();
    let order: String = sqlx::query_scalar("SELECT CAST(@@collation_database AS CHAR)")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(order, "utf8mb4_unicode_ci");
}

#[tokio::test]
async fn what_others_ask_meanwhile_is_not_heard() {
    let open = async || SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let (mut own, mut others) = (open().await, open().await);
    let beside = tokio::spawn(async move {
        loop {
            let asked = sqlx::query("SELECT 'of others'").fetch_one(&mut others);
            asked.await.unwrap();
        }
    });
    let work = async {
        for _ in 0..20 {
            let asked = sqlx::query("SELECT 'of the work'").fetch_one(&mut own);
            asked.await.unwrap();
        }
    };
    let ((), heard) = statements(work).await;
    beside.abort();
    assert!(!heard.is_empty());
    let of_work = |sql: &String| sql.contains("of the work");
    assert!(heard.iter().all(of_work), "{heard:?}");
}

#[test]
fn a_dropped_place_leaves_neither_folder_nor_server() {
    let mut place = Place::new().unwrap();
    let folder = place.folder().to_owned();
    start_postgres(&mut place, Durability::Off).unwrap();
    let status = fs::read_to_string(folder.join("postgres/postmaster.pid")).unwrap();
    let process = status.lines().next().unwrap().to_owned();
    let alive = |process: &str| {
        Command::new("sh")
            .args(["-c", &format!("kill -0 {process} 2>&-")])
            .status()
            .unwrap()
    };
    assert!(alive(&process).success());

    drop(place);

    assert!(!folder.exists());
    assert!(!alive(&process).success());
}

#[tokio::test]
async fn what_durable_servers_hold_is_there_again() {
    let place = Place::new().unwrap();
    let folder = place.folder().join("kept");
    let servers = Servers::durable(Some(&folder)).unwrap();
    let made = servers.fresh_database(Engine::Postgres, "kept").await;
    let made = made.unwrap();
    let durable = async |address: &str| -> String {
        let mut connection = PgConnection::connect(address).await.unwrap();
        sqlx::query_scalar("SELECT current_setting('fsync')")
            .fetch_one(&mut connection)
            .await
            .unwrap()
    };
    assert_eq!(durable(&made).await, "on");
    drop(servers);

    let servers = Servers::durable(Some(&folder)).unwrap();
    let address = format!("{}/kept", servers.postgres().unwrap());
    // Its address, too: what was noted about the database stays true.
    assert_eq!(address, made);
    assert_eq!(durable(&address).await, "on");
}
