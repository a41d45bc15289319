//! One handle over the three engines. Every statement of Kartoteka goes through this file or a transaction, with its
//! values bound; rows come back as texts.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use kartoteka_boxed::boxed;
use sqlx::mysql::MySqlPool;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use tokio::sync::OnceCell;

use crate::error::StoreError;
use crate::statement::{STATEMENT_TIMEOUT, all, done, late, within};
use crate::writer::{Writer, open_in};

pub use crate::engine::Engine;
pub use crate::tx::Tx;
pub use crate::values::{Arg, TextRow};
pub use crate::writer::{beside_save, is_saving, saving};

/// How long a statement waits for a connection or a lock before the database counts as unavailable.
pub(crate) const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How long whoever asks whether a database can be written to waits for its turn.
const PROBE: Duration = Duration::from_secs(1);

/// Binds texts and numbers: `args![login, 1]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::db::Arg::from($value)),*] };
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Db {
    pools: Pools,
    writer: Arc<Writer>,
    /// Whether a database on PostgreSQL has all characters there are, once that was asked.
    wide: Arc<OnceCell<bool>>,
}

/// Connections that read, and others that write. An embedded database has one writer.
#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Sqlite {
        reads: SqlitePool,
        writes: SqlitePool,
    },
    Postgres {
        reads: PgPool,
        writes: PgPool,
    },
    MySql {
        reads: MySqlPool,
        writes: MySqlPool,
    },
}

/// Runs a statement on a connection of a pool. A server that does not answer in time is hung up on: the connection would
/// stay taken for as long as it hangs.
macro_rules! on {
    ($pool:expr, $limit:expr, |$link:ident| $work:expr) => {{
        let mut held = $pool.acquire().await?;
        let $link = &mut *held;
        match within($limit, $work).await {
            Ok(outcome) => outcome.map_err(StoreError::from),
            Err(_) => {
                drop(held.detach());
                Err(StoreError::Unavailable(late()))
            }
        }
    }};
}

impl Db {
    pub(crate) fn of(pools: Pools, writer: Arc<Writer>) -> Self {
        Self {
            pools,
            writer,
            wide: Arc::default(),
        }
    }

    pub(crate) fn wide(&self) -> &OnceCell<bool> {
        &self.wide
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
            Pools::MySql { .. } => Engine::MySql,
        }
    }

    /// The same as [`Db::fetch`], whatever the values are. It is a part of the transaction that a save has open here, if it
    /// has one.
    pub(crate) async fn fetch_as_it_is(
        &self,
        sql: &str,
        args: &[Arg],
    ) -> Result<Vec<TextRow>, StoreError> {
        let sql = self.engine().placeholders(sql);
        if let Some(live) = open_in(&self.writer) {
            return live.lock().await.fetch(&sql, args).await;
        }
        match &self.pools {
            Pools::Sqlite { reads, .. } => on!(reads, None, |link| all!(link, sql, args)),
            Pools::Postgres { reads, .. } => {
                on!(reads, Some(STATEMENT_TIMEOUT), |link| all!(link, sql, args))
            }
            Pools::MySql { reads, .. } => {
                on!(reads, Some(STATEMENT_TIMEOUT), |link| all!(link, sql, args))
            }
        }
    }

    /// Runs a statement; how many rows it changed. It is a part of a save's transaction as [`Db::fetch`] is.
    pub fn execute<'a>(
        &'a self,
        sql: &'a str,
        args: &'a [Arg],
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(async move {
            let sql = self.engine().placeholders(sql);
            if let Some(live) = open_in(&self.writer) {
                return live.lock().await.execute(&sql, args).await;
            }
            self.writer.noting(self.execute_alone(&sql, args).await)
        })
    }

    async fn execute_alone(&self, sql: &str, args: &[Arg]) -> Result<u64, StoreError> {
        match &self.pools {
            Pools::Sqlite { writes, .. } => on!(writes, None, |link| done!(link, sql, args)),
            Pools::Postgres { writes, .. } => {
                on!(writes, Some(STATEMENT_TIMEOUT), |link| done!(
                    link, sql, args
                ))
            }
            Pools::MySql { writes, .. } => on!(writes, Some(STATEMENT_TIMEOUT), |link| done!(
                link, sql, args
            )),
        }
    }

    /// Begins a transaction that will write, when it is its turn: of this process one at a time writes to a database.
    ///
    /// # Errors
    /// `Unavailable` when those before it take too long, or the database does not answer.
    pub fn begin(&self) -> BoxFuture<'_, Result<Tx, StoreError>> {
        Box::pin(Tx::begin(&self.pools, self.engine(), &self.writer))
    }

    /// Whether Kartoteka's own database can be written to, as far as is known: not on a full disk or a standby. What was
    /// refused before, or never tried, is tried.
    #[boxed]
    pub async fn takes_writes(&self) -> bool {
        if !self.writer.is_known_to_write() {
            self.try_to_write().await;
        }
        !self.writer.refuses()
    }

    /// Writes something large enough to need room, and takes it back out. What was known before stands when others are
    /// writing all the time.
    async fn try_to_write(&self) {
        let tried = async {
            let mut tx = self.begin().await?;
            let large = "-".repeat(50_000);
            let name = format!("probe-{:p}", Arc::as_ptr(&self.writer));
            let put = "INSERT INTO kt_state (name, value) VALUES (?, ?)";
            tx.execute(put, &args![name.as_str(), large]).await?;
            let drop = "DELETE FROM kt_state WHERE name = ?";
            tx.execute(drop, &args![name.as_str()]).await?;
            tx.commit().await
        };
        match tokio::time::timeout(PROBE, tried).await {
            Ok(Ok(())) => self.writer.note_refusing(false),
            Ok(Err(error)) if error.refuses_writes() => self.writer.note_refusing(true),
            Ok(Err(_)) | Err(_) => {}
        }
    }

    /// Closes all connections after the statements in progress.
    #[boxed]
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { reads, writes } => {
                reads.close().await;
                writes.close().await;
            }
            Pools::Postgres { reads, writes } => {
                futures::join!(reads.close(), writes.close());
            }
            Pools::MySql { reads, writes } => {
                futures::join!(reads.close(), writes.close());
            }
        }
    }
}
