//! Which record speaks for a key, asked of the sources for the search index.

use std::collections::BTreeSet;

use kartoteka_store::index::Put;
use kartoteka_store::source::Stored;

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::open::Directory;

/// What the index has to hold under a key.
enum Speaking {
    Record(Put),
    Nobody,
    /// A source does not answer that may have it.
    Unknown,
}

impl Directory {
    /// Reads these records again and puts what they are now into the index.
    pub(crate) async fn refresh(
        &self,
        kind: Kind,
        keys: &BTreeSet<String>,
        position: Option<i64>,
    ) -> Result<()> {
        let mut puts = vec![];
        let mut gone = vec![];
        for key in keys {
            match self.speaking(kind, key).await? {
                Speaking::Record(put) => puts.push(put),
                Speaking::Nobody => gone.push(key.clone()),
                Speaking::Unknown => self.keeper(kind).note_incomplete(true).await?,
            }
        }
        self.keeper(kind)
            .index
            .write(&puts, &gone, position)
            .await
            .map_err(Error::index)
    }

    /// The record that speaks for a key now: that of the first source that has it (D19), under this spelling or another.
    async fn speaking(&self, kind: Kind, key: &str) -> Result<Speaking> {
        let known = self.keeper(kind).index.find(key).await;
        let known = known.map_err(Error::index)?.map(|hit| hit.key);
        let mut spellings = vec![Some(key)];
        spellings.extend(known.as_deref().filter(|known| *known != key).map(Some));
        // Another spelling that the index does not know is rare, and looking for it may take long.
        for any_spelling in [false, true] {
            for (source, handle) in self.handles(kind).iter().enumerate() {
                let spellings: &[Option<&str>] = if any_spelling { &[None] } else { &spellings };
                match stored_as(handle, key, spellings).await {
                    Ok(Some(stored)) => {
                        let record = stored.record;
                        return Ok(Speaking::Record(Put { source, record }));
                    }
                    Ok(None) => {}
                    Err(Error::Unavailable { .. }) if !handle.at_home() => {
                        return Ok(Speaking::Unknown);
                    }
                    Err(error) => return Err(error),
                }
            }
            if self.handles(kind).len() < 2 {
                break;
            }
        }
        Ok(Speaking::Nobody)
    }
}

/// The row of a key in one source, under one of these spellings; none stands for any spelling.
async fn stored_as(
    handle: &SourceHandle,
    key: &str,
    spellings: &[Option<&str>],
) -> Result<Option<Stored>> {
    let table = handle.table().await?;
    for spelling in spellings {
        let stored = match spelling {
            Some(spelling) => table.find(spelling).await,
            None => table.find_ignoring_case(key).await,
        };
        if let Some(stored) = stored.map_err(|error| handle.failed(error))? {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}
