//! What guarded sources lost between the index that answers and one that is made anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use kartoteka_index::SearchIndex;
use kartoteka_model::text::lower;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

/// Keys compared at a time.
const PORTION: u32 = 400;

impl Directory {
    /// Whether a source of which an index was to be made came to be held meanwhile; once.
    pub(crate) fn is_held_now(&self, kind: Kind, source: &str) -> bool {
        let mut handles = self.handles(kind).iter();
        let handle = handles.find(|one| one.spec.id == source);
        handle.is_some_and(|one| one.losses.take_just_held())
    }

    /// What the index that answers knows of a guarded source: its number there; none where it knows nobody.
    pub(crate) async fn known_of(
        &self,
        kind: Kind,
        handle: &SourceHandle,
    ) -> Result<Option<(Arc<SearchIndex>, usize)>> {
        let before = match handle.is_guarded() {
            true => self.known_before(kind, handle),
            false => None,
        };
        let Some((old, number)) = before else {
            return Ok(None);
        };
        let known = old.count_of_source(number).await.map_err(Error::index)?;
        Ok((known != [0, 0]).then_some((old, number)))
    }

    /// Notes who is in the index that answers and not in the one that was made of guarded sources, and who is back.
    pub(crate) async fn note_lost(
        &self,
        kind: Kind,
        lost: &[usize],
        made: &SearchIndex,
    ) -> Result<()> {
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if !handle.is_guarded() {
                continue;
            }
            self.came_back_into(handle, made).await?;
            let before = self.known_before(kind, handle);
            let Some((old, number)) = before.filter(|_| lost.contains(&source)) else {
                continue;
            };
            let mut after = String::new();
            let mut count = 0;
            loop {
                let keys = old.keys_after(&after, Some(number), PORTION).await;
                let mut keys = keys.map_err(Error::index)?;
                let Some(last) = keys.last() else { break };
                after.clone_from(last);
                let there = made.with_keys(&keys).await.map_err(Error::index)?;
                let there: BTreeSet<String> =
                    there.iter().map(|member| lower(&member.key)).collect();
                keys.retain(|key| !there.contains(&lower(key)));
                let renamed =
                    self.carry_renames_into(handle, (&old, number), (made, source), &keys);
                let renamed = renamed.await?;
                keys.retain(|key| !renamed.contains(key));
                count += keys.len() as u64;
                self.note_missing(handle, &old, &keys).await?;
            }
            handle.losses.lose(handle.now(), count);
        }
        Ok(())
    }
}
