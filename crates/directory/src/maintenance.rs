//! What keeps a directory going. It is no use case: nobody is asked whether they may.

use std::ops::Deref;

use kartoteka_boxed::boxed;
use kartoteka_settings::Settings;

use crate::directory::Directory;
use crate::error::Result;
use crate::kind::Kind;
use crate::open::{OpenError, Options};
use crate::reload::Reloaded;

/// A directory for whoever opened it: all that it does, and what keeps it going. Doors are given the [`Directory`] alone,
/// from which this is not to be had.
///
/// ```
/// async fn keeps(directory: &kartoteka_directory::Maintenance) -> bool {
///     directory.wait_for_index().await.is_ok()
/// }
/// ```
///
/// ```compile_fail
/// async fn door(directory: &kartoteka_directory::Directory) -> bool {
///     directory.wait_for_index().await.is_ok()
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
    #[boxed]
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
    #[boxed]
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
    #[boxed]
    pub async fn reload(&self, settings: Settings) -> Result<Reloaded> {
        Box::pin(self.0.reload(settings)).await
    }

    /// Waits until what was saved up to now is in the search indexes.
    ///
    /// # Errors
    /// When a source or the index can't be read.
    #[boxed]
    pub async fn wait_for_index(&self) -> Result<()> {
        Box::pin(self.0.wait_for_index()).await
    }

    /// Makes the index of a kind anew from its sources, beside the one that answers until it is done.
    ///
    /// # Errors
    /// When a source or the index can't be read or written. What was read is kept for the next try.
    #[boxed]
    pub async fn rebuild_index(&self, kind: Kind) -> Result<()> {
        Box::pin(self.0.rebuild_index(kind)).await
    }

    /// Takes in what others changed since the watermark of each source. Many changes are taken in by making the index
    /// anew in the background. Done every few seconds.
    ///
    /// # Errors
    /// When the journal or the index can't be read or written; a source that does not answer is passed over.
    #[boxed]
    pub async fn sync_external_changes(&self, kind: Kind) -> Result<()> {
        Box::pin(self.0.sync_external_changes(kind)).await
    }

    /// Compares the next portion of a kind; whether that was the last of the round.
    ///
    /// # Errors
    /// When a source or the index can't be read or written; the next sweep tries the portion again.
    #[boxed]
    pub async fn sweep(&self, kind: Kind) -> Result<bool> {
        Box::pin(self.0.sweep(kind)).await
    }

    /// Reads the sources of a kind anew if what is indexed is older than the shortest `CacheTTL` among them; whether
    /// that was so. Done in the background every few seconds.
    ///
    /// # Errors
    /// When a source or the index can't be read or written.
    #[boxed]
    pub async fn rebuild_if_stale(&self, kind: Kind) -> Result<bool> {
        Box::pin(self.0.rebuild_if_stale(kind)).await
    }
}
