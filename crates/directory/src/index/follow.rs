//! Following the journal: what anybody saved through any node is found at once.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::future::BoxFuture;
use kartoteka_boxed::boxed;
use kartoteka_index::SearchIndex;
use kartoteka_store::beside_save;
use kartoteka_store::own::journal::{self, Touched};

use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::index::pace::REBUILD_ABOVE_RECORDS;
use crate::kind::Kind;

/// Entries behind which reading everything anew is quicker than following the journal.
const REBUILD_ABOVE_ENTRIES: usize = 50_000;

/// How long a question that both indexes answer waits for one that is being made.
const BUILD_TIMEOUT: Duration = Duration::from_secs(5);

impl Directory {
    /// Follows the journal; whether the index then has everything, so that it can say what there is not.
    ///
    /// What was asked of it before this is known does not count: an index that was being made may be done by now.
    pub(crate) async fn sync_index_is_complete(&self, kind: Kind) -> Result<bool> {
        // One that was being made is not followed.
        let before = self.index_sync(kind).is_complete();
        self.inside().sync_index_no_wait(kind).await?;
        Ok(before && self.index_sync(kind).is_complete())
    }

    pub(crate) fn rebuild_in_background(&self, kind: Kind) {
        if !self.index_sync(kind).building.swap(true, Ordering::Relaxed) {
            let directory = self.clone();
            tokio::spawn(async move { directory.rebuild_logged(kind).await });
        }
    }

    /// Follows the journal entry by entry; whether the index has to be made anew instead. Then its position stays
    /// before the entry that asks for that, so that it is asked for again until it is done.
    pub(crate) async fn is_far_behind(&self, kind: Kind) -> Result<bool> {
        // What a save has not committed yet may be undone.
        let followed = beside_save(self.catch_up(kind)).await;
        let index_sync = self.index_sync(kind);
        match followed {
            // What it has can be found all the same, as on a disk that is full.
            Err(error) if error.is_of_full_index() => {
                if !index_sync.lagging.swap(true, Ordering::Relaxed) {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a search index can't be written"
                    );
                }
                Ok(false)
            }
            followed => {
                index_sync.lagging.store(false, Ordering::Relaxed);
                followed
            }
        }
    }

    fn catch_up(&self, kind: Kind) -> BoxFuture<'_, Result<bool>> {
        Box::pin(self.caught_up(kind))
    }

    async fn caught_up(&self, kind: Kind) -> Result<bool> {
        let index_sync = self.index_sync(kind);
        let known = self.position(kind).await?;
        // One that is made because this one lags has what this one would follow. The first of its kind is followed as far
        // as it goes: what is saved is found while the others are read.
        let index = index_sync.index();
        if index_sync.building.load(Ordering::Relaxed)
            && (known.is_none() || index.is_built().await.map_err(Error::index)?)
        {
            return Ok(false);
        }
        let known = known.unwrap_or(0);
        let head = journal::head(&self.inner.home).await.map_err(Error::home)?;
        if known == head {
            return Ok(false);
        }
        if known > head {
            // The database is an older one than the index has seen, as after a restore.
            return Ok(true);
        }
        let _following = index_sync.following.lock().await;
        let index = index_sync.index();
        self.sync_entries(kind, &index, REBUILD_ABOVE_ENTRIES).await
    }

    /// Takes the journal's entries into a file, at most about so many; whether something has to be read anew instead, or
    /// there are more.
    pub(super) async fn sync_entries(
        &self,
        kind: Kind,
        index: &SearchIndex,
        most: usize,
    ) -> Result<bool> {
        let head = journal::head(&self.inner.home).await.map_err(Error::home)?;
        let progress = index.progress().await.map_err(Error::index)?;
        let mut position = progress.position.unwrap_or(0);
        let mut looked_at = 0;
        while position < head {
            let entries = journal::touched(&self.inner.home, position, 1000)
                .await
                .map_err(Error::home)?;
            let Some(last) = entries.last() else {
                // What is left gives and takes relations, which records do not hold.
                self.refresh_in(index, kind, &BTreeSet::new(), Some(head))
                    .await?;
                break;
            };
            position = last.id;
            looked_at += entries.len();
            let is_import = |entry: &Touched| entry.kind == kind.name() && entry.action == "import";
            if looked_at > most || entries.iter().any(is_import) {
                return Ok(true);
            }
            let mut everything = false;
            let mut keys = BTreeSet::new();
            for entry in &entries {
                if entry.kind == kind.name() {
                    keys.extend([entry.key.clone(), entry.key_before.clone()]);
                } else if kind == Kind::CustomerUser
                    && entry.kind == Kind::Customer.name()
                    && !entry.key_before.is_empty()
                {
                    // A renamed customer took its people along.
                    everything |= !self.people_follow(&entry.key, &mut keys).await?;
                }
            }
            if everything || keys.len() > most {
                return Ok(true);
            }
            keys.remove("");
            self.refresh_in(index, kind, &keys, Some(position)).await?;
        }
        Ok(false)
    }

    /// Waits while an index is made in the background.
    pub(crate) async fn built(&self, kind: Kind) {
        let stop = self.inner.stop.subscribe();
        while self.index_sync(kind).building.load(Ordering::Relaxed) && !*stop.borrow() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Adds the people of a customer to the keys to look at; false when they are too many for that.
    async fn people_follow(&self, customer: &str, keys: &mut BTreeSet<String>) -> Result<bool> {
        for handle in self.handles(Kind::CustomerUser) {
            let Some(people) = &handle.people else {
                continue;
            };
            let logins = async {
                let source = handle.source().await?;
                source
                    .keys_where(&people.customer_id, customer, REBUILD_ABOVE_RECORDS)
                    .await
                    .map_err(|error| handle.failed(error))
            };
            let logins = match logins.await {
                Ok(logins) => logins,
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    self.index_sync(Kind::CustomerUser)
                        .note_incomplete(true)
                        .await?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            if logins.len() >= REBUILD_ABOVE_RECORDS as usize {
                return Ok(false);
            }
            keys.extend(logins);
        }
        Ok(true)
    }

    /// How far the index is. When another process made one since, it is that one's from here on.
    async fn position(&self, kind: Kind) -> Result<Option<i64>> {
        let index_sync = self.index_sync(kind);
        let progress = index_sync.index().progress().await;
        if let Ok(progress) = &progress
            && !progress.is_replaced
        {
            return Ok(progress.position);
        }
        // The file may be gone, and a connection with it.
        let built = index_sync.go_over().await.map_err(Error::index)?;
        if built {
            index_sync.is_built();
        }
        let progress = index_sync.index().progress().await;
        Ok(progress.map_err(Error::index)?.position)
    }
}

impl Inside<'_> {
    /// Follows the journal; whether the index then has everything, so that it can say what there is not.
    ///
    /// # Errors
    /// When the home database or the index can't be read.
    #[boxed]
    pub async fn sync_index_is_complete(self, kind: Kind) -> Result<bool> {
        self.0.sync_index_is_complete(kind).await
    }

    /// Brings the index up to the latest journal entry. Called before every search, so what anybody saved through
    /// any node is found at once.
    ///
    /// What is too much for that is made in the background: no request is long enough, and one that is given up
    /// must not leave half of it.
    ///
    /// # Errors
    /// When the journal or the index can't be read; a source that does not answer is passed over.
    #[boxed]
    pub async fn sync_index(self, kind: Kind) -> Result<()> {
        let index_sync = self.index_sync(kind);
        index_sync.caught_up().await;
        index_sync.begun().await;
        self.sync_index_no_wait(kind).await
    }

    /// The same without waiting for what others wrote before the start, nor for the first file.
    ///
    /// # Errors
    /// When the journal or the index can't be read; a source that does not answer is passed over.
    #[boxed]
    pub async fn sync_index_no_wait(self, kind: Kind) -> Result<()> {
        if self.is_far_behind(kind).await? {
            self.rebuild_in_background(kind);
        }
        Ok(())
    }

    /// Brings both indexes up to date before they are asked. One that is being made is waited for a while: who is asked
    /// about access in a directory that has just been opened should not hear of nobody.
    ///
    /// # Errors
    /// When the journal or the index can't be read; a source that does not answer is passed over.
    #[boxed]
    pub async fn sync_indexes(self) -> Result<()> {
        for kind in [Kind::CustomerUser, Kind::Customer] {
            // Who does not come in time finds what there is.
            let _ = tokio::time::timeout(BUILD_TIMEOUT, self.built(kind)).await;
            self.sync_index(kind).await?;
        }
        Ok(())
    }

    /// The same without waiting: for whoever holds a transaction that others wait for.
    ///
    /// # Errors
    /// When the journal or the index can't be read; a source that does not answer is passed over.
    #[boxed]
    pub async fn sync_indexes_no_wait(self) -> Result<()> {
        self.sync_index_no_wait(Kind::CustomerUser).await?;
        self.sync_index_no_wait(Kind::Customer).await
    }
}
