//! SQLite files beside the databases: search indexes, and a connection for many rows.

use std::path::Path;
use std::time::Duration;

use kartoteka_boxed::boxed;
use sqlx::Connection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::db::{Db, Engine, LOCK_TIMEOUT, Pools};
use crate::deadline::bounded;
use crate::error::StoreError;
use crate::writer::Writer;

/// Bytes that the log of an index keeps between writes.
const LOG_KEPT: &str = "16777216";

/// Pools of files. Where a commit failed (on a full disk, say) SQLite has ended the transaction itself, which the driver
/// does not notice: such a connection would refuse every further one, so it is not used again.
pub(crate) fn file_pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        // Nobody can hang up on us.
        .test_before_acquire(false)
        .after_release(|connection, _| {
            let free = !connection.is_in_transaction();
            Box::pin(async move { Ok(free) })
        })
        .before_acquire(|connection, _| {
            let free = !connection.is_in_transaction();
            Box::pin(async move { Ok(free) })
        })
}

/// Opens a file. Switching it to its journal mode does not wait for whoever else opens it just then, so we do.
pub(crate) async fn patiently(
    pool: &SqlitePoolOptions,
    options: &SqliteConnectOptions,
) -> Result<SqlitePool, StoreError> {
    const BUSY: [&str; 3] = ["5", "261", "517"];
    let until = tokio::time::Instant::now() + LOCK_TIMEOUT;
    loop {
        let opened = pool.clone().connect_with(options.clone()).await;
        let busy = opened.as_ref().is_err_and(|error| {
            let code = error.as_database_error().and_then(|error| error.code());
            code.is_some_and(|code| BUSY.contains(&code.as_ref()))
        });
        if !busy || tokio::time::Instant::now() >= until {
            return Ok(opened?);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Bytes of a page of an index: with the engine's own 4096 a tenth of the room of whole records was lost at their ends.
const INDEX_PAGE: u32 = 8192;

/// What every connection to the file of an index has: `LIKE` regards case, since the texts in it are folded already.
fn index_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .page_size(INDEX_PAGE)
        .busy_timeout(LOCK_TIMEOUT)
        .pragma("case_sensitive_like", "ON")
        .pragma("cache_size", "-6000")
        .pragma("temp_store", "FILE")
}

/// Makes a file that only its owner can read, if it is not there: what SQLite puts beside it is as open as it is.
fn let_nobody_else_read(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

impl Db {
    /// Opens the file of a search index, which has to be there. What it holds can be made anew, so it needs no
    /// durability. All connections are opened at once and stay: the file may be gone from its folder later.
    ///
    /// # Errors
    /// `Unavailable` for a file that can't be opened.
    #[boxed]
    pub async fn open_index(path: &Path) -> Result<Self, StoreError> {
        let options = index_options(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .pragma("journal_size_limit", LOG_KEPT);
        let staying = |pool: SqlitePoolOptions, count| {
            pool.max_connections(count)
                .min_connections(count)
                .idle_timeout(None)
                .max_lifetime(None)
        };
        let pool = file_pool().acquire_timeout(LOCK_TIMEOUT * 6);
        let writes = patiently(&staying(pool.clone(), 1), &options).await?;
        let reads = patiently(&staying(bounded(pool), 2), &options).await?;
        let pools = Pools::Sqlite { reads, writes };
        Ok(Self::of(pools, Writer::new(LOCK_TIMEOUT * 6)))
    }

    /// Opens a file that an index, or what leads to one, is made in, by one connection that nobody else has. What a
    /// transaction of it has kept survives the end of the process.
    ///
    /// # Errors
    /// `Unavailable` for a file that can't be opened.
    #[boxed]
    pub async fn open_making(path: &Path) -> Result<Self, StoreError> {
        let_nobody_else_read(path).map_err(|error| StoreError::Unavailable(error.into()))?;
        let options = index_options(path)
            .create_if_missing(true)
            // Where pages are added rather than changed this writes each of them once; a log would be as large as what a
            // transaction writes.
            .journal_mode(SqliteJournalMode::Truncate)
            .synchronous(SqliteSynchronous::Normal);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        Ok(Self::alone(pool.connect_with(options).await?))
    }

    /// A handle for adding many rows: on SQLite a connection of its own whose cache holds what large indexes need,
    /// since rows come in another order than the indexes have. To be closed by [`Db::close_apart`].
    ///
    /// # Errors
    /// `Unavailable` when the file can't be opened.
    #[boxed]
    pub async fn apart(&self) -> Result<Self, StoreError> {
        let Pools::Sqlite { writes, .. } = self.pools() else {
            return Ok(self.clone());
        };
        let options = (*writes.connect_options())
            .clone()
            .pragma("cache_size", "-40000")
            .pragma("wal_autocheckpoint", "32000");
        let pool = file_pool().max_connections(1).acquire_timeout(LOCK_TIMEOUT);
        Ok(Self::alone(patiently(&pool, &options).await?))
    }

    /// One connection that does everything.
    pub(crate) fn alone(pool: SqlitePool) -> Self {
        let pools = Pools::Sqlite {
            reads: pool.clone(),
            writes: pool,
        };
        Self::of(pools, Writer::new(LOCK_TIMEOUT))
    }

    /// Closes what [`Db::apart`] opened.
    #[boxed]
    pub async fn close_apart(&self) {
        if self.engine() == Engine::Sqlite {
            self.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

    use sqlx::{Connection, Row, SqliteConnection};

    use super::*;

    async fn pragma(connection: &mut SqliteConnection, name: &str) -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(connection);
        row.await.unwrap().get(0)
    }

    #[tokio::test]
    async fn each_connection_to_the_database_keeps_what_it_acknowledges() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("k.db");
        let address = format!("sqlite://{}", file.display());
        let db = Db::open(&address).await.unwrap();
        let Pools::Sqlite { reads, writes } = db.pools() else {
            panic!("{address}");
        };
        let mut connections = vec![];
        for pool in [reads, writes] {
            for _ in 0..pool.options().get_max_connections() {
                connections.push(pool.acquire().await.unwrap());
            }
        }
        assert!(connections.len() > 1);
        for connection in &mut connections {
            let mut set = vec![];
            for name in ["journal_mode", "synchronous", "foreign_keys"] {
                set.push(pragma(connection, name).await);
            }
            assert_eq!(set, ["wal", "2", "1"]);
        }
    }

    #[tokio::test]
    async fn the_file_of_a_source_stays_as_it_is_and_need_not_be_writable() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("theirs.db");
        let address = format!("sqlite://{}", file.display());
        assert!(Db::open_foreign(&address).await.is_err());
        assert!(!file.exists(), "none is made");

        let made = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true);
        let mut theirs = SqliteConnection::connect_with(&made).await.unwrap();
        for sql in [
            "CREATE TABLE people (login TEXT)",
            "INSERT INTO people VALUES ('anna')",
        ] {
            sqlx::query(sql).execute(&mut theirs).await.unwrap();
        }
        theirs.close().await.unwrap();
        let before = std::fs::read(&file).unwrap();

        // As for somebody who may not write: root may write to any file, so it is said in the address.
        for address in [address.clone(), format!("{address}?mode=ro")] {
            let db = Db::open_foreign(&address).await.unwrap();
            let rows = db.fetch("SELECT login FROM people", &[]).await.unwrap();
            assert_eq!(rows[0].text(0), "anna");
            let writes = db.execute("INSERT INTO people VALUES ('bea')", &[]).await;
            assert_eq!(writes.is_err(), address.ends_with("ro"), "{address}");
            if writes.is_ok() {
                db.execute("DELETE FROM people WHERE login = 'bea'", &[])
                    .await
                    .unwrap();
            }
            db.close().await;
        }
        let mut theirs = SqliteConnection::connect_with(&made.create_if_missing(false))
            .await
            .unwrap();
        assert_eq!(pragma(&mut theirs, "journal_mode").await, "delete");
        theirs.close().await.unwrap();
        let names: Vec<_> = folder.path().read_dir().unwrap().collect();
        assert_eq!(names.len(), 1, "nothing beside it: {names:?}");
        assert_eq!(std::fs::read(&file).unwrap().len(), before.len());
    }
}
