//! Those of whom a source tells itself that they are gone.

use std::collections::BTreeSet;

use kartoteka_model::text::lower;

use super::limit::is_too_much;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

impl Directory {
    /// Takes out those whom a source says that it removed, by the numbers of their rows, unless they are among these keys,
    /// which are somebody's again. Where they are many, all of the source is compared first.
    pub(crate) async fn take_told_losses(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
        gone: &[i64],
        there: &[String],
    ) -> Result<()> {
        let index = self.index_sync(kind).index();
        // Each has one key, unless two identities have one number.
        let most = u32::try_from(2 * gone.len()).unwrap_or(u32::MAX);
        let keys = index.keys_of_rows(source, gone, most).await;
        let mut keys = keys.map_err(Error::index)?;
        let there: BTreeSet<String> = there.iter().map(|key| lower(key)).collect();
        keys.retain(|key| !there.contains(&lower(key)));
        if keys.is_empty() {
            return Ok(());
        }
        if !handle.is_guarded() {
            let keys = keys.into_iter().collect();
            return self.refresh(kind, &keys, None).await.map(drop);
        }
        let _turn = handle.losses.turn().await;
        let known = index.count_of_source(source).await.map_err(Error::index)?;
        let known: u64 = known.iter().sum();
        let (limit, mut count) = (handle.spec.loss_limit, keys.len() as u64);
        let rest = known.saturating_sub(count);
        if is_too_much(limit, known, count, rest)
            || !handle.losses.can_lose(handle.now(), count, limit, known)
        {
            handle.losses.want_look();
            return Ok(());
        }
        self.take_losses(kind, source, handle, &keys, &mut count)
            .await
    }
}
