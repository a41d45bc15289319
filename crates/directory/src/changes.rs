//! Taking in what others (OTOBO) wrote to shared tables, by `change_time`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kartoteka_store::Engine;

use crate::error::Result;
use crate::handle::SourceHandle;
use crate::index::CROWD;
use crate::kind::Kind;
use crate::open::Directory;
use crate::time;

/// How often changes are looked for at the most.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Changes taken in above which reading everything anew is quicker than the others one after the other, as after an
/// import of many.
const MANY: usize = 5_000;

/// Changes taken in at a time: searches that ask whether something was saved wait so long.
const AT_ONCE: usize = 100;

/// Seconds before a reading began that a change it has missed may be dated: clocks differ a little.
const APART: i64 = 5;

impl Directory {
    /// Looks for changes until the directory is closed.
    pub(crate) async fn look_for_changes(&self) {
        let mut stop = self.inner.stop.subscribe();
        let mut since = self.inner.clock.now() - 60;
        let mut pause = LOOK_EVERY;
        loop {
            tokio::select! {
                _ = tokio::time::sleep(pause) => {}
                _ = stop.changed() => return,
            }
            let now = self.inner.clock.now();
            let mut took = Duration::ZERO;
            for kind in [Kind::CustomerUser, Kind::Customer] {
                let began = tokio::time::Instant::now();
                match self.take_in_changes(kind, since).await {
                    // Time spent waiting for a source that is down is no load.
                    Ok(()) if !self.handles(kind).iter().any(SourceHandle::is_down) => {
                        took += began.elapsed();
                    }
                    Ok(()) => {}
                    Err(error) => tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "changes by others could not be read"
                    ),
                }
                if let Err(error) = self.reread_if_old(kind).await {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "sources could not be read anew"
                    );
                }
            }
            since = now - 60;
            // Looking must not become a load of its own on a large table.
            pause = LOOK_EVERY.max(took * 50);
        }
    }

    /// Takes in what changed since a time, in seconds since 1970. Many changes are taken in by making the index anew
    /// in the background. Done every few seconds.
    ///
    /// # Errors
    /// When a source or the index can't be read or written; a source that does not answer is passed over.
    pub async fn take_in_changes(&self, kind: Kind, since: i64) -> Result<()> {
        let keeper = self.keeper(kind);
        // What was saved here is no change by others.
        self.follow_journal(kind).await?;
        let is_on = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        if is_on(&keeper.building) || is_on(&keeper.filling) {
            return Ok(());
        }
        let (mut keys, all_answer) = self.changed_since(kind, since).await;
        if all_answer && keeper.incomplete.load(Ordering::Relaxed) {
            self.rebuild_in_background(kind);
            return Ok(());
        }
        if keys.len() >= CROWD as usize {
            // What was changed before the sources were last read is in the index.
            let read_at = self.read_at(kind).await?;
            (keys, _) = self.changed_since(kind, since.max(read_at - APART)).await;
        }
        if keys.len() >= CROWD as usize {
            self.rebuild_in_background(kind);
            return Ok(());
        }
        let keys: Vec<String> = keys.into_iter().collect();
        let mut changed = 0;
        for keys in keys.chunks(AT_ONCE) {
            // What the index has already does not count, however much it is.
            if changed > MANY {
                self.rebuild_in_background(kind);
                break;
            }
            let _following = keeper.following.lock().await;
            changed += self
                .refresh(kind, &keys.iter().cloned().collect(), None)
                .await?;
        }
        Ok(())
    }

    /// The keys of what changed in sources that others write to, at most [`CROWD`] of each, and whether all of them
    /// answered.
    async fn changed_since(&self, kind: Kind, since: i64) -> (BTreeSet<String>, bool) {
        let mut keys = BTreeSet::new();
        let mut all_answer = true;
        for handle in self.handles(kind) {
            // Nobody else writes to an embedded database.
            if handle.at_home() && self.inner.home.engine() == Engine::Sqlite {
                continue;
            }
            let changed = async {
                let table = handle.probe().await?;
                table
                    .changed_since(&time::text(since), CROWD)
                    .await
                    .map_err(|error| handle.failed(error))
            };
            match changed.await {
                Ok(changed) => keys.extend(changed),
                Err(error) => {
                    all_answer = false;
                    tracing::debug!(
                        source = handle.spec.id,
                        error = &error as &dyn std::error::Error,
                        "no answer"
                    );
                }
            }
        }
        (keys, all_answer)
    }
}
