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
    /// Others were in the way: a deadlock, a lock that was not given in time, two nodes at once. The whole transaction
    /// was undone, and may go through when it is tried again.
    #[error("others were writing the same")]
    Contended(#[source] sqlx::Error),
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

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Unavailable(error.into())
    }
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
                if is_contention(reported) {
                    Self::Contended(error)
                } else if is_outage(reported) {
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

impl StoreError {
    /// Whether another node that makes the same tables was first: a table, index, key or row is there already, or the two
    /// were in each other's way.
    pub(crate) fn is_of_another_node(&self) -> bool {
        match self {
            Self::Contended(_) | Self::Duplicate(_) => true,
            Self::Database(sqlx::Error::Database(error)) => match number_of(error.as_ref()) {
                Number::MySql(number) => {
                    matches!(
                        number,
                        1005 | 1022
                            | 1050
                            | 1051
                            | 1054
                            | 1060
                            | 1061
                            | 1091
                            | 1146
                            | 1412
                            | 1684
                            | 1826
                    )
                }
                Number::Sqlite(_) | Number::Postgres(_) => false,
            },
            _ => false,
        }
    }

    /// Whether it says that nothing at all can be written: the disk is full, or the database is for reading only.
    /// SQLite: read-only, full, a write that failed (a quota, a limit of the system). MariaDB: disk full, table full, read-only (three ways to say so). PostgreSQL: read-only,
    /// disk full.
    pub fn refuses_writes(&self) -> bool {
        let Self::Unavailable(sqlx::Error::Database(error)) = self else {
            return false;
        };
        match number_of(error.as_ref()) {
            Number::Sqlite(number) => number == 778 || matches!(number & 0xff, 8 | 13),
            Number::MySql(number) => matches!(number, 1021 | 1114 | 1290 | 1792 | 1836),
            Number::Postgres(code) => matches!(&*code, "25006" | "53100"),
        }
    }
}

/// What a driver says of an error.
pub(crate) enum Number<'e> {
    Sqlite(u32),
    MySql(u16),
    Postgres(std::borrow::Cow<'e, str>),
}

pub(crate) fn number_of(error: &dyn DatabaseError) -> Number<'_> {
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqliteError>().is_some() {
        return Number::Sqlite(code.parse().unwrap_or_default());
    }
    match error.try_downcast_ref::<MySqlDatabaseError>() {
        Some(error) => Number::MySql(error.number()),
        None => Number::Postgres(code),
    }
}

/// Whether the transaction may go through when it is tried again. SQLite: the snapshot is too old. MariaDB: the row
/// changed, lock timeout, deadlock (which is also what a cluster calls two nodes at once). PostgreSQL: serialisation,
/// deadlock, lock timeout, and a transaction that was ended since it did nothing for long.
fn is_contention(error: &dyn DatabaseError) -> bool {
    match number_of(error) {
        Number::Sqlite(number) => number == 517,
        Number::MySql(number) => matches!(number, 1020 | 1205 | 1213),
        Number::Postgres(code) => matches!(&*code, "40001" | "40P01" | "55P03" | "25P03"),
    }
}

/// Whether an error speaks of the database's state rather than of the statement. SQLite: busy, locked, read-only,
/// interrupted as it took too long, I/O, full, can't open. MariaDB: too many connections (of all, of the user), login, no such database, not a part of its
/// cluster, read-only, disk full, shutting down, a statement or connection that was ended, the network. MySQL besides:
/// closed for being idle, which MariaDB does without a word. PostgreSQL: connection, login, no such database, read-only,
/// resources, operator intervention.
fn is_outage(error: &dyn DatabaseError) -> bool {
    match number_of(error) {
        // The lower byte is the kind, what is above it the detail.
        Number::Sqlite(number) => matches!(number & 0xff, 5 | 6 | 8 | 9 | 10 | 13 | 14),
        Number::MySql(number) => matches!(
            number,
            1021 | 1026
                | 1030
                | 1040
                | 1044
                | 1045
                | 1047
                | 1049
                | 1053
                | 1114
                | 1129
                | 1158
                | 1159
                | 1160
                | 1161
                | 1184
                | 1203
                | 1226
                | 1290
                | 1317
                | 1792
                | 1836
                | 1927
                | 1969
                | 3024
                | 4031
        ),
        Number::Postgres(code) => {
            let class = code.get(..2).unwrap_or_default();
            matches!(class, "08" | "28" | "53" | "57" | "58") || matches!(&*code, "3D000" | "25006")
        }
    }
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
