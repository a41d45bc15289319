//! SQLite files beside the databases: search indexes, work that is thrown away, and a connection for many rows.

use std::path::Path;
use std::time::Duration;

use sqlx::Connection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::db::{Db, PATIENCE};
use crate::error::StoreError;

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
    let until = tokio::time::Instant::now() + PATIENCE;
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

impl Db {
    /// Opens the file of a search index. What it holds can be made anew, so it needs no durability; `LIKE`
    /// regards case, since the texts in it are folded already.
    ///
    /// # Errors
    /// `Unavailable` for a file that can't be opened.
    pub async fn open_index(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .busy_timeout(PATIENCE)
            .pragma("case_sensitive_like", "ON")
            .pragma("cache_size", "-6000")
            .pragma("temp_store", "FILE");
        let pool = file_pool().max_connections(3).acquire_timeout(PATIENCE * 6);
        Ok(Self::Sqlite(patiently(&pool, &options).await?))
    }

    /// A handle for adding many rows: on SQLite a connection of its own whose cache holds what large indexes need,
    /// since rows come in another order than the indexes have. To be closed by [`Db::close_apart`].
    ///
    /// # Errors
    /// `Unavailable` when the file can't be opened.
    pub async fn apart(&self) -> Result<Self, StoreError> {
        let Self::Sqlite(pool) = self else {
            return Ok(self.clone());
        };
        let options = (*pool.connect_options())
            .clone()
            .pragma("cache_size", "-40000")
            .pragma("wal_autocheckpoint", "32000");
        let pool = file_pool().max_connections(1).acquire_timeout(PATIENCE);
        Ok(Self::Sqlite(patiently(&pool, &options).await?))
    }

    /// Closes what [`Db::apart`] opened.
    pub async fn close_apart(&self) {
        if let Self::Sqlite(pool) = self {
            pool.close().await;
        }
    }

    /// Opens an empty file for work that is thrown away: nothing in it survives anything.
    ///
    /// # Errors
    /// `Unavailable` for a file that can't be opened.
    pub async fn open_scratch(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-4000")
            .pragma("temp_store", "FILE");
        let pool = SqlitePoolOptions::new().max_connections(1);
        Ok(Self::Sqlite(pool.connect_with(options).await?))
    }
}
