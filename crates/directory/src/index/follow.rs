//! Following the journal: what anybody saved through any node is found at once.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::future::BoxFuture;
use kartoteka_index::SearchIndex;
use kartoteka_store::beside_save;
use kartoteka_store::own::journal::{self, Touched};

use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::open::Directory;

/// Entries behind which reading everything anew is quicker than following the journal.
const FAR_BEHIND: usize = 50_000;

/// Records that one renamed customer or a few seconds of others change above which reading everything anew is better: a
/// search waits while they are followed.
pub(crate) const CROWD: u32 = 20_000;

impl Directory {
    /// Brings the index up to the latest journal entry. Called before every search, so what anybody saved through
    /// any node is found at once.
    ///
    /// What is too much for that is made in the background: no request is long enough, and one that is given up
    /// must not leave half of it.
    pub(crate) async fn follow_journal(&self, kind: Kind) -> Result<()> {
        let keeper = self.keeper(kind);
        keeper.caught_up().await;
        keeper.begun().await;
        self.follow_at_once(kind).await
    }

    /// The same without waiting for what others wrote before the start, nor for the first file.
    pub(crate) async fn follow_at_once(&self, kind: Kind) -> Result<()> {
        if self.is_far_behind(kind).await? {
            self.rebuild_in_background(kind);
        }
        Ok(())
    }

    /// Follows the journal; whether the index then has everything, so that it can say what there is not.
    ///
    /// What was asked of it before this is known does not count: an index that was being made may be done by now.
    pub(crate) async fn follow_to_all(&self, kind: Kind) -> Result<bool> {
        // One that was being made is not followed.
        let before = self.keeper(kind).is_complete();
        self.follow_at_once(kind).await?;
        Ok(before && self.keeper(kind).is_complete())
    }

    pub(crate) fn rebuild_in_background(&self, kind: Kind) {
        if !self.keeper(kind).building.swap(true, Ordering::Relaxed) {
            let directory = self.clone();
            tokio::spawn(async move { directory.rebuild_logged(kind).await });
        }
    }

    /// Follows the journal entry by entry; whether the index has to be made anew instead. Then its position stays
    /// before the entry that asks for that, so that it is asked for again until it is done.
    pub(crate) async fn is_far_behind(&self, kind: Kind) -> Result<bool> {
        // What a save has not committed yet may be undone.
        let followed = beside_save(self.catch_up(kind)).await;
        let keeper = self.keeper(kind);
        match followed {
            // What it has can be found all the same, as on a disk that is full.
            Err(error) if error.is_of_full_index() => {
                if !keeper.lagging.swap(true, Ordering::Relaxed) {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a search index can't be written"
                    );
                }
                Ok(false)
            }
            followed => {
                keeper.lagging.store(false, Ordering::Relaxed);
                followed
            }
        }
    }

    fn catch_up(&self, kind: Kind) -> BoxFuture<'_, Result<bool>> {
        Box::pin(self.caught_up(kind))
    }

    async fn caught_up(&self, kind: Kind) -> Result<bool> {
        let keeper = self.keeper(kind);
        let known = self.position(kind).await?;
        // One that is made because this one lags has what this one would follow. The first of its kind is followed as far
        // as it goes: what is saved is found while the others are read.
        let index = keeper.index();
        if keeper.building.load(Ordering::Relaxed)
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
        let _following = keeper.following.lock().await;
        let index = keeper.index();
        self.follow_entries(kind, &index, FAR_BEHIND).await
    }

    /// Takes the journal's entries into a file, at most about so many; whether something has to be read anew instead, or
    /// there are more.
    pub(super) async fn follow_entries(
        &self,
        kind: Kind,
        index: &SearchIndex,
        most: usize,
    ) -> Result<bool> {
        let head = journal::head(&self.inner.home).await.map_err(Error::home)?;
        let standing = index.standing().await.map_err(Error::index)?;
        let mut position = standing.position.unwrap_or(0);
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
        while self.keeper(kind).building.load(Ordering::Relaxed) && !*stop.borrow() {
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
                    .keys_where(&people.customer_id, customer, CROWD)
                    .await
                    .map_err(|error| handle.failed(error))
            };
            let logins = match logins.await {
                Ok(logins) => logins,
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    self.keeper(Kind::CustomerUser)
                        .note_incomplete(true)
                        .await?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            if logins.len() >= CROWD as usize {
                return Ok(false);
            }
            keys.extend(logins);
        }
        Ok(true)
    }

    /// How far the index is. When another process made one since, it is that one's from here on.
    async fn position(&self, kind: Kind) -> Result<Option<i64>> {
        let keeper = self.keeper(kind);
        let standing = keeper.index().standing().await;
        if let Ok(standing) = &standing
            && !standing.is_replaced
        {
            return Ok(standing.position);
        }
        // The file may be gone, and a connection with it.
        let built = keeper.go_over().await.map_err(Error::index)?;
        if built {
            keeper.is_built();
        }
        let standing = keeper.index().standing().await;
        Ok(standing.map_err(Error::index)?.position)
    }
}
