//! Which records speak for keys, asked of the sources for the search index.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_model::Record;
use kartoteka_model::text::lower;
use kartoteka_store::index::Put;

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::open::Directory;

/// Keys looked up at a time.
const PORTION: usize = 400;

/// What the index has to hold under some keys.
#[derive(Default)]
struct Speaking {
    puts: Vec<Put>,
    /// Nobody has them.
    gone: Vec<String>,
    /// A source does not answer that may have some of them.
    unknown: bool,
}

impl Directory {
    /// Reads these records again and puts what they are now into the index, a portion at a time; the position is noted
    /// with the last. Tells how many were other than what the index had.
    pub(crate) async fn refresh(
        &self,
        kind: Kind,
        keys: &BTreeSet<String>,
        position: Option<i64>,
    ) -> Result<usize> {
        let mut changed = 0;
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut portions = keys.chunks(PORTION).peekable();
        loop {
            let keys = portions.next().unwrap_or_default();
            let last = portions.peek().is_none();
            let speaking = self.speaking(kind, keys).await?;
            if speaking.unknown {
                self.keeper(kind).note_incomplete(true).await?;
            }
            changed += self
                .keeper(kind)
                .index
                .write(&speaking.puts, &speaking.gone, position.filter(|_| last))
                .await
                .map_err(Error::index)?;
            if last {
                return Ok(changed);
            }
        }
    }

    /// The records that speak for keys now: each that of the first source that has it (D19), under this spelling or
    /// another.
    async fn speaking(&self, kind: Kind, keys: &[&str]) -> Result<Speaking> {
        let mut speaking = Speaking::default();
        if keys.is_empty() {
            return Ok(speaking);
        }
        let owned: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let known = self.keeper(kind).index.with_keys(&owned).await;
        let known: BTreeMap<String, String> = known
            .map_err(Error::index)?
            .into_iter()
            .map(|member| (lower(&member.key), member.key))
            .collect();
        let spellings = |key: &str| {
            let known = known.get(&lower(key)).filter(|known| *known != key);
            std::iter::once(key.to_owned()).chain(known.cloned())
        };
        let mut open = keys.to_vec();
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if open.is_empty() {
                break;
            }
            let asked: Vec<String> = open.iter().flat_map(|key| spellings(key)).collect();
            let rows = match rows(handle, &asked).await {
                Ok(rows) => rows,
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    speaking.unknown = true;
                    return Ok(speaking);
                }
                Err(error) => return Err(error),
            };
            open.retain(|key| {
                let record = spellings(key).find_map(|spelling| rows.get(&spelling));
                speaking.puts.extend(record.map(|record| Put {
                    source,
                    record: record.clone(),
                }));
                record.is_none()
            });
        }
        for key in open {
            self.speaking_otherwise(kind, key, &mut speaking).await?;
        }
        Ok(speaking)
    }

    /// Another spelling that the index does not know is rare, and looking for it may take long.
    async fn speaking_otherwise(
        &self,
        kind: Kind,
        key: &str,
        speaking: &mut Speaking,
    ) -> Result<()> {
        let several = self.handles(kind).len() > 1;
        for (source, handle) in self.handles(kind).iter().enumerate().filter(|_| several) {
            let found = async {
                let table = handle.table().await?;
                let found = table.find_ignoring_case(key).await;
                found.map_err(|error| handle.failed(error))
            };
            match found.await {
                Ok(Some(stored)) => {
                    let record = stored.record;
                    speaking.puts.push(Put { source, record });
                    return Ok(());
                }
                Ok(None) => {}
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    speaking.unknown = true;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        speaking.gone.push(key.to_owned());
        Ok(())
    }
}

/// The rows of a source with exactly these keys.
async fn rows(handle: &SourceHandle, keys: &[String]) -> Result<BTreeMap<String, Record>> {
    let table = handle.table().await?;
    let rows = table.find_many(keys).await;
    let rows = rows.map_err(|error| handle.failed(error))?.into_iter();
    let by_key = rows.map(|stored| (table.key_of(&stored.record).to_owned(), stored.record));
    Ok(by_key.collect())
}
