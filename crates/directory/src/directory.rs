//! The directory as doors have it and as rooms see it: what it is made of. What it does stands in other files, each with an
//! `impl` of its own.

use std::ops::Deref;
use std::sync::Arc;

use kartoteka_index::SearchIndex;
use kartoteka_model::Collation;
use kartoteka_settings::Settings;
use kartoteka_store::Db;
use tokio::sync::watch;

use crate::begun::Begun;
use crate::clock::Clock;
use crate::generation::{Generation, Generations};
use crate::handle::SourceHandle;
use crate::hashing::Hashing;
use crate::index::pace::Pace;
use crate::index::sync::IndexSync;
use crate::kind::Kind;
use crate::log_ins::LogIns;
use crate::sealed::Sealed;
use crate::work::Work;

/// The directory as it looked when somebody began to ask it: cheap to clone, shared by all doors. Whoever asks for long
/// looks for the [`current`](Self::current) one now and then.
#[derive(Clone)]
pub struct Directory {
    pub(crate) inner: Arc<Inner>,
    pub(crate) generation: Arc<Generation>,
    /// The request that is answered with it, if it is one that has to be done once.
    pub(crate) request: Option<Arc<Begun>>,
}

/// What stays as it is for as long as the program runs.
pub(crate) struct Inner {
    pub clock: Arc<dyn Clock>,
    pub pace: Pace,
    pub home: Db,
    pub generations: Generations,
    pub stop: tokio::sync::watch::Sender<bool>,
    pub work: Work,
    pub hashing: Hashing,
    /// Wakes who follows what pages write of fields.
    pub wrote_fields: tokio::sync::Notify,
    pub log_ins: LogIns,
}

impl Directory {
    /// The directory as it looks now.
    pub fn current(&self) -> Self {
        Self {
            generation: self.inner.generations.current(),
            ..self.clone()
        }
    }

    /// Whether it looks as it looks now.
    pub(crate) fn is_current(&self) -> bool {
        Arc::ptr_eq(&self.generation, &self.inner.generations.current())
    }

    /// The number of the generation that this one asks, counted from one at the start of the program.
    pub fn generation(&self) -> u64 {
        self.generation.number
    }

    /// In which order texts stand in its lists.
    pub fn collation(&self) -> &Collation {
        &self.generation.settings.lists.collation
    }

    /// The settings that it goes by.
    pub fn settings(&self) -> &Settings {
        &self.generation.settings
    }

    pub(crate) fn handles(&self, kind: Kind) -> &[Arc<SourceHandle>] {
        match kind {
            Kind::CustomerUser => &self.generation.people,
            Kind::Customer => &self.generation.customers,
            Kind::Agent | Kind::Group | Kind::Service => &[],
        }
    }

    pub(crate) fn index_sync(&self, kind: Kind) -> &IndexSync {
        self.generation.index_sync(kind)
    }

    pub(crate) fn inside(&self) -> Inside<'_> {
        Inside(self)
    }
}

/// A directory as rooms see it: all that it does, and what use cases are made of.
#[derive(Clone, Copy)]
pub struct Inside<'d>(pub(crate) &'d Directory);

impl Deref for Inside<'_> {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        self.0
    }
}

impl<'d> Inside<'d> {
    /// What is inside a directory.
    pub fn of(directory: &'d Directory) -> Self {
        Self(directory)
    }

    /// The directory as doors have it.
    pub fn directory(self) -> &'d Directory {
        self.0
    }

    /// The home database.
    pub fn home(self) -> &'d Db {
        &self.0.inner.home
    }

    /// Where time comes from.
    pub fn clock(self) -> &'d dyn Clock {
        &*self.0.inner.clock
    }

    /// Now, as the tables write times.
    pub fn now_text(self) -> String {
        kartoteka_store::time::text(self.inner.clock.now())
    }

    /// The sources of a kind of record, in their order.
    pub fn handles(self, kind: Kind) -> &'d [Arc<SourceHandle>] {
        self.0.handles(kind)
    }

    /// The file of the search index that answers now. Whoever asks several things of it asks the same one.
    pub fn index(self, kind: Kind) -> Arc<SearchIndex> {
        self.0.index_sync(kind).index()
    }

    /// What those who work in the background share.
    pub fn work(self) -> &'d Work {
        &self.0.inner.work
    }

    /// What those who log people in share.
    pub fn log_ins(self) -> &'d LogIns {
        &self.0.inner.log_ins
    }

    /// What hashes passwords.
    pub fn hashing(self) -> &'d Hashing {
        &self.0.inner.hashing
    }

    /// Becomes true when the directory is closed.
    pub fn stop(self) -> watch::Receiver<bool> {
        self.0.inner.stop.subscribe()
    }

    /// What was checked, so that nobody outside alters it.
    pub fn seal<T>(self, plan: T) -> Sealed<T> {
        Sealed::new(plan)
    }

    /// What a plan says, to be done.
    pub fn open<T>(self, plan: Sealed<T>) -> T {
        plan.open()
    }
}
