//! One statement over one connection, with its values bound and an end to waiting.

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{AssertSqlSafe, Database, Executor};
use tokio::time::error::Elapsed;

/// How long a database server may take for one statement, waiting for others included. One that hangs would hold
/// everybody up who asks it.
pub(crate) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);

/// What a server answers, if it does so in time. The file of an embedded database has a patience of its own, and
/// statements that take long on purpose.
///
/// Boxed: everything that Kartoteka does ends in a statement, and what the compiler knows of a use case would otherwise
/// reach down to the wire.
pub(crate) fn within<'a, T>(
    limit: Option<Duration>,
    asked: impl Future<Output = Result<T, sqlx::Error>> + Send + 'a,
) -> BoxFuture<'a, Result<Result<T, sqlx::Error>, Elapsed>>
where
    T: 'a,
{
    match limit {
        Some(limit) => Box::pin(tokio::time::timeout(limit, asked)),
        None => Box::pin(asked.map(Ok)),
    }
}

/// What is said of a server that did not answer in time.
pub(crate) fn late() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(
        std::io::ErrorKind::TimedOut,
        "the database did not answer in time",
    ))
}

/// A word to the database that is no statement of a use case.
pub(crate) async fn raw<'c, DB: Database>(
    link: impl Executor<'c, Database = DB>,
    sql: &'static str,
) -> Result<(), sqlx::Error> {
    let _ = link.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
    Ok(())
}

macro_rules! bind_all {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query(sqlx::AssertSqlSafe($sql.to_owned()));
        for arg in $args {
            query = match arg {
                $crate::values::Arg::Text(text) => query.bind(text.as_str()),
                $crate::values::Arg::Int(number) => query.bind(*number),
                $crate::values::Arg::NullText => query.bind(None::<&str>),
                $crate::values::Arg::NullInt => query.bind(None::<i64>),
            };
        }
        query
    }};
}

macro_rules! bind_owned {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query(sqlx::AssertSqlSafe($sql));
        for arg in $args {
            query = match arg {
                $crate::values::Arg::Text(text) => query.bind(text),
                $crate::values::Arg::Int(number) => query.bind(number),
                $crate::values::Arg::NullText => query.bind(None::<String>),
                $crate::values::Arg::NullInt => query.bind(None::<i64>),
            };
        }
        query
    }};
}

/// The rows of a statement as texts.
macro_rules! all {
    ($link:expr, $sql:expr, $args:expr) => {
        async {
            use sqlx::Row as _;
            let rows = $crate::statement::bind_all!($sql, $args)
                .fetch_all($link)
                .await?;
            let texts = rows.iter().map(|row| {
                let columns =
                    (0..row.len()).map(|at| row.try_get_unchecked::<Option<String>, _>(at));
                let columns = columns.collect::<Result<Vec<_>, _>>();
                columns.map($crate::values::TextRow)
            });
            texts.collect::<Result<Vec<_>, sqlx::Error>>()
        }
    };
}

/// How many rows a statement changed.
macro_rules! done {
    ($link:expr, $sql:expr, $args:expr) => {
        async {
            let done = $crate::statement::bind_all!($sql, $args).execute($link);
            Ok::<u64, sqlx::Error>(done.await?.rows_affected())
        }
    };
}

/// The same with values that are given away.
macro_rules! owned {
    ($link:expr, $sql:expr, $args:expr) => {
        async {
            let done = $crate::statement::bind_owned!($sql, $args).execute($link);
            Ok::<u64, sqlx::Error>(done.await?.rows_affected())
        }
    };
}

pub(crate) use {all, bind_all, bind_owned, done, owned};
