//! Sources that can't be read while an index is made: what was known of them goes over from the index that answers. A source
//! that is down has not lost anybody.

use std::sync::Arc;

use kartoteka_index::{Builder, SearchIndex};

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::make::{PORTION, Reading};
use crate::index::watermark;
use crate::kind::Kind;

impl Directory {
    /// The index that answers, and the number that a source has there; none where it was read from elsewhere.
    pub(crate) fn known_before(
        &self,
        kind: Kind,
        handle: &SourceHandle,
    ) -> Option<(Arc<SearchIndex>, usize)> {
        let old = self.inner.generations.current().index_sync(kind).index();
        let new = self.index_sync(kind).index();
        let is_it = |source: &&kartoteka_index::IndexedSource| source.id == handle.spec.id;
        let new = new.layout().sources.iter().find(is_it)?;
        let known = old
            .layout()
            .sources
            .iter()
            .position(|source| (&source.id, &source.origin) == (&new.id, &new.origin))?;
        Some((old, known))
    }

    /// Takes over what the index that answers knows of a source, with how far its changes were taken in.
    pub(super) async fn carry_over(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        reading: &mut Reading,
        builder: &mut Builder,
    ) -> Result<()> {
        // What is read from elsewhere now was never known.
        let Some((old, known)) = self.known_before(kind, handle) else {
            return Ok(());
        };
        reading.carried = true;
        let mut after = String::new();
        loop {
            let keys = old.keys_after(&after, Some(known), PORTION).await;
            let keys = keys.map_err(Error::index)?;
            let Some(last) = keys.last() else { break };
            after.clone_from(last);
            let kept = old.kept(&keys).await.map_err(Error::index)?;
            let kept = kept.into_values().flatten();
            let upserts = kept.filter(|kept| kept.source == known);
            let upserts = upserts.map(|kept| kept.into_upsert(reading.source));
            let added = builder.add(upserts.collect(), reading.note()?).await;
            added.map_err(Error::index)?;
        }
        let name = watermark::name(handle);
        if let Some(mark) = old.meta(&name).await.map_err(Error::index)? {
            reading.watermarks.insert(name, mark);
        }
        Ok(())
    }
}
