//! Taking in what others (OTOBO) wrote to shared tables, by `change_time`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kartoteka_model::text::lower;
use kartoteka_sources::{Changes, Seen};
use kartoteka_store::Engine;

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::IndexKeeper;
use crate::index::sweep::Swept;
use crate::index::watermark::Kept;
use crate::kind::Kind;
use crate::open::Directory;

/// Changes taken in above which reading everything anew is quicker than the others one after the other, as after an
/// import of many.
pub(super) const MANY: usize = 5_000;

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
                match directory.take_in_changes(kind).await {
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
                directory.keeper(kind).is_caught_up();
                if let Err(error) = directory.reread_if_old(kind).await {
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

    /// As [`Maintenance::take_in_changes`](crate::Maintenance::take_in_changes) says.
    pub(crate) async fn take_in_changes(&self, kind: Kind) -> Result<()> {
        let keeper = self.keeper(kind);
        // What was saved here is no change by others.
        self.follow_at_once(kind).await?;
        let is_on = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let mut all_answer = true;
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if is_on(&keeper.building) || is_on(&keeper.filling) {
                return Ok(());
            }
            if !self.others_write(handle) {
                continue;
            }
            match self.take_in_changes_of(kind, source, handle).await {
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
        if all_answer && is_on(&keeper.incomplete) {
            self.rebuild_in_background(kind);
        }
        Ok(())
    }

    /// Whether somebody writes to a source of a kind without the journal's knowing.
    pub(crate) fn is_written_by_others(&self, kind: Kind) -> bool {
        let mut handles = self.handles(kind).iter();
        handles.any(|one| self.others_write(one))
    }

    /// Whether somebody writes to a source without the journal's knowing. Nobody else writes to an embedded database.
    pub(crate) fn others_write(&self, handle: &SourceHandle) -> bool {
        !handle.at_home() || self.inner.home.engine() != Engine::Sqlite
    }

    /// Takes in what changed in a source since its watermark, and moves that on; whether there was not too much for it.
    async fn take_in_changes_of(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
    ) -> Result<bool> {
        let keeper = self.keeper(kind);
        let opened = handle.probe().await?;
        let kept = Kept::of(keeper, handle).await?;
        let changes = opened.changes(kept.mark.as_ref(), &self.inner.pace.back);
        let (seen, until) = match changes.await.map_err(|error| handle.failed(error))? {
            Changes::Untold => return Ok(true),
            Changes::TooMany => return Ok(false),
            Changes::Somewhere { until } => {
                let index = keeper.index();
                match self.sweep_through(kind, source, handle).await? {
                    Swept::TooMany => return Ok(false),
                    // One that went over to another file meanwhile was not compared with all of it.
                    Swept::All if Arc::ptr_eq(&index, &keeper.index()) => {
                        kept.advance(keeper, &until).await?;
                    }
                    Swept::All | Swept::Left => {}
                }
                return Ok(true);
            }
            Changes::Of { seen, until } => (seen, until),
        };
        let keys = unlike(keeper, source, &seen).await?;
        let mut taken = 0;
        for keys in keys.chunks(AT_ONCE) {
            if taken > MANY {
                return Ok(false);
            }
            let _following = keeper.following.lock().await;
            let keys = keys.iter().cloned().collect();
            taken += self.refresh(kind, &keys, None).await?;
        }
        kept.advance(keeper, &until).await?;
        Ok(true)
    }
}

/// The keys of those rows of a source that the index does not have as they are.
pub(crate) async fn unlike(
    keeper: &IndexKeeper,
    source: usize,
    rows: &[Seen],
) -> Result<Vec<String>> {
    let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
    let marks = keeper.index().marks(&keys).await.map_err(Error::index)?;
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
