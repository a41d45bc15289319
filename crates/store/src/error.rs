//! What can go wrong with a database, by what the caller can do about it.

use sqlx::error::DatabaseError;
use sqlx::mysql::MySqlDatabaseError;
use sqlx::sqlite::SqliteError;
use thiserror::Error;

/// A failure of a database.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database does not answer, is locked or full; trying again later may help.
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// A unique key refused the row.
    #[error("a row with the same key exists")]
    Duplicate(#[source] sqlx::Error),
    /// A text has characters that the database's encoding does not have.
    #[error("the database can't hold this text")]
    NotHeld(#[source] sqlx::Error),
    /// A column does not take a value, or a table a row.
    #[error("the database does not take this value")]
    Refused(#[source] sqlx::Error),
    /// The address is none that Kartoteka understands.
    #[error("{0}")]
    Address(String),
    /// The table is not there.
    #[error("table {table} does not exist")]
    NoTable { table: String },
    /// Somebody else made some of OTOBO's tables in this database, and others are not there: it is none that OTOBO works
    /// on as it is, and what is missing is not for Kartoteka to make.
    #[error(
        "the database has tables of OTOBO that Kartoteka did not make ({}), but not {}, which it needs; nothing was \
         changed. Name the database that OTOBO works on, let OTOBO finish its update, or name an empty database",
        present.join(", "),
        missing.join(", ")
    )]
    HalfOtobo {
        present: Vec<String>,
        missing: Vec<String>,
    },
    /// A later version of the program brought the database up to date.
    #[error(
        "a newer version of Kartoteka has worked on the database: its tables are of version {found}, and this program \
         knows version {known}; nothing was changed. Start the newer version, or restore a backup from before"
    )]
    Newer { found: i64, known: i64 },
    /// A page is to begin after a record that is not there.
    #[error("no record {0:?} to begin after")]
    NoPlace(String),
    /// The journal or index holds something that can't be read.
    #[error("unreadable row: {0}")]
    Unreadable(String),
    /// Statements that were prepared are gone, or somebody else's: a pool lends its connections for less than a session.
    #[error(
        "the database's connections are lent for one transaction (`pool_mode` of PgBouncer), and Kartoteka's statements \
         last for a session: set `pool_mode = session`, or name the database server itself"
    )]
    Lent(#[source] sqlx::Error),
    /// Anything else that the driver reports.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::Tls(_) => Self::Unavailable(error),
            sqlx::Error::Database(reported) if reported.is_unique_violation() => {
                Self::Duplicate(error)
            }
            // invalid_sql_statement_name, duplicate_prepared_statement
            sqlx::Error::Database(reported)
                if matches!(reported.code().as_deref(), Some("26000" | "42P05")) =>
            {
                Self::Lent(error)
            }
            sqlx::Error::Database(reported) => {
                let reported = reported.as_ref();
                if is_outage(reported) {
                    Self::Unavailable(error)
                } else if is_not_held(reported) {
                    Self::NotHeld(error)
                } else if is_of_value(reported) {
                    Self::Refused(error)
                } else {
                    Self::Database(error)
                }
            }
            _ => Self::Database(error),
        }
    }
}

/// Whether an error speaks of the database's state rather than of the statement. SQLite: busy, locked, read-only,
/// interrupted as it took too long, I/O, full, can't open. MariaDB: took too long, lock timeout, deadlock, too many connections, login, no such database, read-only, disk
/// full, shutting down. MySQL besides: closed for being idle, which MariaDB does without a word. PostgreSQL: connection,
/// login, no such database, read-only, resources, operator intervention, serialisation.
fn is_outage(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() {
        // The lower byte is the kind, what is above it the detail.
        let number = code.parse::<u32>().unwrap_or_default();
        return matches!(number & 0xff, 5 | 6 | 8 | 9 | 10 | 13 | 14);
    }
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return matches!(
            error.number(),
            1021 | 1026
                | 1030
                | 1040
                | 1044
                | 1045
                | 1049
                | 1053
                | 1114
                | 1129
                | 1205
                | 1213
                | 1290
                | 1836
                | 1927
                | 1969
                | 3024
                | 4031
        );
    }
    let class = code.get(..2).unwrap_or_default();
    matches!(class, "08" | "28" | "53" | "57" | "58")
        || matches!(&*code, "3D000" | "25006" | "40001" | "40P01" | "55P03")
}

/// Whether a text can't be told in the database's encoding: a character of which it has none (PostgreSQL), which a column's
/// character set has not (MariaDB and MySQL, where it is compared or stored).
fn is_not_held(error: &dyn DatabaseError) -> bool {
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        let text = error.message();
        return matches!(error.number(), 1267 | 1270 | 1271 | 3854 | 3988)
            || error.number() == 1366 && text.contains("string value");
    }
    error.try_downcast_ref::<SqliteError>().is_none()
        && matches!(error.code().as_deref(), Some("22P05" | "22021"))
}

/// Whether a value is what is wrong. SQLite: a check or NOT NULL, a type, a size. MariaDB: NULL, no default, out of range,
/// not of the type, too long, a check. PostgreSQL: data exceptions, NOT NULL, a check.
fn is_of_value(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() {
        let number = code.parse::<u32>().unwrap_or_default();
        return matches!(number, 275 | 1299 | 3091) || matches!(number & 0xff, 18 | 20);
    }
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return matches!(
            error.number(),
            1048 | 1264 | 1265 | 1292 | 1364 | 1366 | 1406 | 1411 | 3140 | 3819 | 4025
        );
    }
    code.starts_with("22") || matches!(&*code, "23502" | "23514")
}
