//! No statement without an end: what takes too long is cut off in the engine too, so that nobody pays for an answer that
//! nobody waits for any more.

use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};
use sqlx::{
    AssertSqlSafe, Connection, MySqlConnection, PgConnection, Row, Sqlite, SqliteConnection,
};

use crate::db::{Db, Tx};
use crate::error::StoreError;

/// How long one question to a SQLite file may take. The servers' statements have a limit on
/// our side; theirs comes a little later.
const QUESTION: Duration = Duration::from_secs(10);

/// Steps of SQLite's machine between two looks at the clock: far less than a millisecond.
const STEPS: i32 = 10_000;

/// Ends statements on the server that nobody waits for any more.
const POSTGRES: &str = "SET statement_timeout = '12s'";

/// The same on MariaDB (in seconds) and MySQL (in milliseconds, for questions only): each takes the other's half for a
/// comment.
///
/// MariaDB is kept from making a table of the values of long lists: where statements are prepared, 10.6 then finds some of
/// the rows only. To MySQL, which does no such thing, that is a comment, too.
const MYSQL: &str = "SET @kartoteka = 1 \
     /*M!100307 , SESSION max_statement_time = 12, SESSION in_predicate_conversion_threshold = 0 */ \
     /*!50708 , SESSION max_execution_time = 12000 */";

/// Prepares a connection to PostgreSQL.
pub(crate) async fn on_postgres(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(POSTGRES).execute(connection).await?;
    Ok(())
}

/// Prepares a connection to MariaDB or MySQL.
pub(crate) async fn on_mysql(connection: &mut MySqlConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(MYSQL).execute(connection).await?;
    Ok(())
}

/// A pool whose connections each answer one question within bounds, unless these are [lifted](lift).
pub(crate) fn bounded(pool: SqlitePoolOptions) -> SqlitePoolOptions {
    bounded_by(pool, QUESTION)
}

fn bounded_by(pool: SqlitePoolOptions, time: Duration) -> SqlitePoolOptions {
    pool.after_connect(move |connection, _| Box::pin(bound(connection, time)))
        .before_acquire(move |connection, _| {
            let free = !connection.is_in_transaction();
            Box::pin(async move {
                if free {
                    bound(connection, time).await?;
                }
                Ok(free)
            })
        })
}

async fn bound(connection: &mut SqliteConnection, time: Duration) -> Result<(), sqlx::Error> {
    let end = Instant::now() + time;
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(STEPS, move || Instant::now() < end);
    Ok(())
}

/// Lets what follows on this connection take as long as it needs, until it goes back to the pool.
pub(crate) async fn lift(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    connection.lock_handle().await?.remove_progress_handler();
    Ok(())
}

/// A connection whose statements may take as long as they need.
pub(crate) async fn lifted(pool: &SqlitePool) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    lift(&mut connection).await?;
    Ok(connection)
}

impl Db {
    /// What the engine finds wrong with a SQLite file; nothing for a sound one, and on the other engines. May take long.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn unsound(&self) -> Result<Option<String>, StoreError> {
        let Self::Sqlite(pool) = self else {
            return Ok(None);
        };
        let mut connection = lifted(pool).await?;
        let row = sqlx::query("PRAGMA integrity_check").fetch_one(&mut *connection);
        let found: String = row.await?.try_get(0)?;
        Ok((found != "ok").then_some(found))
    }
}

impl Tx {
    /// Runs a statement that may take as long as it needs, as one that makes an index of a large table does.
    ///
    /// # Errors
    /// When the statement is refused.
    pub async fn execute_patiently(&mut self, sql: &str) -> Result<(), StoreError> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(tx) => {
                sqlx::query(sql).execute(&mut **tx).await?;
            }
            Self::Postgres(tx) => {
                let lifted = "SET LOCAL statement_timeout = 0";
                sqlx::raw_sql(lifted).execute(&mut **tx).await?;
                sqlx::query(sql).execute(&mut **tx).await?;
            }
            Self::MySql(tx) => {
                let lifted = "SET @kartoteka = 1 /*M!100307 , SESSION max_statement_time = 0 */";
                sqlx::raw_sql(lifted).execute(&mut **tx).await?;
                let done = sqlx::query(sql).execute(&mut **tx).await;
                on_mysql(tx).await?;
                done?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

    use super::*;
    use crate::files::file_pool;

    /// Counts further than anybody waits.
    const ENDLESS: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) \
         SELECT CAST(max(i) AS TEXT) FROM n";

    #[tokio::test]
    async fn a_question_without_end_is_cut_off_and_the_connection_goes_on() {
        let pool = bounded_by(file_pool(), Duration::from_millis(100)).max_connections(1);
        let db = Db::Sqlite(pool.connect("sqlite::memory:").await.unwrap());
        for _ in 0..3 {
            let error = db.fetch(ENDLESS, &[]).await.unwrap_err();
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
            let rows = db.fetch("SELECT 'there'", &[]).await.unwrap();
            assert_eq!(rows[0].text(0), "there");
        }
    }

    #[tokio::test]
    async fn a_question_that_nobody_waits_for_holds_nobody_up() {
        let pool = bounded_by(file_pool(), Duration::from_millis(300)).max_connections(1);
        let db = Db::Sqlite(pool.connect("sqlite::memory:").await.unwrap());
        let asked = tokio::time::timeout(Duration::from_millis(20), db.fetch(ENDLESS, &[])).await;
        assert!(asked.is_err());
        assert!(db.fetch("SELECT 'there'", &[]).await.is_ok());
    }

    #[tokio::test]
    async fn what_takes_long_on_purpose_is_not_cut_off() {
        let time = Duration::from_millis(20);
        let pool = bounded_by(file_pool(), time).max_connections(1);
        let db = Db::Sqlite(pool.connect("sqlite::memory:").await.unwrap());
        let long = "CREATE TABLE IF NOT EXISTS t AS WITH RECURSIVE n (i) AS \
             (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT max(i) AS i FROM n";
        assert!(db.fetch(ENDLESS, &[]).await.is_err());
        db.execute(long, &[]).await.unwrap();
        db.execute("DROP TABLE t", &[]).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        tokio::time::sleep(time).await;
        tx.execute(long, &[]).await.unwrap();
        tx.commit().await.unwrap();
    }
}
