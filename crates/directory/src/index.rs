//! Keeping the search indexes in step with the sources: by the journal before every search, and from the beginning
//! when an index is new. What others write is taken in by [`changes`](crate::changes).

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use futures::{SinkExt, StreamExt};
use kartoteka_store::index::{Put, SearchIndex};
use kartoteka_store::own::journal;
use kartoteka_store::source::Stored;
use kartoteka_store::{StoreError, beside_save};
use tokio::sync::{Mutex, watch};

use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::open::Directory;
use crate::search::IndexState;
use crate::watermark;

/// Rows read from a source at a time.
const PORTION: u32 = 400;

/// Entries behind which reading everything anew is quicker than following the journal.
const FAR_BEHIND: usize = 50_000;

/// Records that one renamed customer or a few seconds of others change above which reading everything anew is better: a
/// search waits while they are followed.
pub(crate) const CROWD: u32 = 20_000;

/// How long a search waits at the start for what others wrote while the program did not run.
const PATIENCE: Duration = Duration::from_secs(5);

/// An index and how far it is.
pub(crate) struct IndexKeeper {
    pub index: SearchIndex,
    pub following: Mutex<()>,
    pub building: AtomicBool,
    done: AtomicU64,
    /// Records are written in bulk by this program; the index is made anew afterwards.
    pub filling: AtomicBool,
    /// It could not be written when it had to follow: it lacks what was saved since.
    lagging: AtomicBool,
    /// Something could not be read, since its source did not answer: the index lacks it.
    pub incomplete: AtomicBool,
    /// Whether it was looked what others wrote since the index was last kept in step.
    caught_up: watch::Sender<bool>,
}

impl IndexKeeper {
    pub fn new(index: SearchIndex) -> Self {
        Self {
            index,
            following: Mutex::new(()),
            building: AtomicBool::new(false),
            done: AtomicU64::new(0),
            filling: AtomicBool::new(false),
            lagging: AtomicBool::new(false),
            incomplete: AtomicBool::new(false),
            caught_up: watch::Sender::new(true),
        }
    }

    /// Whether everything that is saved is in the index, so that it can say what there is not.
    pub fn is_complete(&self) -> bool {
        self.state() == IndexState::Current && !self.incomplete.load(Ordering::Relaxed)
    }

    /// Notes whether the index lacks something, also for the next start.
    pub(crate) async fn note_incomplete(&self, incomplete: bool) -> Result<()> {
        if self.incomplete.swap(incomplete, Ordering::Relaxed) != incomplete {
            let value = if incomplete { "1" } else { "" };
            let noted = self.index.set_meta("incomplete", value).await;
            noted.map_err(Error::index)?;
        }
        Ok(())
    }

    /// It was looked what others wrote, as far as they answer.
    pub fn is_caught_up(&self) {
        self.caught_up.send_replace(true);
    }

    /// Waits a while for that.
    async fn caught_up(&self) {
        if !*self.caught_up.borrow() {
            let mut seen = self.caught_up.subscribe();
            let _ = tokio::time::timeout(PATIENCE, seen.wait_for(|done| *done)).await;
        }
    }

    /// It answers as it is.
    pub fn is_built(&self) {
        self.building.store(false, Ordering::Relaxed);
    }

    pub fn state(&self) -> IndexState {
        if self.building.load(Ordering::Relaxed) || self.lagging.load(Ordering::Relaxed) {
            IndexState::Building {
                done: self.done.load(Ordering::Relaxed),
            }
        } else {
            IndexState::Current
        }
    }
}

impl Directory {
    pub(crate) fn keeper(&self, kind: Kind) -> &IndexKeeper {
        match kind {
            Kind::Customer => &self.inner.customers_index,
            _ => &self.inner.people_index,
        }
    }

    /// Starts what keeps the indexes in step. Small directories are indexed before the first request.
    pub(crate) async fn keep_indexes(&self, looks_for_changes: bool) -> Result<(), StoreError> {
        for kind in [Kind::CustomerUser, Kind::Customer] {
            let keeper = self.keeper(kind);
            let incomplete = keeper.index.meta("incomplete").await?;
            keeper
                .incomplete
                .store(incomplete.as_deref() == Some("1"), Ordering::Relaxed);
            if keeper.index.meta("built").await?.is_none() {
                keeper.building.store(true, Ordering::Relaxed);
                let directory = self.clone();
                tokio::spawn(async move { directory.rebuild_logged(kind).await });
            }
        }
        if looks_for_changes {
            for kind in [Kind::CustomerUser, Kind::Customer] {
                if self.handles(kind).iter().any(|one| self.others_write(one)) {
                    self.keeper(kind).caught_up.send_replace(false);
                    let directory = self.clone();
                    tokio::spawn(async move { directory.keep_sweeping(kind).await });
                }
            }
            let directory = self.clone();
            tokio::spawn(async move { directory.look_for_changes().await });
        }
        Ok(())
    }

    async fn rebuild_logged(&self, kind: Kind) {
        let mut stop = self.inner.stop.subscribe();
        let mut pause = Duration::from_secs(1);
        while let Err(error) = self.rebuild_index(kind).await {
            // Closing cuts it off: the next start makes it.
            if *stop.borrow() {
                return;
            }
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the search index could not be built; trying again"
            );
            tokio::select! {
                _ = tokio::time::sleep(pause) => {}
                _ = stop.changed() => return,
            }
            pause = (pause * 2).min(Duration::from_secs(60));
        }
    }

    /// Makes the index of a kind anew from its sources.
    ///
    /// # Errors
    /// When a source or the index can't be read or written.
    pub async fn rebuild_index(&self, kind: Kind) -> Result<()> {
        let keeper = self.keeper(kind);
        let _following = keeper.following.lock().await;
        keeper.building.store(true, Ordering::Relaxed);
        keeper.done.store(0, Ordering::Relaxed);
        let (began, at) = (tokio::time::Instant::now(), self.inner.clock.now());
        // What is written while the sources are read is followed afterwards.
        let position = journal::head(&self.inner.home).await.map_err(Error::home)?;
        let mut builder = keeper.index.build().await.map_err(Error::index)?;
        let mut incomplete = false;
        for (source, handle) in self.handles(kind).iter().enumerate() {
            let table = match handle.table().await {
                Ok(table) => table,
                // The others are searched without it, until it answers.
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    incomplete = true;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let now = watermark::now(handle).await?;
            builder.note(watermark::name(handle), now.to_string());
            // The next rows are read while those before are taken in.
            let (mut read, mut portions) = futures::channel::mpsc::channel(1);
            let reading = async {
                let mut after: Option<String> = None;
                loop {
                    let rows = table
                        .portion(after.as_deref(), PORTION)
                        .await
                        .map_err(|error| handle.failed(error))?;
                    let Some(last) = rows.last() else { break };
                    after = Some(table.key_of(&last.record).to_owned());
                    if read.send(rows).await.is_err() {
                        break;
                    }
                }
                drop(read);
                Ok(())
            };
            let taking = async {
                while let Some(rows) = portions.next().await {
                    keeper.done.fetch_add(rows.len() as u64, Ordering::Relaxed);
                    let puts: Vec<Put> = rows
                        .into_iter()
                        .map(|row: Stored| Put {
                            source,
                            record: row.record,
                            id: row.id,
                        })
                        .collect();
                    builder.add(puts).await.map_err(Error::index)?;
                }
                Ok(())
            };
            futures::try_join!(reading, taking)?;
        }
        builder
            .finish(position, |_| {})
            .await
            .map_err(Error::index)?;
        keeper.note_incomplete(incomplete).await?;
        keeper.is_built();
        self.note_reading(kind, at, began.elapsed()).await
    }

    /// Brings the index up to the latest journal entry. Called before every search, so what anybody saved through
    /// any node is found at once.
    ///
    /// What is too much for that is made in the background: no request is long enough, and one that is given up
    /// must not leave half of it.
    pub(crate) async fn follow_journal(&self, kind: Kind) -> Result<()> {
        self.keeper(kind).caught_up().await;
        self.follow_at_once(kind).await
    }

    /// The same without waiting for what others wrote before the start.
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
        if keeper.building.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let known = self.position(kind).await?;
        let head = journal::head(&self.inner.home).await.map_err(Error::home)?;
        if known == head {
            return Ok(false);
        }
        if known > head {
            // The database is an older one than the index has seen, as after a restore.
            return Ok(true);
        }
        let following = keeper.following.lock().await;
        let mut position = self.position(kind).await?;
        let mut everything = false;
        let mut looked_at = 0;
        while position < head && !everything {
            let entries = journal::touched(&self.inner.home, position, 1000)
                .await
                .map_err(Error::home)?;
            let Some(last) = entries.last() else {
                // What is left gives and takes relations, which records do not hold.
                self.refresh(kind, &BTreeSet::new(), Some(head)).await?;
                break;
            };
            position = last.id;
            looked_at += entries.len();
            if looked_at > FAR_BEHIND {
                everything = true;
                break;
            }
            everything |= entries
                .iter()
                .any(|entry| entry.kind == kind.name() && entry.action == "import");
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
            everything |= keys.len() > FAR_BEHIND;
            if everything {
                break;
            }
            keys.remove("");
            self.refresh(kind, &keys, Some(position)).await?;
        }
        drop(following);
        Ok(everything)
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
                let table = handle.table().await?;
                table
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

    async fn position(&self, kind: Kind) -> Result<i64> {
        let position = self.keeper(kind).index.meta_int("position").await;
        Ok(position.map_err(Error::index)?.unwrap_or(0))
    }
}
