//! Sources while the program runs: opened when they are first needed, and known to be down when they are.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kartoteka_boxed::boxed;
use kartoteka_model::source::Origin;
use kartoteka_model::{CustomerSource, CustomerUserSource, Record, SourceSpec, Validity};
use kartoteka_sources::doctor::{What, finding};
use kartoteka_sources::{Source, SourceError};
use kartoteka_store::Db;
use kartoteka_store::source::TableStore;
use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::error::Error;
use crate::losses::state::LossState;
use crate::source_status::{LastError, SourceStatus};

/// One configured source.
pub struct SourceHandle {
    pub spec: SourceSpec,
    /// What only sources of people have.
    pub people: Option<CustomerUserSource>,
    home: Db,
    clock: Arc<dyn Clock>,
    source: OnceCell<Source>,
    /// Seconds since 1970; 0 while it answers.
    down_since: AtomicI64,
    /// In seconds since 1970.
    made_at: i64,
    pub(crate) losses: LossState,
    /// How long its last answer took, in milliseconds; less than nothing while it was not asked.
    latency: AtomicI64,
    last_error: Mutex<Option<LastError>>,
    /// When the copy was last as the source, and when that was last kept; 0 for never.
    in_step: [AtomicI64; 2],
    /// When its records were last counted.
    counted: AtomicI64,
}

impl SourceHandle {
    /// A source of people, not opened yet.
    pub fn people(source: CustomerUserSource, home: &Db, clock: &Arc<dyn Clock>) -> Self {
        Self::new(source.spec.clone(), Some(source), home, clock)
    }

    /// A source of customers, not opened yet.
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
            made_at: clock.now(),
            home: home.clone(),
            clock: clock.clone(),
            source: OnceCell::new(),
            down_since: AtomicI64::new(0),
            losses: LossState::default(),
            latency: AtomicI64::new(-1),
            last_error: Mutex::default(),
            in_step: Default::default(),
            counted: AtomicI64::new(0),
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

    /// Whether nobody is lost of it without looking at how many: it is only read, and elsewhere.
    pub fn is_guarded(&self) -> bool {
        self.spec.read_only && self.spec.mirror && !self.at_home()
    }

    /// Whether its people have an identity that outlives their login, and that nobody here changes: what names it. Of a
    /// table it is the number of a row, where the table itself gives it; that is known once it is open.
    pub(crate) fn names_identity(&self) -> Option<&str> {
        if self.people.is_none() || !self.spec.read_only || self.at_home() {
            return None;
        }
        match &self.spec.origin {
            Origin::Ldap(tree) => Some(tree.identity.as_deref().unwrap_or_default()),
            Origin::Table(_) => {
                let table = self.opened().and_then(Source::table);
                table.is_some_and(TableStore::numbers_rows).then_some("id")
            }
            Origin::Csv(_) => None,
        }
    }

    /// Whether a table may come to number its rows anew, as when it is filled again.
    pub(crate) fn is_table(&self) -> bool {
        self.spec.origin.table().is_some()
    }

    /// Whether both are tables in one database, so that a change in both is one transaction.
    pub fn shares_database(&self, other: &Self) -> bool {
        let tables = (self.spec.origin.table(), other.spec.origin.table());
        matches!(tables, (Some(one), Some(another)) if one.database == another.database)
    }

    /// The table that is written to.
    ///
    /// # Errors
    /// `ReadOnly` for a source that can't be written; `Unavailable`.
    #[boxed]
    pub async fn table(&self) -> Result<&TableStore, Error> {
        let read_only = || Error::ReadOnly {
            source_id: self.spec.id.clone(),
        };
        self.source().await?.table().ok_or_else(read_only)
    }

    /// The source, opened if need be. One that is known to be down is not asked again: somebody would wait for it each
    /// time, and [`SourceHandle::probe`] finds out when it is back.
    ///
    /// # Errors
    /// `Unavailable`.
    #[boxed]
    pub async fn source(&self) -> Result<&Source, Error> {
        let given_up = || (self.is_down() || self.losses.is_silent()) && !self.at_home();
        if given_up() {
            return Err(self.known_to_be_down());
        }
        self.open_unless(given_up).await
    }

    async fn open(&self) -> Result<&Source, Error> {
        self.open_unless(|| false).await
    }

    /// Opens it, unless it is found by then that it should not be tried: those who wait for their turn need not each find
    /// out that it does not answer.
    async fn open_unless(&self, given_up: impl Fn() -> bool) -> Result<&Source, Error> {
        let open = || async {
            if given_up() {
                return Err(self.known_to_be_down());
            }
            let opened = Source::open(self.spec.clone(), &self.home).await;
            opened.map_err(|error| self.failed(error))
        };
        self.source.get_or_try_init(open).await
    }

    pub(crate) fn known_to_be_down(&self) -> Error {
        let known = std::io::Error::other(match self.losses.is_silent() {
            true => "it lost so much that what was known of it is gone on with",
            false => "it did not answer when it was last asked",
        });
        Error::unavailable(&self.spec.id, known)
    }

    /// Asks the source whether it answers, and notes what it finds.
    ///
    /// # Errors
    /// `Unavailable`.
    #[boxed]
    pub async fn probe(&self) -> Result<&Source, Error> {
        let source = self.open().await?;
        let began = tokio::time::Instant::now();
        source.ping().await.map_err(|error| self.failed(error))?;
        let took = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.latency.store(took, Ordering::Relaxed);
        metrics::gauge!("kartoteka_source_latency_seconds", "source" => self.spec.id.clone())
            .set(began.elapsed().as_secs_f64());
        self.answered();
        Ok(source)
    }

    /// The source, if it was opened.
    pub fn opened(&self) -> Option<&Source> {
        self.source.get()
    }

    /// An error of this source, as doors see it; notes since when it does not answer. One that others are writing to does.
    pub fn failed(&self, error: impl Into<SourceError>) -> Error {
        let error = error.into();
        self.note_error(&error);
        // It answers, and only this can't be had of it.
        if let SourceError::Ldap(failure) = &error
            && failure.is_answer()
        {
            return Error::unavailable(&self.spec.id, error);
        }
        let error = match error {
            SourceError::Store(error) => Error::store(&self.spec.id, error),
            error @ (SourceError::File { .. } | SourceError::Ldap(_) | SourceError::Locked(_)) => {
                Error::unavailable(&self.spec.id, error)
            }
        };
        if matches!(error, Error::Unavailable { .. }) && !error.is_contended() {
            let now = self.clock.now();
            self.tell_up(false);
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

    /// Notes why it failed. That nobody was asked again since says nothing new.
    fn note_error(&self, error: &SourceError) {
        let finding = finding(error, &self.spec.origin.name());
        let mut last = self
            .last_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if finding.what != What::NoServer || last.is_none() {
            let at = self.clock.now();
            *last = Some(LastError { at, finding });
        }
    }

    /// Why it last failed.
    pub fn last_error(&self) -> Option<LastError> {
        let last = self.last_error.lock();
        last.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How long its last answer took, in milliseconds.
    pub fn latency_ms(&self) -> Option<i64> {
        let latency = self.latency.load(Ordering::Relaxed);
        (latency >= 0).then_some(latency)
    }

    /// Notes that the copy is as the source is now; whether it is time to keep that, which was kept so many seconds ago.
    pub fn note_in_step(&self, now: i64, every: i64) -> bool {
        let [at, kept] = &self.in_step;
        at.store(now, Ordering::Relaxed);
        let due = now - kept.load(Ordering::Relaxed) >= every;
        if due {
            kept.store(now, Ordering::Relaxed);
        }
        due
    }

    /// Whether its records were last counted so many seconds ago; they are counted then.
    pub fn is_time_to_count(&self, now: i64, every: i64) -> bool {
        let due = now - self.counted.load(Ordering::Relaxed) >= every;
        if due {
            self.counted.store(now, Ordering::Relaxed);
        }
        due
    }

    /// Notes that the copy was as the source at a time in the past.
    pub fn set_in_step(&self, at: i64) {
        self.in_step[0].store(at, Ordering::Relaxed);
    }

    /// When the copy was last as the source, as far as this process knows.
    pub fn in_step_at(&self) -> Option<i64> {
        let at = self.in_step[0].load(Ordering::Relaxed);
        (at > 0).then_some(at)
    }

    /// Whether anybody asked it.
    pub fn was_asked(&self) -> bool {
        self.latency_ms().is_some() || self.is_down()
    }

    /// The home database, where it is noted whose logins are.
    pub(crate) fn home(&self) -> &Db {
        &self.home
    }

    /// The time here, in seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The key of a record.
    pub fn key_of<'a>(&self, record: &'a Record) -> &'a str {
        record.get(self.spec.key_field())
    }

    /// Notes that the source answered.
    pub fn answered(&self) {
        self.tell_up(true);
        if self.down_since.swap(0, Ordering::Relaxed) > 0 {
            tracing::info!(source = self.spec.id, "a source answers again");
        }
    }

    /// Since when what the index has of it is older than it may be, in seconds since 1970. Before it told anything, that is
    /// since it might have.
    pub(crate) fn stale_since(&self) -> Option<i64> {
        let max_age = i64::from(self.spec.max_age);
        let in_step = self.in_step_at().unwrap_or(self.made_at);
        let is_old = self.spec.mirror && max_age > 0 && self.clock.now() - in_step > max_age;
        is_old.then_some(in_step)
    }

    /// Says in the metrics whether it answers.
    pub fn tell_up(&self, up: bool) {
        metrics::gauge!("kartoteka_source_up", "source" => self.spec.id.clone()).set(if up {
            1.0
        } else {
            0.0
        });
    }

    /// Whether it did not answer when it was last asked.
    pub fn is_down(&self) -> bool {
        self.down_since.load(Ordering::Relaxed) > 0
    }

    /// How it is, for those who look.
    pub fn status(&self) -> SourceStatus {
        let since = self.down_since.load(Ordering::Relaxed);
        SourceStatus {
            id: self.spec.id.clone(),
            name: self.spec.name.clone(),
            writable: !self.spec.read_only,
            unavailable_since: (since > 0)
                .then_some(since)
                .or_else(|| self.losses.held_since()),
            mirrored: self.spec.mirror,
            first_only: None,
            stale_since: self.stale_since(),
        }
    }

    /// Closes its connections, unless they are those of the home database.
    #[boxed]
    pub async fn close(&self) {
        if let Some(source) = self.source.get().filter(|_| !self.at_home()) {
            source.close().await;
        }
    }
}

/// Whether a record takes part.
pub fn is_valid(handle: &SourceHandle, record: &Record) -> bool {
    let entry = handle.spec.valid_entry();
    entry.is_none_or(|entry| record.get(entry) == Validity::Valid.id().to_string())
}
