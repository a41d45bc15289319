//! Which records speak for keys, asked of the sources for the search index.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::BoxFuture;
use kartoteka_boxed::boxed;
use kartoteka_index::{SearchIndex, Upsert};
use kartoteka_model::text::lower;
use kartoteka_store::source::SourceRow;

use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::handle::{SourceHandle, is_valid};
use crate::kind::Kind;

/// Keys looked up at a time.
const PORTION: usize = 400;

/// How often the sources are asked again because others wrote to the index meanwhile.
const TRIES: usize = 100;

/// What the index has to hold under some keys.
#[derive(Default)]
struct IndexChanges {
    upserts: Vec<Upsert>,
    /// Nobody has them.
    deletes: Vec<String>,
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
        let index = self.index_sync(kind).index();
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
        self.refresh_all(index, kind, keys, position, None).await
    }

    /// The same for keys that a source may lose, as all of it was compared.
    pub(crate) async fn refresh_taking(
        &self,
        kind: Kind,
        source: usize,
        keys: &BTreeSet<String>,
    ) -> Result<usize> {
        let index = self.index_sync(kind).index();
        self.refresh_all(&index, kind, keys, None, Some(source))
            .await
    }

    async fn refresh_all(
        &self,
        index: &SearchIndex,
        kind: Kind,
        keys: &BTreeSet<String>,
        position: Option<i64>,
        taking: Option<usize>,
    ) -> Result<usize> {
        let mut changed = 0;
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut portions = keys.chunks(PORTION).peekable();
        loop {
            let keys = portions.next().unwrap_or_default();
            let last = portions.peek().is_none();
            let position = position.filter(|_| last);
            let portion = self.refresh_portion(index, kind, keys, position, taking);
            changed += portion.await?;
            if last {
                return Ok(changed);
            }
        }
    }

    /// The same for a portion. When another process changed the index since the sources were asked, they are asked again:
    /// what it put there may be newer.
    fn refresh_portion<'a>(
        &'a self,
        index: &'a SearchIndex,
        kind: Kind,
        keys: &'a [&str],
        position: Option<i64>,
        taking: Option<usize>,
    ) -> BoxFuture<'a, Result<usize>> {
        Box::pin(async move {
            let index_sync = self.index_sync(kind);
            for _ in 0..TRIES {
                let turn = index.turn().await.map_err(Error::index)?;
                let mut changes = self.index_changes(index, kind, keys).await?;
                let lost = self
                    .hold_back(index, kind, keys, &mut changes, taking)
                    .await?;
                let renamed = self.renamed(index, kind, keys, &changes.upserts).await?;
                if !renamed.is_empty() {
                    let renamed: Vec<&str> = renamed.iter().map(String::as_str).collect();
                    let before = self.index_changes(index, kind, &renamed).await?;
                    changes.upserts.extend(before.upserts);
                    changes.deletes.extend(before.deletes);
                    changes.unknown |= before.unknown;
                }
                if changes.unknown {
                    index_sync.note_incomplete(true).await?;
                }
                let IndexChanges {
                    upserts, deletes, ..
                } = &changes;
                let written = index
                    .write_in_turn(upserts, deletes, position, Some(turn))
                    .await;
                if let Some(changed) = written.map_err(Error::index)? {
                    for (source, count) in lost {
                        let handle = &self.handles(kind)[source];
                        handle.losses.lose(handle.now(), count);
                    }
                    return Ok(changed);
                }
            }
            let busy = std::io::Error::other("others go on writing to the search index");
            Err(Error::internal(busy))
        })
    }

    /// Leaves as they are in the index those whom a guarded source does not answer with, and those who are not valid any
    /// more where they are many, unless these losses of a source are taken: all of it is to be compared first. Tells how
    /// many of which source become invalid.
    async fn hold_back(
        &self,
        index: &SearchIndex,
        kind: Kind,
        keys: &[&str],
        changes: &mut IndexChanges,
        taking: Option<usize>,
    ) -> Result<Vec<(usize, u64)>> {
        let handles = self.handles(kind);
        if !handles.iter().any(|handle| handle.is_guarded()) {
            return Ok(vec![]);
        }
        let owned: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let marks = index.marks(&owned).await.map_err(Error::index)?;
        let key_of = |upsert: &Upsert| handles[upsert.source].key_of(&upsert.record).to_owned();
        let mut upserts: BTreeMap<String, Vec<&Upsert>> = BTreeMap::new();
        for upsert in &changes.upserts {
            upserts
                .entry(lower(&key_of(upsert)))
                .or_default()
                .push(upsert);
        }
        let ids: BTreeSet<(usize, i64)> = changes
            .upserts
            .iter()
            .filter_map(|upsert| Some((upsert.source, upsert.id?)))
            .collect();
        let mut back = BTreeSet::new();
        let mut invalid: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (lkey, mark) in marks
            .iter()
            .flat_map(|(lkey, marks)| marks.iter().map(move |mark| (lkey, mark)))
        {
            let handle = handles.get(mark.source).filter(|one| one.is_guarded());
            let Some(handle) = handle.filter(|_| taking != Some(mark.source)) else {
                continue;
            };
            let now = upserts.get(lkey).map(Vec::as_slice).unwrap_or_default();
            if now.iter().any(|upsert| upsert.source < mark.source) {
                continue;
            }
            let mut own = now.iter().filter(|upsert| upsert.source == mark.source);
            let same = own.clone().find(|upsert| key_of(upsert) == mark.key);
            match same.or_else(|| own.next()) {
                Some(upsert) if mark.valid && !is_valid(handle, &upsert.record) => {
                    invalid.entry(mark.source).or_default().insert(lkey.clone());
                }
                Some(_) => {}
                // Who has another key now is not lost.
                None if mark.id.is_some_and(|id| ids.contains(&(mark.source, id))) => {}
                None => {
                    if !changes.unknown {
                        handle.losses.want_look();
                    }
                    back.insert(lkey.clone());
                }
            }
        }
        let mut lost = vec![];
        for (source, lkeys) in invalid {
            let handle = &handles[source];
            let known = index.count_of_source(source).await;
            let known = known.map_err(Error::index)?.iter().sum();
            let (count, limit) = (lkeys.len() as u64, handle.spec.loss_limit);
            if handle.losses.can_lose(handle.now(), count, limit, known) {
                lost.push((source, count));
            } else {
                handle.losses.want_look();
                back.extend(lkeys);
            }
        }
        changes
            .upserts
            .retain(|upsert| !back.contains(&lower(&key_of(upsert))));
        changes.deletes.retain(|key| !back.contains(&lower(key)));
        Ok(lost)
    }

    /// The keys under which the index knows rows that have another one now: they may be gone.
    async fn renamed(
        &self,
        index: &SearchIndex,
        kind: Kind,
        keys: &[&str],
        upserts: &[Upsert],
    ) -> Result<Vec<String>> {
        let mut renamed = vec![];
        for source in 0..self.handles(kind).len() {
            let of = upserts.iter().filter(|upsert| upsert.source == source);
            let ids: Vec<i64> = of.filter_map(|upsert| upsert.id).collect();
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
    async fn index_changes(
        &self,
        index: &SearchIndex,
        kind: Kind,
        keys: &[&str],
    ) -> Result<IndexChanges> {
        let mut changes = IndexChanges::default();
        if keys.is_empty() {
            return Ok(changes);
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
            if !handle.spec.mirror {
                continue;
            }
            let asked: Vec<String> = open.iter().copied().flatten().cloned().collect();
            let rows = match rows(handle, &asked).await {
                Ok(rows) => rows,
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    changes.unknown = true;
                    return Ok(changes);
                }
                Err(error) => return Err(error),
            };
            open.retain(|spelled| {
                let before = changes.upserts.len();
                let found = spelled.iter().filter_map(|key| rows.get(key));
                changes.upserts.extend(found.map(|stored| Upsert {
                    source,
                    record: stored.record.clone(),
                    id: stored.id,
                }));
                changes.upserts.len() == before
            });
        }
        for key in open.into_iter().filter_map(BTreeSet::first) {
            self.index_changes_ignoring_case(kind, key, &mut changes)
                .await?;
        }
        Ok(changes)
    }

    /// Another spelling that the index does not know is rare, and looking for it may take long.
    async fn index_changes_ignoring_case(
        &self,
        kind: Kind,
        key: &str,
        changes: &mut IndexChanges,
    ) -> Result<()> {
        let several = self.handles(kind).len() > 1;
        let handles = self.handles(kind).iter().enumerate();
        for (source, handle) in handles.filter(|(_, one)| several && one.spec.mirror) {
            let found = async {
                let source = handle.source().await?;
                let found = source.find_ignoring_case(key).await;
                found.map_err(|error| handle.failed(error))
            };
            match found.await {
                Ok(Some(stored)) => {
                    let SourceRow { record, id, .. } = stored;
                    changes.upserts.push(Upsert { source, record, id });
                    return Ok(());
                }
                Ok(None) => {}
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    changes.unknown = true;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        changes.deletes.push(key.to_owned());
        Ok(())
    }
}

impl Inside<'_> {
    /// Reads these records again and puts what they are now into the index.
    ///
    /// # Errors
    /// When a source or the index can't be read, or the index can't be written.
    #[boxed]
    pub async fn refresh(self, kind: Kind, keys: &BTreeSet<String>) -> Result<usize> {
        self.0.refresh(kind, keys, None).await
    }
}

/// The rows of a source with exactly these keys.
pub(crate) async fn rows(
    handle: &SourceHandle,
    keys: &[String],
) -> Result<BTreeMap<String, SourceRow>> {
    let source = handle.source().await?;
    let rows = source.find_many(keys).await;
    let rows = rows.map_err(|error| handle.failed(error))?.into_iter();
    let by_key = rows.map(|stored| (handle.key_of(&stored.record).to_owned(), stored));
    Ok(by_key.collect())
}
