//! Sources while the program runs: opened when they are first needed, and known to be down when they are.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use kartoteka_model::{CustomerSource, CustomerUserSource, Record, SourceSpec};
use kartoteka_sources::{Source, SourceError};
use kartoteka_store::Db;
use kartoteka_store::source::TableStore;
use tokio::sync::OnceCell;

use crate::error::Error;
use crate::open::Clock;
use crate::search::SourceStatus;

/// One configured source.
pub(crate) struct SourceHandle {
    pub spec: SourceSpec,
    /// What only sources of people have.
    pub people: Option<CustomerUserSource>,
    home: Db,
    clock: Arc<dyn Clock>,
    source: OnceCell<Source>,
    /// Seconds since 1970; 0 while it answers.
    down_since: AtomicI64,
}

impl SourceHandle {
    pub fn people(source: CustomerUserSource, home: &Db, clock: &Arc<dyn Clock>) -> Self {
        Self::new(source.spec.clone(), Some(source), home, clock)
    }

    pub fn customers(source: CustomerSource, home: &Db, clock: &Arc<dyn Clock>) -> Self {
        Self::new(source.spec, None, home, clock)
    }

    fn new(
        spec: SourceSpec,
        people: Option<CustomerUserSource>,
        home: &Db,
        clock: &Arc<dyn Clock>,
    ) -> Self {
        let mut spec = spec;
        // What is no table can't be written.
        spec.read_only |= spec.origin.table().is_none();
        Self {
            spec,
            people,
            home: home.clone(),
            clock: clock.clone(),
            source: OnceCell::new(),
            down_since: AtomicI64::new(0),
        }
    }

    /// Whether another is set up alike.
    pub fn is_as(&self, other: &Self) -> bool {
        self.spec == other.spec && self.people == other.people
    }

    /// Whether it is a table in the home database, so that a change and its journal entry are one transaction.
    pub fn at_home(&self) -> bool {
        let table = self.spec.origin.table();
        table.is_some_and(|table| table.database.is_none())
    }

    /// The table that is written to.
    ///
    /// # Errors
    /// `ReadOnly` for a source that can't be written; `Unavailable`.
    pub async fn table(&self) -> Result<&TableStore, Error> {
        let read_only = || Error::ReadOnly {
            source_id: self.spec.id.clone(),
        };
        self.source().await?.table().ok_or_else(read_only)
    }

    /// The source, opened if need be. One that is known to be down is not asked again: somebody would wait for it each
    /// time, and [`SourceHandle::probe`] finds out when it is back.
    pub async fn source(&self) -> Result<&Source, Error> {
        if self.is_down() && !self.at_home() {
            let known = std::io::Error::other("it did not answer when it was last asked");
            return Err(Error::unavailable(&self.spec.id, known));
        }
        self.open().await
    }

    async fn open(&self) -> Result<&Source, Error> {
        let open = || Source::open(self.spec.clone(), &self.home);
        let opened = self.source.get_or_try_init(open).await;
        opened.map_err(|error| self.failed(error))
    }

    /// Asks the source whether it answers, and notes what it finds.
    pub async fn probe(&self) -> Result<&Source, Error> {
        let source = self.open().await?;
        source.ping().await.map_err(|error| self.failed(error))?;
        self.answered();
        Ok(source)
    }

    /// The source, if it was opened.
    pub fn opened(&self) -> Option<&Source> {
        self.source.get()
    }

    /// An error of this source, as doors see it; notes since when it does not answer. One that others are writing to does.
    pub fn failed(&self, error: impl Into<SourceError>) -> Error {
        let error = match error.into() {
            SourceError::Store(error) => Error::store(&self.spec.id, error),
            error @ SourceError::File { .. } => Error::unavailable(&self.spec.id, error),
        };
        if matches!(error, Error::Unavailable { .. }) && !error.is_contended() {
            let now = self.clock.now();
            let first =
                self.down_since
                    .compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
            if first.is_ok() {
                tracing::warn!(
                    source = self.spec.id,
                    error = &error as &dyn std::error::Error,
                    "a source does not answer"
                );
            }
        }
        error
    }

    /// The key of a record.
    pub fn key_of<'a>(&self, record: &'a Record) -> &'a str {
        record.get(self.spec.key_field())
    }

    /// Notes that the source answered.
    pub fn answered(&self) {
        if self.down_since.swap(0, Ordering::Relaxed) > 0 {
            tracing::info!(source = self.spec.id, "a source answers again");
        }
    }

    pub fn is_down(&self) -> bool {
        self.down_since.load(Ordering::Relaxed) > 0
    }

    pub fn status(&self) -> SourceStatus {
        let since = self.down_since.load(Ordering::Relaxed);
        SourceStatus {
            id: self.spec.id.clone(),
            name: self.spec.name.clone(),
            writable: !self.spec.read_only,
            unavailable_since: (since > 0).then_some(since),
        }
    }

    pub async fn close(&self) {
        if let Some(source) = self.source.get().filter(|_| !self.at_home()) {
            source.close().await;
        }
    }
}
