//! Keeping the search indexes in step with the sources.
//!
//! [`sync`] is an index and how far it is. What keeps it in step:
//!
//! - [`follow`]: what was saved here, on any node, by the journal, before every search.
//! - [`external`]: what others write, by `change_time` since a [`watermark`].
//! - [`sweep`]: what has no `change_time`, as rows deleted by hand: everything is compared, a portion at a time.
//! - [`stale`]: everything anew, where a source's `CacheTTL` says so.
//! - [`make`]: an index from the beginning, beside the one that answers; of a source that can't be read it has what was
//!   known ([`carry`]).

mod carry;
pub(crate) mod external;
mod follow;
mod make;
pub(crate) mod pace;
pub(crate) mod stale;
pub(crate) mod sweep;
pub(crate) mod sync;
mod unreadable;
mod watermark;

use std::sync::Arc;
use std::time::Duration;

use kartoteka_store::StoreError;

use crate::directory::Directory;
use crate::generation::Generation;
use crate::kind::Kind;

impl Directory {
    /// Starts what keeps the indexes in step. Small directories are indexed before the first search is answered.
    pub(crate) async fn keep_indexes(&self, looks_for_changes: bool) -> Result<(), StoreError> {
        for kind in [Kind::CustomerUser, Kind::Customer] {
            if !self.index_sync(kind).index().is_built().await? {
                self.rebuild_in_background(kind);
            }
        }
        if looks_for_changes {
            for kind in [Kind::CustomerUser, Kind::Customer] {
                if self.is_written_by_others(kind) {
                    self.index_sync(kind).is_to_catch_up();
                }
                let directory = self.clone();
                tokio::spawn(async move { directory.keep_sweeping(kind).await });
            }
            let directory = self.clone();
            tokio::spawn(async move { directory.look_for_changes().await });
        }
        Ok(())
    }

    async fn rebuild_logged(&self, kind: Kind) {
        let mut stop = self.inner.stop.subscribe();
        let mut pause = Duration::from_secs(1);
        loop {
            // The next start goes on.
            if *stop.borrow() {
                return;
            }
            let made = tokio::select! {
                made = self.rebuild_index(kind) => made,
                () = self.index_replaced(kind) => return,
                _ = stop.changed() => return,
            };
            let Err(error) = made else { return };
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

    /// Waits until another generation asks another index of a kind than this one.
    async fn index_replaced(&self, kind: Kind) {
        let mut current = self.inner.generations.current.subscribe();
        let own = self.generation.index_sync(kind);
        let replaced = |now: &Arc<Generation>| !Arc::ptr_eq(now.index_sync(kind), own);
        // Nobody sends any more when the directory is gone, and this one with it.
        let _ = current.wait_for(replaced).await;
    }
}
