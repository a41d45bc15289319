//! Which records speak for keys, asked of the sources for the search index.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::BoxFuture;
use kartoteka_index::{Put, SearchIndex};
use kartoteka_model::text::lower;
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
        let index = self.keeper(kind).index();
        self.refresh_in(&index, kind, keys, position).await
    }

    /// The same with a file of the index, which may be one that does not answer yet.
    pub(crate) async fn refresh_in(
        &self,
        index: &SearchIndex,
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
            let position = position.filter(|_| last);
            changed += self.put(index, kind, keys, position).await?;
            if last {
                return Ok(changed);
            }
        }
    }

    /// The same for a portion. When another process changed the index since the sources were asked, they are asked again:
    /// what it put there may be newer.
    fn put<'a>(
        &'a self,
        index: &'a SearchIndex,
        kind: Kind,
        keys: &'a [&str],
        position: Option<i64>,
    ) -> BoxFuture<'a, Result<usize>> {
        Box::pin(async move {
            let keeper = self.keeper(kind);
            for _ in 0..TRIES {
                let turn = index.turn().await.map_err(Error::index)?;
                let mut speaking = self.speaking(index, kind, keys).await?;
                let renamed = self.renamed(index, kind, keys, &speaking.puts).await?;
                if !renamed.is_empty() {
                    let renamed: Vec<&str> = renamed.iter().map(String::as_str).collect();
                    let before = self.speaking(index, kind, &renamed).await?;
                    speaking.puts.extend(before.puts);
                    speaking.gone.extend(before.gone);
                    speaking.unknown |= before.unknown;
                }
                if speaking.unknown {
                    keeper.note_incomplete(true).await?;
                }
                let Speaking { puts, gone, .. } = &speaking;
                let written = index.write_in_turn(puts, gone, position, Some(turn)).await;
                if let Some(changed) = written.map_err(Error::index)? {
                    return Ok(changed);
                }
            }
            let busy = std::io::Error::other("others go on writing to the search index");
            Err(Error::internal(busy))
        })
    }

    /// The keys under which the index knows rows that have another one now: they may be gone.
    async fn renamed(
        &self,
        index: &SearchIndex,
        kind: Kind,
        keys: &[&str],
        puts: &[Put],
    ) -> Result<Vec<String>> {
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

    /// The records that speak for keys now: for each those of the first source that has it (D19), under this spelling or
    /// others.
    async fn speaking(&self, index: &SearchIndex, kind: Kind, keys: &[&str]) -> Result<Speaking> {
        let mut speaking = Speaking::default();
        if keys.is_empty() {
            return Ok(speaking);
        }
        let owned: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        // All spellings of each, as asked for and as known.
        let mut spellings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let known = index.with_keys(&owned).await.map_err(Error::index)?;
        for key in known.into_iter().map(|member| member.key).chain(owned) {
            spellings.entry(lower(&key)).or_default().insert(key);
        }
        let mut open: Vec<&BTreeSet<String>> = spellings.values().collect();
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if open.is_empty() {
                break;
            }
            let asked: Vec<String> = open.iter().copied().flatten().cloned().collect();
            let rows = match rows(handle, &asked).await {
                Ok(rows) => rows,
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    speaking.unknown = true;
                    return Ok(speaking);
                }
                Err(error) => return Err(error),
            };
            open.retain(|spelled| {
                let before = speaking.puts.len();
                let found = spelled.iter().filter_map(|key| rows.get(key));
                speaking.puts.extend(found.map(|stored| Put {
                    source,
                    record: stored.record.clone(),
                    id: stored.id,
                }));
                speaking.puts.len() == before
            });
        }
        for key in open.into_iter().filter_map(BTreeSet::first) {
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
                let source = handle.source().await?;
                let found = source.find_ignoring_case(key).await;
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
    let source = handle.source().await?;
    let rows = source.find_many(keys).await;
    let rows = rows.map_err(|error| handle.failed(error))?.into_iter();
    let by_key = rows.map(|stored| (handle.key_of(&stored.record).to_owned(), stored));
    Ok(by_key.collect())
}
