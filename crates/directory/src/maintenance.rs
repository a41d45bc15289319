//! What keeps a directory going. It is no use case: nobody is asked whether they may.

use std::ops::Deref;

use kartoteka_settings::Settings;

use crate::Reloaded;
use crate::error::Result;
use crate::jobs::{Advance, JobClaim};
use crate::kind::Kind;
use crate::open::{Directory, OpenError, Options};

/// A directory for whoever opened it: all that it does, and what keeps it going. Doors are given the [`Directory`] alone,
/// from which this is not to be had.
///
/// ```
/// async fn keeps(directory: &kartoteka_directory::Maintenance) -> bool {
///     directory.settle().await.is_ok()
/// }
/// ```
///
/// ```compile_fail
/// async fn door(directory: &kartoteka_directory::Directory) -> bool {
///     directory.settle().await.is_ok()
/// }
/// ```
#[derive(Clone)]
pub struct Maintenance(Directory);

impl Deref for Maintenance {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        &self.0
    }
}

impl Maintenance {
    /// Opens databases and indexes; creates what is missing in the home database. An index that has to be made
    /// is made in the background.
    ///
    /// # Errors
    /// When the home database does not answer, or the data folder can't be written. A source that does not answer
    /// is none: it is shown as unavailable.
    pub async fn open(settings: Settings, options: Options) -> Result<Self, OpenError> {
        Box::pin(Directory::open(settings, options)).await.map(Self)
    }

    /// What doors are given.
    pub fn directory(&self) -> Directory {
        self.0.clone()
    }

    /// The same of the generation in force.
    pub fn current(&self) -> Self {
        Self(self.0.current())
    }

    /// Ends background work, after the portion of a job in work, and closes connections.
    pub async fn close(&self) {
        Box::pin(self.0.close()).await;
    }

    /// Goes by other settings from now on: those who ask afterwards do, and whoever asks already ends as they began. Where
    /// searches need other indexes, these are made first, and the directory looks as before until they are there.
    ///
    /// Databases, addresses and logs stay those of the start. That the settings fit the tables is looked at before.
    ///
    /// # Errors
    /// When an index can't be made; the directory looks as before.
    pub async fn reload(&self, settings: Settings) -> Result<Reloaded> {
        Box::pin(self.0.reload(settings)).await
    }

    /// Waits until what was saved up to now is in the search indexes.
    ///
    /// # Errors
    /// When a source or the index can't be read.
    pub async fn settle(&self) -> Result<()> {
        Box::pin(self.0.settle()).await
    }

    /// Makes the index of a kind anew from its sources, beside the one that answers until it is done.
    ///
    /// # Errors
    /// When a source or the index can't be read or written. What was read is kept for the next try.
    pub async fn rebuild_index(&self, kind: Kind) -> Result<()> {
        Box::pin(self.0.rebuild_index(kind)).await
    }

    /// Takes in what others changed since the watermark of each source. Many changes are taken in by making the index
    /// anew in the background. Done every few seconds.
    ///
    /// # Errors
    /// When the journal or the index can't be read or written; a source that does not answer is passed over.
    pub async fn take_in_changes(&self, kind: Kind) -> Result<()> {
        Box::pin(self.0.take_in_changes(kind)).await
    }

    /// Compares the next portion of a kind; whether that was the last of the round.
    ///
    /// # Errors
    /// When a source or the index can't be read or written; the next sweep tries the portion again.
    pub async fn sweep(&self, kind: Kind) -> Result<bool> {
        Box::pin(self.0.sweep(kind)).await
    }

    /// Reads the sources of a kind anew if what is indexed is older than the shortest `CacheTTL` among them; whether
    /// that was so. Done in the background every few seconds.
    ///
    /// # Errors
    /// When a source or the index can't be read or written.
    pub async fn reread_if_old(&self, kind: Kind) -> Result<bool> {
        Box::pin(self.0.reread_if_old(kind)).await
    }

    /// Works on jobs until the directory is closed, then finishes the portion in work and gives the job back. Any
    /// number of nodes may; the server does.
    pub async fn work_on_jobs(&self) {
        Box::pin(self.0.work_on_jobs()).await;
    }

    /// Claims a job to work on: this one, or the one that waited longest. None when there is nothing to do, or somebody
    /// else does it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim_job(&self, id: Option<i64>) -> Result<Option<JobClaim>> {
        Box::pin(self.0.claim_job(id)).await
    }

    /// Does a portion of a job.
    ///
    /// # Errors
    /// When a source or the database does not answer; nothing of the portion is written then.
    pub async fn advance_job(&self, claim: &JobClaim) -> Result<Advance> {
        Box::pin(self.0.advance_job(claim)).await
    }
}
