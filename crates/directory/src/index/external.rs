//! Taking in what others (OTOBO) wrote to shared tables, by `change_time`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kartoteka_model::text::lower;
use kartoteka_sources::{Changes, Seen};
use kartoteka_store::Engine;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::pace::REBUILD_ABOVE_CHANGES;
use crate::index::sweep::Swept;
use crate::index::sync::IndexSync;
use crate::index::watermark::Kept;
use crate::kind::Kind;

/// The longest time between two looks: who was down is not found to be back before.
const LONGEST: Duration = Duration::from_secs(60);

/// Changes taken in at a time: searches that ask whether something was saved wait so long.
const AT_ONCE: usize = 100;

impl Directory {
    /// Looks for changes until the directory is closed.
    pub(crate) async fn look_for_changes(&self) {
        let mut stop = self.inner.stop.subscribe();
        loop {
            let mut took = Duration::ZERO;
            let directory = self.current();
            for kind in [Kind::CustomerUser, Kind::Customer] {
                let began = tokio::time::Instant::now();
                match directory.sync_external_changes(kind).await {
                    // Time spent waiting for a source that is down is no load.
                    Ok(()) if !directory.handles(kind).iter().any(|one| one.is_down()) => {
                        took += began.elapsed();
                    }
                    Ok(()) => {}
                    Err(error) => tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "changes by others could not be read"
                    ),
                }
                directory.index_sync(kind).is_caught_up();
                if let Err(error) = directory.tell_sources(kind).await {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "what metrics say of sources could not be read"
                    );
                }
                if let Err(error) = directory.rebuild_if_stale(kind).await {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "sources could not be read anew"
                    );
                }
            }
            // Looking must not become a load of its own on a large table.
            let pause = self.inner.pace.look.max((took * 50).min(LONGEST));
            tokio::select! {
                _ = tokio::time::sleep(pause) => {}
                _ = stop.changed() => return,
            }
        }
    }

    /// As [`Maintenance::sync_external_changes`](crate::Maintenance::sync_external_changes) says.
    pub(crate) async fn sync_external_changes(&self, kind: Kind) -> Result<()> {
        let index_sync = self.index_sync(kind);
        // What was saved here is no change by others.
        self.inside().sync_index_no_wait(kind).await?;
        self.load_held().await.map_err(Error::home)?;
        let is_on = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let mut all_answer = true;
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if is_on(&index_sync.building) || is_on(&index_sync.filling) {
                return Ok(());
            }
            if !handle.spec.mirror && handle.is_down() {
                // Searches ask it again once it answers.
                let _ = handle.probe().await;
            }
            if !self.others_write(handle) {
                continue;
            }
            match self.sync_external_changes_of(kind, source, handle).await {
                // Of one that is held there is nothing new to read.
                Ok(true) if handle.losses.is_silent() => all_answer = false,
                Ok(true) => {}
                Ok(false) => {
                    self.rebuild_in_background(kind);
                    return Ok(());
                }
                Err(error @ Error::Unavailable { .. }) => {
                    all_answer = false;
                    tracing::debug!(
                        source = handle.spec.id,
                        error = &error as &dyn std::error::Error,
                        "no answer"
                    );
                }
                Err(error) => return Err(error),
            }
        }
        let handles = self.handles(kind).iter();
        let is_unreadable = handles
            .into_iter()
            .any(|one| index_sync.unreadable.has(one));
        if all_answer && is_on(&index_sync.incomplete) && !is_unreadable {
            self.rebuild_in_background(kind);
        }
        Ok(())
    }

    /// Whether somebody writes to a source of a kind without the journal's knowing.
    pub(crate) fn is_written_by_others(&self, kind: Kind) -> bool {
        let mut handles = self.handles(kind).iter();
        handles.any(|one| self.others_write(one))
    }

    /// Whether somebody writes to a source that the index has without the journal's knowing. Nobody else writes to an
    /// embedded database.
    pub(crate) fn others_write(&self, handle: &SourceHandle) -> bool {
        handle.spec.mirror && (!handle.at_home() || self.inner.home.engine() != Engine::Sqlite)
    }

    /// Takes in what changed in a source since its watermark, and moves that on; whether there was not too much for it.
    async fn sync_external_changes_of(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
    ) -> Result<bool> {
        let index_sync = self.index_sync(kind);
        let opened = handle.probe().await?;
        if handle.is_guarded() && handle.losses.wants_look() {
            match self.look_through(kind, source, handle).await? {
                Swept::TooMany => return Ok(false),
                Swept::All => {}
                Swept::Held | Swept::Left => return Ok(true),
            }
        }
        if handle.losses.is_silent() {
            return Ok(true);
        }
        let kept = Kept::of(index_sync, handle).await?;
        let changes = opened.changes(handle.now(), kept.mark.as_ref(), &self.inner.pace.back);
        let (seen, gone, until) = match changes.await.map_err(|error| handle.failed(error))? {
            Changes::Untold => return Ok(true),
            Changes::TooMany => return Ok(false),
            Changes::Somewhere { until } => {
                let index = index_sync.index();
                match self.sweep_through(kind, source, handle).await? {
                    Swept::TooMany => return Ok(false),
                    // One that went over to another file meanwhile was not compared with all of it.
                    Swept::All if Arc::ptr_eq(&index, &index_sync.index()) => {
                        kept.advance(index_sync, &until).await?;
                        self.note_in_step(kind, handle).await?;
                    }
                    Swept::All | Swept::Left | Swept::Held => {}
                }
                return Ok(true);
            }
            Changes::Of { seen, gone, until } => (seen, gone, until),
        };
        let identities = seen
            .iter()
            .filter_map(|row| Some((row.key.clone(), row.id?)));
        let identities: Vec<(String, i64)> = identities.collect();
        let index = index_sync.index();
        self.check_identities(kind, handle, Some((&index, source)), &identities)
            .await?;
        let keys = unlike(index_sync, source, &seen).await?;
        let mut taken = 0;
        for keys in keys.chunks(AT_ONCE) {
            if taken > REBUILD_ABOVE_CHANGES {
                return Ok(false);
            }
            let found = identities.iter().filter(|(key, _)| keys.contains(key));
            let found: Vec<(String, i64)> = found.cloned().collect();
            self.carry_renames(kind, source, handle, &found).await?;
            let _following = index_sync.following.lock().await;
            let keys = keys.iter().cloned().collect();
            taken += self.refresh(kind, &keys, None).await?;
        }
        self.take_told_losses(kind, source, handle, &gone, &keys)
            .await?;
        if handle.is_guarded() {
            let there = index_sync.index().with_keys(&keys).await;
            let there = there.map_err(Error::index)?.into_iter();
            let there: Vec<String> = there.map(|member| member.key).collect();
            self.came_back(handle, &there).await?;
        }
        kept.advance(index_sync, &until).await?;
        self.note_in_step(kind, handle).await?;
        Ok(true)
    }
}

/// The keys of those rows of a source that the index does not have as they are.
pub(crate) async fn unlike(
    index_sync: &IndexSync,
    source: usize,
    rows: &[Seen],
) -> Result<Vec<String>> {
    let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
    let marks = index_sync
        .index()
        .marks(&keys)
        .await
        .map_err(Error::index)?;
    let is_known = |row: &&Seen| {
        let mut marks = marks.get(&lower(&row.key)).into_iter().flatten();
        marks.any(|mark| {
            // A source before this one speaks for the key.
            mark.source < source
                || (mark.source == source
                    && mark.key == row.key
                    && mark.id == row.id
                    && mark.changed == row.changed)
        })
    };
    let keys = rows.iter().filter(|row| !is_known(row));
    let keys: BTreeSet<&String> = keys.map(|row| &row.key).collect();
    Ok(keys.into_iter().cloned().collect())
}
