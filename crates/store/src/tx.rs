//! Transactions: a connection that is held, and undone unless it is committed.

use std::sync::Arc;

use futures::future::BoxFuture;
use kartoteka_boxed::boxed;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, MySql, Postgres, Sqlite};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedSemaphorePermit};

use crate::db::Pools;
use crate::deadline;
use crate::engine::Engine;
use crate::error::StoreError;
use crate::statement::{STATEMENT_TIMEOUT, all, done, late, owned, raw, within};
use crate::values::{Arg, TextRow};
use crate::writer::Writer;

/// A transaction; it is undone unless it is committed.
pub struct Tx {
    live: Arc<Mutex<Live>>,
    engine: Engine,
}

/// The connection of a transaction.
pub(crate) enum Link {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
    MySql(PoolConnection<MySql>),
}

/// A transaction that goes on.
pub(crate) struct Live {
    /// None once it ended, or its connection was given up.
    link: Option<Link>,
    /// A statement is under way: what comes next over the connection is its answer.
    busy: bool,
    turn: Option<OwnedSemaphorePermit>,
    writer: Arc<Writer>,
}

/// Runs a statement over whichever connection it is; a server has so long to answer, and one that did not is hung up on:
/// it would stay taken for as long as it hangs.
macro_rules! run {
    ($live:expr, $limit:expr, |$link:ident| $work:expr) => {{
        let live = $live;
        let limit = $limit;
        live.busy = true;
        let outcome = match live.link.as_mut() {
            None => Ok(Err(gone())),
            Some(Link::Sqlite(held)) => {
                let $link = &mut **held;
                within(None, $work).await
            }
            Some(Link::Postgres(held)) => {
                let $link = &mut **held;
                within(limit, $work).await
            }
            Some(Link::MySql(held)) => {
                let $link = &mut **held;
                within(limit, $work).await
            }
        };
        live.busy = false;
        match outcome {
            Ok(outcome) => live.writer.noting(outcome.map_err(StoreError::from)),
            Err(_) => {
                if let Some(link) = live.link.take() {
                    link.hang_up();
                }
                Err(StoreError::Unavailable(late()))
            }
        }
    }};
}

fn gone() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::other(
        "the transaction's connection is gone",
    ))
}

impl Link {
    /// Closes the connection without a word: whoever is at the other end may not listen.
    fn hang_up(self) {
        match self {
            Self::Sqlite(held) => drop(held.detach()),
            Self::Postgres(held) => drop(held.detach()),
            Self::MySql(held) => drop(held.detach()),
        }
    }

    fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    async fn undo(mut self) {
        let undone = match &mut self {
            Self::Sqlite(held) => within(None, raw(&mut **held, "ROLLBACK")).await,
            Self::Postgres(held) => {
                within(Some(STATEMENT_TIMEOUT), raw(&mut **held, "ROLLBACK")).await
            }
            Self::MySql(held) => {
                within(Some(STATEMENT_TIMEOUT), raw(&mut **held, "ROLLBACK")).await
            }
        };
        match (undone, self) {
            (Ok(Ok(())), _) => {}
            // SQLite undoes some by itself, as when the disk is full.
            (_, Self::Sqlite(held)) => drop(held.detach().close().await),
            (_, link) => link.hang_up(),
        }
    }
}

impl Live {
    #[boxed]
    pub async fn fetch(&mut self, sql: &str, args: &[Arg]) -> Result<Vec<TextRow>, StoreError> {
        run!(self, Some(STATEMENT_TIMEOUT), |link| all!(link, sql, args))
    }

    #[boxed]
    pub async fn execute(&mut self, sql: &str, args: &[Arg]) -> Result<u64, StoreError> {
        run!(self, Some(STATEMENT_TIMEOUT), |link| done!(link, sql, args))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let Some(link) = self.link.take() else { return };
        let turn = self.turn.take();
        match Handle::try_current() {
            Ok(runtime) if link.is_embedded() || !self.busy => {
                // Its turn is over when it is undone.
                runtime.spawn(async move {
                    link.undo().await;
                    drop(turn);
                });
            }
            // Nobody waits for the answer any more, which may never come.
            _ => link.hang_up(),
        }
    }
}

impl Tx {
    /// Begins one, when it is its turn. SQLite takes its write lock at once, so that no transaction fails halfway for
    /// want of it.
    pub(crate) async fn begin(
        pools: &Pools,
        engine: Engine,
        writer: &Arc<Writer>,
    ) -> Result<Self, StoreError> {
        crate::writer::refuse_second(writer)?;
        tracing::trace!(target: "kartoteka::writes", "asks to write");
        let turn = writer.turn().await?;
        let link = match pools {
            Pools::Sqlite { writes, .. } => Link::Sqlite(writes.acquire().await?),
            Pools::Postgres { writes, .. } => Link::Postgres(writes.acquire().await?),
            Pools::MySql { writes, .. } => Link::MySql(writes.acquire().await?),
        };
        // Cut off from here on, it is undone.
        let mut live = Live {
            link: Some(link),
            busy: false,
            turn: Some(turn),
            writer: Arc::clone(writer),
        };
        let begin = match engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres | Engine::MySql => "BEGIN",
        };
        run!(&mut live, Some(STATEMENT_TIMEOUT), |link| raw(link, begin))?;
        let live = Arc::new(Mutex::new(live));
        crate::writer::note_open(writer, &live);
        Ok(Self { live, engine })
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The rows that a statement answers, as [`Db::fetch`](crate::Db::fetch).
    pub fn fetch<'a>(
        &'a mut self,
        sql: &'a str,
        args: &'a [Arg],
    ) -> BoxFuture<'a, Result<Vec<TextRow>, StoreError>> {
        Box::pin(async move {
            let sql = self.engine.placeholders(sql);
            self.live.lock().await.fetch(&sql, args).await
        })
    }

    /// Runs a statement; how many rows it changed.
    pub fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        args: &'a [Arg],
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(async move {
            let sql = self.engine.placeholders(sql);
            self.live.lock().await.execute(&sql, args).await
        })
    }

    /// Runs a statement that may take as long as it needs, as one that makes an index of a large table does.
    ///
    /// # Errors
    /// When the statement is refused.
    #[boxed]
    pub async fn execute_patiently(&mut self, sql: &str) -> Result<(), StoreError> {
        let mut live = self.live.lock().await;
        if let Some(lift) = deadline::lift(self.engine) {
            run!(&mut *live, Some(STATEMENT_TIMEOUT), |link| raw(link, lift))?;
        }
        let done = run!(&mut *live, None, |link| done!(link, sql, &[] as &[Arg]));
        if self.engine == Engine::MySql {
            run!(&mut *live, Some(STATEMENT_TIMEOUT), |link| raw(
                link,
                deadline::MYSQL
            ))?;
        }
        done.map(|_| ())
    }

    /// Runs a statement as [`Tx::execute`], with values that are not needed afterwards: many rows at once.
    pub fn execute_owned<'a>(
        &'a mut self,
        sql: &'a str,
        args: Vec<Arg>,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(async move {
            let sql = self.engine.placeholders(sql);
            let mut live = self.live.lock().await;
            run!(&mut *live, Some(STATEMENT_TIMEOUT), |link| owned!(
                link, sql, args
            ))
        })
    }

    /// Keeps what was written.
    pub fn commit(self) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(async move {
            let mut live = self.live.lock().await;
            run!(&mut *live, Some(STATEMENT_TIMEOUT), |link| raw(
                link, "COMMIT"
            ))?;
            live.writer.note_written();
            // The connection first: whoever is next needs it.
            drop(live.link.take());
            drop(live.turn.take());
            Ok(())
        })
    }
}
