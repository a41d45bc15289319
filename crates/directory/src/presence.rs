//! How many there are, and whether there is anything at all, which decides what a page offers next.

use std::sync::atomic::Ordering;

use kartoteka_boxed::boxed;
use kartoteka_model::Validity;

use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::search::{Search, ValidFilter};

impl Directory {
    /// How many valid and other records of a kind there are.
    ///
    /// # Errors
    /// When the index can't be read.
    #[boxed]
    pub async fn count(&self, kind: Kind) -> Result<(u64, u64)> {
        if let Some(table) = crate::named::table(kind) {
            return self.count_named(table).await;
        }
        self.inside().sync_index(kind).await?;
        let index = self.index_sync(kind).index();
        let valid = index.count(0).await.map_err(Error::index)?;
        Ok((valid, index.count(1).await.map_err(Error::index)?))
    }

    /// Whether there is a record of a kind, of any or of a validity. What the search index does not have yet is asked
    /// of the tables; a source that does not answer may have some. Role: reader.
    ///
    /// # Errors
    /// When the home database or the index does not answer.
    #[boxed]
    pub async fn has_any(&self, actor: &Actor, kind: Kind, valid: ValidFilter) -> Result<bool> {
        let search = Search {
            valid,
            limit: 1,
            ..Search::default()
        };
        let all = self.sync_index_is_complete(kind).await?;
        let found = self.search(actor, kind, &search).await?;
        if !found.rows.is_empty() || self.handles(kind).is_empty() {
            return Ok(!found.rows.is_empty());
        }
        if all {
            return Ok(false);
        }
        for handle in self.handles(kind) {
            match in_table(handle, valid).await {
                Ok(false) => {}
                Err(error) if handle.at_home() => return Err(error),
                Ok(true) | Err(_) => return Ok(true),
            }
        }
        Ok(false)
    }

    /// That nobody was found says nothing where no source has answered yet.
    pub(crate) fn some_source_answered(&self, kind: Kind) -> Result<()> {
        let handles = self.handles(kind);
        let incomplete = self.index_sync(kind).incomplete.load(Ordering::Relaxed);
        match handles.first() {
            Some(first) if incomplete && handles.iter().all(|one| one.is_down()) => {
                let never = std::io::Error::other("no source has answered yet");
                Err(Error::unavailable(&first.spec.id, never))
            }
            _ => Ok(()),
        }
    }
}

async fn in_table(handle: &SourceHandle, valid: ValidFilter) -> Result<bool> {
    let valid = match valid {
        ValidFilter::All => None,
        ValidFilter::Valid => Some(true),
        ValidFilter::Invalid => Some(false),
    };
    let source = handle.source().await?;
    let any = source.has_any(valid, Validity::Valid.id()).await;
    any.map_err(|error| handle.failed(error))
}
