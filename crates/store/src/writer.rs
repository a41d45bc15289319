//! Whose turn it is to write. A transaction waits for its turn before it takes a connection, so that nobody holds a
//! connection while waiting for one; and within a save, every statement goes over the connection of its transaction.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use kartoteka_boxed::boxed;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::StoreError;
use crate::tx::Live;

/// How many may wait to write to one database; whoever comes after them is told at once.
const MOST_WAITING: usize = 1024;

const UNKNOWN: u8 = 0;
const TAKES: u8 = 1;
const REFUSES: u8 = 2;

/// The one who writes to a database, of all that this process does.
#[derive(Debug)]
pub(crate) struct Writer {
    turn: Arc<Semaphore>,
    waiting: Semaphore,
    patience: Duration,
    /// Whether it can be written to, as far as that was seen.
    writes: AtomicU8,
}

impl Writer {
    pub fn new(patience: Duration) -> Arc<Self> {
        Arc::new(Self {
            turn: Arc::new(Semaphore::new(1)),
            waiting: Semaphore::new(MOST_WAITING),
            patience,
            writes: AtomicU8::new(UNKNOWN),
        })
    }

    /// Waits for its turn, in the order of those who came.
    #[boxed]
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        let late = || StoreError::Unavailable(sqlx::Error::PoolTimedOut);
        let _place = self.waiting.try_acquire().map_err(|_| late())?;
        tokio::time::timeout(self.patience, Arc::clone(&self.turn).acquire_owned())
            .await
            .map_err(|_| late())?
            .map_err(|_| StoreError::Unavailable(sqlx::Error::PoolClosed))
    }

    /// Whether the last write was refused because nothing can be written: a full disk, a standby.
    pub fn refuses(&self) -> bool {
        self.writes.load(Ordering::Relaxed) == REFUSES
    }

    pub fn is_known_to_write(&self) -> bool {
        self.writes.load(Ordering::Relaxed) == TAKES
    }

    pub fn note_refusing(&self, refuses: bool) {
        let writes = if refuses { REFUSES } else { TAKES };
        self.writes.store(writes, Ordering::Relaxed);
    }

    /// Something was written. On a full disk small things still can be: it does not take back what was seen before.
    pub fn note_written(&self) {
        let (before, after) = (UNKNOWN, TAKES);
        let order = Ordering::Relaxed;
        let _ = self.writes.compare_exchange(before, after, order, order);
    }

    /// Notes it where an error says so.
    pub fn noting<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        if outcome.as_ref().is_err_and(StoreError::refuses_writes) {
            self.note_refusing(true);
        }
        outcome
    }
}

tokio::task_local! {
    static SAVE: Save;
}

/// A database and the transaction that is open in it.
type Open = (usize, Weak<tokio::sync::Mutex<Live>>);

/// The transactions that a save has open, by the database.
#[derive(Clone, Default)]
struct Save {
    open: Arc<Mutex<Vec<Open>>>,
    /// Reads go over connections of their own nevertheless.
    beside: bool,
}

impl Save {
    fn open_in(&self, writer: &Arc<Writer>) -> Option<Arc<tokio::sync::Mutex<Live>>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(_, live)| live.strong_count() > 0);
        let found = open.iter().find(|(one, _)| *one == id(writer))?;
        found.1.upgrade()
    }
}

fn id(writer: &Arc<Writer>) -> usize {
    Arc::as_ptr(writer).addr()
}

/// One save: once it has begun a transaction, whatever it reads and writes in that database is a part of it, until it
/// ends. So what is checked is what the transaction sees, and no second connection is taken while one is held.
pub fn saving<T>(work: impl Future<Output = T>) -> impl Future<Output = T> {
    SAVE.scope(Save::default(), Box::pin(work))
}

/// Reads what is committed, also within a save: for the search index, which must not learn what may be undone yet.
pub async fn beside_save<T>(work: impl Future<Output = T>) -> T {
    match SAVE.try_with(Save::clone) {
        Ok(save) => {
            let beside = true;
            SAVE.scope(Save { beside, ..save }, Box::pin(work)).await
        }
        Err(_) => Box::pin(work).await,
    }
}

/// Whether this is a part of a save.
pub fn is_saving() -> bool {
    SAVE.try_with(|save| !save.beside).unwrap_or(false)
}

/// The transaction that statements in a database belong to now.
pub(crate) fn open_in(writer: &Arc<Writer>) -> Option<Arc<tokio::sync::Mutex<Live>>> {
    SAVE.try_with(|save| save.open_in(writer).filter(|_| !save.beside))
        .ok()
        .flatten()
}

/// A second transaction in the same database would wait for the first, which waits for it.
pub(crate) fn refuse_second(writer: &Arc<Writer>) -> Result<(), StoreError> {
    let open = SAVE.try_with(|save| save.open_in(writer).is_some());
    let second = open.unwrap_or(false);
    debug_assert!(!second, "a save has a transaction open in this database");
    match second {
        true => Err(StoreError::Database(sqlx::Error::Protocol(
            "a second transaction within a save".into(),
        ))),
        false => Ok(()),
    }
}

/// Makes statements of this save go over its transaction.
pub(crate) fn note_open(writer: &Arc<Writer>, live: &Arc<tokio::sync::Mutex<Live>>) {
    let _ = SAVE.try_with(|save| {
        let mut open = save.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push((id(writer), Arc::downgrade(live)));
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

    #[tokio::test]
    async fn whoever_waits_too_long_for_a_turn_is_told() {
        let writer = super::Writer::new(std::time::Duration::from_millis(20));
        let held = writer.turn().await.unwrap();
        assert!(writer.turn().await.is_err());
        drop(held);
        assert!(writer.turn().await.is_ok());
    }
}
