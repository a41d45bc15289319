//! What can go wrong with a database, by what the caller can do about it.

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
    /// The address is none that Kartoteka understands.
    #[error("{0}")]
    Address(String),
    /// The table is not there.
    #[error("table {table} does not exist")]
    NoTable { table: String },
    /// The journal or index holds something that can't be read.
    #[error("unreadable row: {0}")]
    Unreadable(String),
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
            sqlx::Error::Database(reported) => {
                let code = reported.code().unwrap_or_default();
                if is_outage(&code) {
                    Self::Unavailable(error)
                } else {
                    Self::Database(error)
                }
            }
            _ => Self::Database(error),
        }
    }
}

/// Codes that speak of the database's state rather than of the statement: SQLite busy, locked, read-only,
/// I/O, full, can't open; PostgreSQL connection, resources, operator intervention, serialisation; MariaDB
/// lock timeout, deadlock, server gone.
fn is_outage(code: &str) -> bool {
    if code.len() == 5 && code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return ["08", "53", "57", "58"]
            .iter()
            .any(|class| code.starts_with(class))
            || matches!(code, "40001" | "40P01" | "55P03");
    }
    match code.parse::<u32>() {
        Ok(number) if number < 1000 => matches!(number & 0xff, 5 | 6 | 8 | 10 | 13 | 14),
        Ok(number) => matches!(number, 1205 | 1213 | 2006 | 2013 | 1040 | 1053 | 1021),
        Err(_) => false,
    }
}
