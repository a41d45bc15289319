//! A fresh database on every engine answers.

use kartoteka_testbed::{Engine, fresh_database};
use sqlx::{Connection, Row};

#[tokio::test]
async fn every_engine_gives_an_empty_database() {
    for engine in Engine::all() {
        let address = fresh_database(engine).await.unwrap();
        let one: i64 = match engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&address).await.unwrap();
                sqlx::query("select 1")
                    .fetch_one(&mut connection)
                    .await
                    .unwrap()
                    .get(0)
            }
            Engine::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&address).await.unwrap();
                i64::from(
                    sqlx::query("select 1")
                        .fetch_one(&mut connection)
                        .await
                        .unwrap()
                        .get::<i32, _>(0),
                )
            }
            Engine::Mariadb | Engine::Mysql => {
                let mut connection = sqlx::MySqlConnection::connect(&address).await.unwrap();
                sqlx::query("select 1")
                    .fetch_one(&mut connection)
                    .await
                    .unwrap()
                    .get(0)
            }
        };
        assert_eq!(one, 1, "{}", engine.name());
    }
}
