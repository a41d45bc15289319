//! Opening databases: connections for reading and others for writing, so that no reader waits for a writer.

use std::str::FromStr;
use std::time::Duration;

use kartoteka_boxed::boxed;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Database};

use crate::db::{Db, LOCK_TIMEOUT, Pools};
use crate::deadline;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::files::{file_pool, patiently};
use crate::writer::Writer;

/// A connection that was used this lately is taken to be there still: to ask the server first takes as long as most
/// statements do. One that has gone meanwhile fails the statement, and is not used again.
const PING_AFTER: Duration = Duration::from_secs(1);

/// How long a save waits for those before it. It is less than a request may take.
pub(crate) const QUEUE: Duration = Duration::from_secs(20);

/// Connections of one node to a database server that read.
const READING: u32 = 8;

/// Those that write: a transaction, and statements that are none, as a session's last use.
const WRITING: u32 = 4;

/// Whether a connection that was idle can be used. One that writes is asked each time: beside what a save costs that is
/// nothing, and no save fails because a server was started anew.
async fn is_there(
    connection: &mut impl Connection,
    since: PoolConnectionMetadata,
    writes: bool,
) -> Result<bool, sqlx::Error> {
    if writes || since.idle_for >= PING_AFTER {
        connection.ping().await?;
    }
    Ok(true)
}

/// Whether one that nobody waits for any more can be used again. One whose server hangs would stay taken.
async fn answers(connection: &mut impl Connection) -> Result<bool, sqlx::Error> {
    tokio::time::timeout(LOCK_TIMEOUT, connection.ping())
        .await
        .unwrap_or_else(|_| Err(crate::statement::late()))?;
    Ok(true)
}

/// A lock that is not given in this time fails the statement and not the connection; and whoever hangs in the middle of a
/// transaction, as a node whose machine stands still, loses it and its locks before the others run out of patience.
const POSTGRES: &str = "SET lock_timeout = '4s'; SET idle_in_transaction_session_timeout = '8s'";

/// The same. To MySQL, which has no limit for idle transactions, what is in `M!` is a comment: there an idle connection
/// that writes ends after half a minute.
const MYSQL: &str = "SET SESSION innodb_lock_wait_timeout = 4 \
    /*M!100307 , SESSION idle_transaction_timeout = 8 */";

const MYSQL_WRITES: &str = "SET SESSION wait_timeout = 30";

fn postgres(most: u32, writes: bool) -> PgPoolOptions {
    server_pool(PgPoolOptions::new(), most)
        .after_connect(|connection, _| {
            Box::pin(async move {
                deadline::on_postgres(connection).await?;
                sqlx::raw_sql(POSTGRES).execute(connection).await?;
                Ok(())
            })
        })
        .after_release(|connection, _| Box::pin(answers(connection)))
        .before_acquire(move |connection, since| Box::pin(is_there(connection, since, writes)))
}

fn mysql(most: u32, writes: bool) -> MySqlPoolOptions {
    server_pool(MySqlPoolOptions::new(), most)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                deadline::on_mysql(connection).await?;
                sqlx::raw_sql(MYSQL).execute(&mut *connection).await?;
                if writes {
                    sqlx::raw_sql(MYSQL_WRITES).execute(connection).await?;
                }
                Ok(())
            })
        })
        .after_release(|connection, _| Box::pin(answers(connection)))
        .before_acquire(move |connection, since| Box::pin(is_there(connection, since, writes)))
}

fn server_pool<DB: Database>(
    options: sqlx::pool::PoolOptions<DB>,
    most: u32,
) -> sqlx::pool::PoolOptions<DB> {
    options
        .max_connections(most)
        .acquire_timeout(LOCK_TIMEOUT)
        .test_before_acquire(false)
}

impl Db {
    /// Opens a database. Nothing is connected yet on PostgreSQL and MariaDB.
    ///
    /// # Errors
    /// `Address` for one that can't be read, `Unavailable` for a SQLite file that can't be opened.
    #[boxed]
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        Self::open_as(address, true).await
    }

    /// Opens somebody else's database, from which a source takes its records. One that is not there is not made, and
    /// its file stays as it is.
    ///
    /// # Errors
    /// As [`Db::open`].
    #[boxed]
    pub async fn open_foreign(address: &str) -> Result<Self, StoreError> {
        Self::open_as(address, false).await
    }

    async fn open_as(address: &str, own: bool) -> Result<Self, StoreError> {
        let unreadable = |error: sqlx::Error| StoreError::Address(error.to_string());
        let pools = match crate::address::engine(address)? {
            Engine::Sqlite => {
                let mut options = SqliteConnectOptions::from_str(address)
                    .map_err(unreadable)?
                    .create_if_missing(own);
                if own {
                    options = options.journal_mode(SqliteJournalMode::Wal);
                }
                let options = options
                    // FULL: an acknowledged save survives loss of power, not only of the program.
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(LOCK_TIMEOUT)
                    .pragma("cache_size", "-4000");
                let pool = file_pool().acquire_timeout(LOCK_TIMEOUT);
                let writes = patiently(&pool.clone().max_connections(1), &options).await?;
                let reads = deadline::bounded(pool)
                    .max_connections(5)
                    .connect_lazy_with(options);
                Pools::Sqlite { reads, writes }
            }
            Engine::Postgres => {
                let options = PgConnectOptions::from_str(address)
                    .map_err(unreadable)?
                    .application_name("kartoteka");
                Pools::Postgres {
                    reads: postgres(READING, false).connect_lazy_with(options.clone()),
                    writes: postgres(WRITING, true).connect_lazy_with(options),
                }
            }
            Engine::MySql => {
                let address = address.replacen("mariadb:", "mysql:", 1);
                let options = MySqlConnectOptions::from_str(&address)
                    .map_err(unreadable)?
                    .charset("utf8mb4")
                    .collation("utf8mb4_unicode_ci");
                Pools::MySql {
                    reads: mysql(READING, false).connect_lazy_with(options.clone()),
                    writes: mysql(WRITING, true).connect_lazy_with(options),
                }
            }
        };
        Ok(Self::of(pools, Writer::new(QUEUE)))
    }
}
