//! Whoever is shown is there: what the index answers is held against the sources, with one statement for each source.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_index::Upsert;
use kartoteka_model::text::lower;

use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::source_precedence::rows;

/// How long a source may take for it that is in another database. What is known of it is shown then.
const SOURCE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long taking in what has changed may take: somebody waits for the page.
const WRITING: Duration = Duration::from_secs(1);

/// How often the index is asked again because it was not as the sources are.
const TRIES: u32 = 3;

/// What the sources say of what the index answered.
#[derive(Debug, Default)]
pub struct Confirmed {
    /// Keys that are in no source any more, in lower case.
    gone: BTreeSet<String>,
    /// The index was not as the sources are, and is now.
    taken_in: bool,
}

/// Asking the index until it answers what is there: again after what was other was taken in.
#[derive(Debug, Default)]
pub struct Confirming {
    tries: u32,
}

impl Confirming {
    /// Those of the keys that were answered and are gone, which must not be shown; none when the index is to be asked
    /// again.
    ///
    /// # Errors
    /// When the home database or the index can't be read.
    #[boxed]
    pub async fn gone(
        &mut self,
        directory: &Directory,
        kind: Kind,
        keys: &[String],
    ) -> Result<Option<Gone>> {
        let confirmed = directory.inside().confirm(kind, keys).await?;
        self.tries += 1;
        if confirmed.taken_in && self.tries < TRIES {
            return Ok(None);
        }
        Ok(Some(Gone(confirmed.gone)))
    }
}

/// Keys that nothing is shown of.
#[derive(Debug)]
pub struct Gone(BTreeSet<String>);

impl Gone {
    /// Whether nothing is to be shown of this key, however it is spelled.
    pub fn has(&self, key: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&lower(key))
    }
}

impl Inside<'_> {
    /// Reads the rows of these records of the index, and takes in what is other there. Nothing is read where nobody else
    /// writes; of a source that does not answer, what is known is taken to be true.
    ///
    /// # Errors
    /// When the home database or the index can't be read.
    #[boxed]
    pub async fn confirm(self, kind: Kind, keys: &[String]) -> Result<Confirmed> {
        let handles = self.handles(kind);
        if keys.is_empty() || !handles.iter().any(|handle| self.others_write(handle)) {
            return Ok(Confirmed::default());
        }
        let index_sync = self.index_sync(kind);
        let kept = index_sync.index().kept(keys).await.map_err(Error::index)?;
        let mut of_sources: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for one in kept.values().flatten() {
            let keys = of_sources.entry(one.source).or_default();
            keys.push(one.key.clone());
        }
        let mut confirmed = Confirmed::default();
        let mut unlike = BTreeSet::new();
        let mut there = BTreeSet::new();
        for (source, keys) in of_sources {
            let Some(handle) = handles.get(source).filter(|one| self.others_write(one)) else {
                continue;
            };
            let asked = rows(handle, &keys);
            let found = match handle.at_home() {
                true => asked.await?,
                false => match tokio::time::timeout(SOURCE_TIMEOUT, asked).await {
                    Ok(Ok(found)) => found,
                    Err(_) | Ok(Err(Error::Unavailable { .. })) => continue,
                    Ok(Err(error)) => return Err(error),
                },
            };
            let lacking = keys.iter().filter(|key| !found.contains_key(*key));
            let lacking: Vec<String> = lacking.cloned().collect();
            if self.is_doubtful(kind, source, handle, &lacking).await? {
                continue;
            }
            for key in keys {
                let lkey = lower(&key);
                let Some(row) = found.get(&key) else {
                    // Not being answered with once leaves nobody out of the index.
                    if !handle.is_guarded() {
                        unlike.insert(key);
                    }
                    confirmed.gone.insert(lkey);
                    continue;
                };
                let upsert = Upsert {
                    source,
                    record: row.record.clone(),
                    id: row.id,
                };
                let mut known = kept.get(&lkey).into_iter().flatten();
                if !known.any(|kept| kept.is(&upsert)) {
                    unlike.insert(key);
                }
                there.insert(lkey);
            }
        }
        // Of two that differ in their case one may be there still.
        confirmed.gone.retain(|lkey| !there.contains(lkey));
        if unlike.is_empty() {
            return Ok(confirmed);
        }
        // Where the index can't be written now, those who are gone are left out all the same.
        let taken = tokio::time::timeout(WRITING, self.refresh(kind, &unlike)).await;
        confirmed.taken_in = matches!(taken, Ok(Ok(changed)) if changed > 0);
        Ok(confirmed)
    }
}
