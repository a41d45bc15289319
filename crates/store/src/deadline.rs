//! No statement without an end: what takes too long is cut off in the engine too, so that nobody pays for an answer that
//! nobody waits for any more.

use std::time::{Duration, Instant};

use kartoteka_boxed::boxed;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Connection, MySqlConnection, PgConnection, SqliteConnection};

use crate::db::{Db, Engine};
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
pub(crate) const MYSQL: &str = "SET @kartoteka = 1 \
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

/// A pool whose connections each answer one question within bounds, as those that read do.
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

/// What lets statements of a transaction take as long as they need. On PostgreSQL it ends with the transaction.
pub(crate) fn lift(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some("SET LOCAL statement_timeout = 0"),
        Engine::MySql => Some("SET @kartoteka = 1 /*M!100307 , SESSION max_statement_time = 0 */"),
    }
}

impl Db {
    /// What the engine finds wrong with a SQLite file; nothing for a sound one, and on the other engines. May take long.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn unsound(&self) -> Result<Option<String>, StoreError> {
        if self.engine() != Engine::Sqlite {
            return Ok(None);
        }
        let apart = self.apart().await?;
        let found = apart.fetch("PRAGMA integrity_check", &[]).await;
        apart.close_apart().await;
        let found = found?;
        let found = found.first().map_or("no answer", |row| row.text(0));
        Ok((found != "ok").then(|| found.to_owned()))
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
        let db = Db::alone(pool.connect("sqlite::memory:").await.unwrap());
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
        let db = Db::alone(pool.connect("sqlite::memory:").await.unwrap());
        let asked = tokio::time::timeout(Duration::from_millis(20), db.fetch(ENDLESS, &[])).await;
        assert!(asked.is_err());
        assert!(db.fetch("SELECT 'there'", &[]).await.is_ok());
    }

    #[tokio::test]
    async fn what_takes_long_on_purpose_is_not_cut_off() {
        let time = Duration::from_millis(20);
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}?mode=rwc", folder.path().join("k.db").display());
        let writes = file_pool().max_connections(1).connect(&address);
        let writes = writes.await.unwrap();
        let reads = bounded_by(file_pool(), time).max_connections(1);
        let reads = reads.connect(&address).await.unwrap();
        let pools = crate::db::Pools::Sqlite { reads, writes };
        let db = Db::of(pools, crate::writer::Writer::new(crate::db::LOCK_TIMEOUT));
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
