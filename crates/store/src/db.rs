//! One handle over the three engines. Every statement of Kartoteka goes through this file, with its
//! values bound; rows come back as texts.

use std::str::FromStr;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlPool, MySqlPoolOptions};
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Database, MySql, Pool, Postgres, Row, Sqlite, Transaction};

use crate::deadline;
use crate::error::StoreError;
use crate::files::{file_pool, patiently};

pub use crate::values::{Arg, TextRow};

/// How long a statement waits for a connection or a lock before the database counts as unavailable.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How long a database server may take for one statement, waiting for others included. One that hangs would hold
/// everybody up who asks it.
const ANSWER: Duration = Duration::from_secs(10);

/// A connection that was used this lately is taken to be there still: to ask the server first takes as long as most
/// statements do. One that has gone meanwhile fails the statement, and is not used again.
const FRESH: Duration = Duration::from_secs(1);

/// Whether a connection that was idle can be used.
async fn is_there(
    connection: &mut impl Connection,
    since: PoolConnectionMetadata,
) -> Result<bool, sqlx::Error> {
    if since.idle_for >= FRESH {
        connection.ping().await?;
    }
    Ok(true)
}

/// The engines that Kartoteka speaks to. MariaDB and MySQL are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
    MySql,
}

impl Engine {
    /// Puts an identifier in the engine's quotes.
    pub fn quote(self, identifier: &str) -> String {
        match self {
            Self::MySql => format!("`{}`", identifier.replace('`', "``")),
            Self::Sqlite | Self::Postgres => format!("\"{}\"", identifier.replace('"', "\"\"")),
        }
    }

    /// A column of a select list read as text, whatever its type. It gets a name of its own, so that an `ORDER BY` of
    /// the column means the column and not its text.
    pub fn as_text(self, column: &str) -> String {
        let kind = if self == Self::MySql { "CHAR" } else { "TEXT" };
        format!(
            "CAST({} AS {kind}) AS {}",
            self.quote(column),
            self.quote(&format!("text_{column}"))
        )
    }

    /// How many rows there are, read as text.
    pub fn counted(self) -> &'static str {
        match self {
            Self::MySql => "CAST(COUNT(*) AS CHAR)",
            Self::Sqlite | Self::Postgres => "CAST(COUNT(*) AS TEXT)",
        }
    }

    /// A placeholder for a time given as `YYYY-MM-DD HH:MM:SS`.
    pub fn time_placeholder(self) -> &'static str {
        match self {
            Self::Postgres => "CAST(? AS timestamp)",
            Self::Sqlite | Self::MySql => "?",
        }
    }

    /// Writes `?` as the engine numbers its placeholders. Statements hold no `?` in literals.
    fn placeholders(self, sql: &str) -> String {
        if self != Self::Postgres {
            return sql.to_owned();
        }
        let mut numbered = String::with_capacity(sql.len() + 16);
        let mut number = 0;
        for c in sql.chars() {
            if c == '?' {
                number += 1;
                numbered.push('$');
                numbered.push_str(&number.to_string());
            } else {
                numbered.push(c);
            }
        }
        numbered
    }
}

/// Binds texts and numbers: `args![login, 1]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::db::Arg::from($value)),*] };
}

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite(SqlitePool),
    Postgres(PgPool),
    MySql(MySqlPool),
}

/// A transaction; it is undone unless it is committed.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
    MySql(Transaction<'static, MySql>),
}

macro_rules! bind_all {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql));
        for arg in $args {
            query = match arg {
                Arg::Text(text) => query.bind(text.as_str()),
                Arg::Int(number) => query.bind(*number),
                Arg::NullText => query.bind(None::<&str>),
                Arg::NullInt => query.bind(None::<i64>),
            };
        }
        query
    }};
}

/// What a server answers, if it does.
///
/// Boxed, here and below: everything that Kartoteka does ends in a statement, and what the compiler knows of a use case
/// would otherwise reach down to the wire.
async fn answer<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    tokio::time::timeout(ANSWER, Box::pin(asked))
        .await
        .unwrap_or_else(|late| Err(sqlx::Error::Io(std::io::Error::other(late))))
}

/// The file of an embedded database has a patience of its own, and statements that take long on purpose; questions end by
/// themselves ([`deadline`]).
async fn unlimited<T>(
    asked: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    Box::pin(asked).await
}

macro_rules! bind_owned {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql));
        for arg in $args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::Int(number) => query.bind(number),
                Arg::NullText => query.bind(None::<String>),
                Arg::NullInt => query.bind(None::<i64>),
            };
        }
        query
    }};
}

macro_rules! fetch {
    ($wait:ident, $executor:expr, $sql:expr, $args:expr) => {{
        let rows = $wait(bind_all!($sql, $args).fetch_all($executor)).await?;
        let texts = rows.iter().map(|row| {
            let columns = (0..row.len()).map(|at| row.try_get_unchecked::<Option<String>, _>(at));
            columns.collect::<Result<Vec<_>, _>>().map(TextRow)
        });
        Ok(texts.collect::<Result<Vec<_>, sqlx::Error>>()?)
    }};
}

macro_rules! execute {
    ($wait:ident, $executor:expr, $sql:expr, $args:expr) => {{
        Ok($wait(bind_all!($sql, $args).execute($executor))
            .await?
            .rows_affected())
    }};
}

impl Db {
    /// Opens a database. Nothing is connected yet on PostgreSQL and MariaDB.
    ///
    /// # Errors
    /// `Address` for one that can't be read, `Unavailable` for a SQLite file that can't be opened.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        Self::open_as(address, true).await
    }

    /// Opens somebody else's database, from which a source takes its records. One that is not there is not made, and
    /// its file stays as it is.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_foreign(address: &str) -> Result<Self, StoreError> {
        Self::open_as(address, false).await
    }

    async fn open_as(address: &str, own: bool) -> Result<Self, StoreError> {
        let unreadable = |error: sqlx::Error| StoreError::Address(error.to_string());
        match crate::address::engine(address)? {
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
                    .busy_timeout(PATIENCE)
                    .pragma("cache_size", "-4000");
                let pool = deadline::bounded(file_pool())
                    .max_connections(6)
                    .acquire_timeout(PATIENCE);
                Ok(Self::Sqlite(patiently(&pool, &options).await?))
            }
            Engine::Postgres => {
                let options = PgConnectOptions::from_str(address)
                    .map_err(unreadable)?
                    .application_name("kartoteka");
                let pool = PgPoolOptions::new()
                    .max_connections(12)
                    .acquire_timeout(PATIENCE)
                    .test_before_acquire(false)
                    .after_connect(|connection, _| Box::pin(deadline::on_postgres(connection)))
                    .before_acquire(|connection, since| Box::pin(is_there(connection, since)));
                Ok(Self::Postgres(pool.connect_lazy_with(options)))
            }
            Engine::MySql => {
                let address = address.replacen("mariadb:", "mysql:", 1);
                let options = MySqlConnectOptions::from_str(&address)
                    .map_err(unreadable)?
                    .charset("utf8mb4")
                    .collation("utf8mb4_unicode_ci");
                let pool = MySqlPoolOptions::new()
                    .max_connections(12)
                    .acquire_timeout(PATIENCE)
                    .test_before_acquire(false)
                    .after_connect(|connection, _| Box::pin(deadline::on_mysql(connection)))
                    .before_acquire(|connection, since| Box::pin(is_there(connection, since)));
                Ok(Self::MySql(pool.connect_lazy_with(options)))
            }
        }
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
            Self::MySql(_) => Engine::MySql,
        }
    }

    /// The same as [`Db::fetch`], whatever the values are.
    pub(crate) async fn fetch_as_it_is(
        &self,
        sql: &str,
        args: &[Arg],
    ) -> Result<Vec<TextRow>, StoreError> {
        let sql = self.engine().placeholders(sql);
        match self {
            Self::Sqlite(pool) => fetch!(unlimited, pool, sql, args),
            Self::Postgres(pool) => fetch!(answer, pool, sql, args),
            Self::MySql(pool) => fetch!(answer, pool, sql, args),
        }
    }

    /// Runs a statement; how many rows it changed.
    pub async fn execute(&self, sql: &str, args: &[Arg]) -> Result<u64, StoreError> {
        let sql = self.engine().placeholders(sql);
        match self {
            Self::Sqlite(pool) => {
                let mut connection = deadline::lifted(pool).await?;
                execute!(unlimited, &mut *connection, sql, args)
            }
            Self::Postgres(pool) => execute!(answer, pool, sql, args),
            Self::MySql(pool) => execute!(answer, pool, sql, args),
        }
    }

    /// Begins a transaction that will write. SQLite takes its write lock at once, so that no
    /// transaction fails halfway for want of it.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => {
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                deadline::lift(&mut tx).await?;
                Tx::Sqlite(tx)
            }
            Self::Postgres(pool) => Tx::Postgres(begun(pool).await?),
            Self::MySql(pool) => Tx::MySql(begun(pool).await?),
        })
    }

    /// Closes all connections after the statements in progress.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
            Self::MySql(pool) => pool.close().await,
        }
    }
}

/// Begins a transaction, whether or not somebody still waits for it. Cut off in the middle, the server would have begun
/// one of which the driver knows nothing: what is written over that connection afterwards would never be committed.
async fn begun<DB: Database>(pool: &Pool<DB>) -> Result<Transaction<'static, DB>, sqlx::Error> {
    let pool = pool.clone();
    let task = tokio::spawn(async move { pool.begin().await });
    answer(async {
        task.await
            .unwrap_or_else(|error| Err(sqlx::Error::Io(std::io::Error::other(error))))
    })
    .await
}

impl Tx {
    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
            Self::MySql(_) => Engine::MySql,
        }
    }

    /// The rows that a statement answers, as [`Db::fetch`].
    pub async fn fetch(&mut self, sql: &str, args: &[Arg]) -> Result<Vec<TextRow>, StoreError> {
        let sql = self.engine().placeholders(sql);
        match self {
            Self::Sqlite(tx) => fetch!(unlimited, &mut **tx, sql, args),
            Self::Postgres(tx) => fetch!(answer, &mut **tx, sql, args),
            Self::MySql(tx) => fetch!(answer, &mut **tx, sql, args),
        }
    }

    /// Runs a statement; how many rows it changed.
    pub async fn execute(&mut self, sql: &str, args: &[Arg]) -> Result<u64, StoreError> {
        let sql = self.engine().placeholders(sql);
        match self {
            Self::Sqlite(tx) => execute!(unlimited, &mut **tx, sql, args),
            Self::Postgres(tx) => execute!(answer, &mut **tx, sql, args),
            Self::MySql(tx) => execute!(answer, &mut **tx, sql, args),
        }
    }

    /// Runs a statement as [`Tx::execute`], with values that are not needed afterwards: many rows at once.
    pub async fn execute_owned(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64, StoreError> {
        let sql = self.engine().placeholders(sql);
        let done = match self {
            Self::Sqlite(tx) => {
                let done = unlimited(bind_owned!(sql, args).execute(&mut **tx));
                done.await?.rows_affected()
            }
            Self::Postgres(tx) => {
                let done = answer(bind_owned!(sql, args).execute(&mut **tx));
                done.await?.rows_affected()
            }
            Self::MySql(tx) => {
                let done = answer(bind_owned!(sql, args).execute(&mut **tx));
                done.await?.rows_affected()
            }
        };
        Ok(done)
    }

    /// Keeps what was written.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => answer(tx.commit()).await?,
            Self::MySql(tx) => answer(tx.commit()).await?,
        }
        Ok(())
    }
}
