//! Which records speak for keys, asked of the sources for the search index.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::BoxFuture;
use kartoteka_model::text::lower;
use kartoteka_store::index::Put;
use kartoteka_store::source::Stored;

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::open::Directory;

/// Keys looked up at a time.
const PORTION: usize = 400;

/// How often the sources are asked again because others wrote to the index meanwhile.
const TRIES: usize = 100;

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
            changed += self.put(kind, keys, position.filter(|_| last)).await?;
            if last {
                return Ok(changed);
            }
        }
    }

    /// The same for a portion. When another process changed the index since the sources were asked, they are asked again:
    /// what it put there may be newer.
    fn put<'a>(
        &'a self,
        kind: Kind,
        keys: &'a [&str],
        position: Option<i64>,
    ) -> BoxFuture<'a, Result<usize>> {
        Box::pin(async move {
            let keeper = self.keeper(kind);
            for _ in 0..TRIES {
                let turn = keeper.index.turn().await.map_err(Error::index)?;
                let mut speaking = self.speaking(kind, keys).await?;
                let renamed = self.renamed(kind, keys, &speaking.puts).await?;
                if !renamed.is_empty() {
                    let renamed: Vec<&str> = renamed.iter().map(String::as_str).collect();
                    let before = self.speaking(kind, &renamed).await?;
                    speaking.puts.extend(before.puts);
                    speaking.gone.extend(before.gone);
                    speaking.unknown |= before.unknown;
                }
                if speaking.unknown {
                    keeper.note_incomplete(true).await?;
                }
                let Speaking { puts, gone, .. } = &speaking;
                let written = keeper
                    .index
                    .write_in_turn(puts, gone, position, Some(turn))
                    .await;
                if let Some(changed) = written.map_err(Error::index)? {
                    return Ok(changed);
                }
            }
            let busy = std::io::Error::other("others go on writing to the search index");
            Err(Error::internal(busy))
        })
    }

    /// The keys under which the index knows rows that have another one now: they may be gone.
    async fn renamed(&self, kind: Kind, keys: &[&str], puts: &[Put]) -> Result<Vec<String>> {
        let index = &self.keeper(kind).index;
        let mut renamed = vec![];
        for source in 0..self.handles(kind).len() {
            let of = puts.iter().filter(|put| put.source == source);
            let ids: Vec<i64> = of.filter_map(|put| put.id).collect();
            // Each has one key, unless the numbers are none that the table gives its rows.
            let most = 2 * ids.len() as u32;
            let known = index.keys_of_rows(source, &ids, most).await;
            renamed.extend(known.map_err(Error::index)?);
        }
        let asked: BTreeSet<String> = keys.iter().map(|key| lower(key)).collect();
        renamed.retain(|key| !asked.contains(&lower(key)));
        Ok(renamed)
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
                speaking.puts.extend(record.map(|stored| Put {
                    source,
                    record: stored.record.clone(),
                    id: stored.id,
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
                    let Stored { record, id, .. } = stored;
                    speaking.puts.push(Put { source, record, id });
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
pub(crate) async fn rows(
    handle: &SourceHandle,
    keys: &[String],
) -> Result<BTreeMap<String, Stored>> {
    let table = handle.table().await?;
    let rows = table.find_many(keys).await;
    let rows = rows.map_err(|error| handle.failed(error))?.into_iter();
    let by_key = rows.map(|stored| (table.key_of(&stored.record).to_owned(), stored));
    Ok(by_key.collect())
}
