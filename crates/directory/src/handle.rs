//! Sources while the program runs: opened when they are first needed, and known to be down when they are. Each is a table
//! so far; another kind begins here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use kartoteka_model::{CustomerSource, CustomerUserSource, TableSource};
use kartoteka_store::source::TableStore;
use kartoteka_store::{Db, StoreError};
use tokio::sync::OnceCell;

use crate::error::Error;
use crate::open::Clock;
use crate::search::SourceStatus;

/// One configured source.
pub(crate) struct SourceHandle {
    pub spec: TableSource,
    /// What only sources of people have.
    pub people: Option<CustomerUserSource>,
    home: Db,
    clock: Arc<dyn Clock>,
    table: OnceCell<TableStore>,
    /// Seconds since 1970; 0 while it answers.
    down_since: AtomicI64,
}

impl SourceHandle {
    pub fn people(source: CustomerUserSource, home: &Db, clock: &Arc<dyn Clock>) -> Self {
        Self::new(source.table.clone(), Some(source), home, clock)
    }

    pub fn customers(source: CustomerSource, home: &Db, clock: &Arc<dyn Clock>) -> Self {
        Self::new(source.table, None, home, clock)
    }

    fn new(
        spec: TableSource,
        people: Option<CustomerUserSource>,
        home: &Db,
        clock: &Arc<dyn Clock>,
    ) -> Self {
        Self {
            spec,
            people,
            home: home.clone(),
            clock: clock.clone(),
            table: OnceCell::new(),
            down_since: AtomicI64::new(0),
        }
    }

    /// Whether another is set up alike.
    pub fn is_as(&self, other: &Self) -> bool {
        self.spec == other.spec && self.people == other.people
    }

    /// Whether its table is in the home database, so that a change and its journal entry are one transaction.
    pub fn at_home(&self) -> bool {
        self.spec.database.is_none()
    }

    /// The table, opened if need be. A source that is known to be down is not asked again: somebody would wait for it
    /// each time, and [`SourceHandle::probe`] finds out when it is back.
    pub async fn table(&self) -> Result<&TableStore, Error> {
        if self.is_down() && !self.at_home() {
            let known = std::io::Error::other("it did not answer when it was last asked");
            return Err(Error::unavailable(&self.spec.id, known));
        }
        self.open().await
    }

    async fn open(&self) -> Result<&TableStore, Error> {
        let open = || async {
            let db = match &self.spec.database {
                None => self.home.clone(),
                Some(address) => Db::open_foreign(address.expose()).await?,
            };
            TableStore::open(db, self.spec.clone()).await
        };
        self.table
            .get_or_try_init(open)
            .await
            .map_err(|error| self.failed(error))
    }

    /// Asks the source whether it answers, and notes what it finds.
    pub async fn probe(&self) -> Result<&TableStore, Error> {
        let table = self.open().await?;
        table.ping().await.map_err(|error| self.failed(error))?;
        self.answered();
        Ok(table)
    }

    /// The table, if it was opened.
    pub fn opened(&self) -> Option<&TableStore> {
        self.table.get()
    }

    /// An error of this source, as doors see it; notes since when it does not answer. One that others are writing to does.
    pub fn failed(&self, error: StoreError) -> Error {
        let error = Error::store(&self.spec.id, error);
        if matches!(error, Error::Unavailable { .. }) && !error.is_contended() {
            let now = self.clock.now();
            let _ = self
                .down_since
                .compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
        }
        error
    }

    /// Notes that the source answered.
    pub fn answered(&self) {
        self.down_since.store(0, Ordering::Relaxed);
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
        if let Some(table) = self.table.get().filter(|_| !self.at_home()) {
            table.db.close().await;
        }
    }
}
