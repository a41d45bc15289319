//! The stored rows of keys: in the first source that has them, by exact spelling or else without regard to case.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_model::text::{lower, same_key};
use kartoteka_sources::{Source, SourceRow};
use kartoteka_store::Engine;
use kartoteka_store::own::aside::is_aside;

use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

/// How the index spells keys, by keys in lower case.
struct Spelled {
    keys: BTreeMap<String, String>,
    /// Whether it had all keys when it was asked.
    all: bool,
}

impl Directory {
    /// What was last known of a record of a source that does not answer, if it is one that is only read. Whoever shows it
    /// says so ([`Found::unavailable_since`](crate::Found)).
    async fn mirrored(
        &self,
        kind: Kind,
        number: usize,
        handle: &SourceHandle,
        key: &str,
    ) -> Result<Option<SourceRow>> {
        if !handle.spec.read_only {
            return Ok(None);
        }
        let index = self.index_sync(kind).index();
        let known = index.find(key).await.map_err(Error::index)?;
        let Some(hit) = known.filter(|hit| hit.source == number) else {
            return Ok(None);
        };
        // Whose it was then tells what is theirs.
        let marks = index.marks(std::slice::from_ref(&hit.key)).await;
        let marks = marks.map_err(Error::index)?.into_values().flatten();
        let mut own = marks.filter(|mark| mark.key == hit.key);
        Ok(Some(SourceRow {
            id: own.next().and_then(|mark| mark.id),
            record: hit.record,
            password: None,
        }))
    }

    /// Whether what a later source has may speak while earlier ones do not answer: unless one of those is known to have
    /// the key as well.
    async fn check_higher_sources(
        &self,
        kind: Kind,
        key: &str,
        down: Vec<(usize, Error)>,
    ) -> Result<()> {
        if down.is_empty() {
            return Ok(());
        }
        let known = self.index_sync(kind).index().find(key).await;
        let known = known.map_err(Error::index)?.map(|hit| hit.source);
        let speaker = down.into_iter().find(|(number, _)| Some(*number) == known);
        speaker.map_or(Ok(()), |(_, error)| Err(error))
    }

    async fn find_row_in(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        key: &str,
        looked_up: &mut Option<(Option<String>, bool)>,
    ) -> Result<Option<SourceRow>> {
        let source = handle.source().await?;
        if let Some(stored) = source
            .find(key)
            .await
            .map_err(|error| handle.failed(error))?
        {
            return Ok(Some(stored));
        }
        let (spelled, all) = match looked_up {
            Some(known) => known.clone(),
            None => {
                let all = self.sync_index_is_complete(kind).await?;
                let hit = self
                    .index_sync(kind)
                    .index()
                    .find(key)
                    .await
                    .map_err(Error::index)?;
                looked_up.insert((hit.map(|hit| hit.key), all)).clone()
            }
        };
        match spelled {
            Some(spelled) if spelled != key => source
                .find(&spelled)
                .await
                .map_err(|error| handle.failed(error)),
            Some(_) => Ok(None),
            None if all && is_embedded(handle, source) => Ok(None),
            None => source
                .find_ignoring_case(key)
                .await
                .map_err(|error| handle.failed(error)),
        }
    }

    async fn find_rows_in<'k>(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        keys: &[&'k String],
        spelled: &mut Option<Spelled>,
    ) -> Result<Vec<(&'k String, SourceRow)>> {
        let source = handle.source().await?;
        let failed = |error| handle.failed(error);
        let rows = by_key(
            handle,
            source.find_many(&owned(keys)).await.map_err(failed)?,
        );
        let (exact, rest): (Vec<&String>, Vec<&String>) = keys
            .iter()
            .copied()
            .partition(|key| rows.contains_key(key.as_str()));
        let exact = exact.into_iter();
        let mut found: Vec<(&String, SourceRow)> = exact
            .filter_map(|key| Some((key, rows.get(key.as_str())?.clone())))
            .collect();
        if rest.is_empty() {
            return Ok(found);
        }
        let spelled = match spelled {
            Some(spelled) => spelled,
            None => {
                let all = self.sync_index_is_complete(kind).await?;
                let known = self.index_sync(kind).index().with_keys(&owned(&rest)).await;
                let known = known.map_err(Error::index)?.into_iter();
                let keys = known.map(|one| (lower(&one.key), one.key)).collect();
                spelled.insert(Spelled { keys, all })
            }
        };
        let spelling = |key: &str| spelled.keys.get(&lower(key));
        let otherwise: Vec<String> = rest
            .iter()
            .filter_map(|key| spelling(key).filter(|spelled| spelled.as_str() != key.as_str()))
            .cloned()
            .collect();
        let rows = by_key(handle, source.find_many(&otherwise).await.map_err(failed)?);
        let mut unknown: Vec<&String> = vec![];
        for key in rest {
            match spelling(key) {
                Some(spelled) => {
                    found.extend(rows.get(spelled.as_str()).map(|row| (key, row.clone())));
                }
                None => unknown.push(key),
            }
        }
        if spelled.all && is_embedded(handle, source) {
            return Ok(found);
        }
        let rows = source.find_many_ignoring_case(&owned(&unknown)).await;
        for row in rows.map_err(failed)? {
            let same = unknown
                .iter()
                .filter(|key| same_key(key, handle.key_of(&row.record)));
            found.extend(same.map(|key| (*key, row.clone())));
        }
        Ok(found)
    }
}

impl<'d> Inside<'d> {
    /// The stored row of a key, by exact spelling or else without regard to case, in the first source that has it.
    ///
    /// # Errors
    /// `Invalid` for an empty key; `Unavailable` when a source that may have it does not answer.
    #[boxed]
    pub async fn find_row(
        self,
        kind: Kind,
        key: &str,
    ) -> Result<Option<(&'d SourceHandle, SourceRow)>> {
        if key.is_empty() {
            return Err(Error::field(
                kind.key_field(),
                crate::error::FieldProblem::Required,
            ));
        }
        if key.contains('\0') || is_aside(key) {
            return Ok(None);
        }
        let mut looked_up = None;
        let mut down: Vec<(usize, Error)> = vec![];
        for (number, handle) in self.handles(kind).iter().enumerate() {
            match self.find_row_in(kind, handle, key, &mut looked_up).await {
                Ok(found) => {
                    handle.answered();
                    if let Some(stored) = found {
                        self.check_higher_sources(kind, key, down).await?;
                        return Ok(Some((handle, stored)));
                    }
                    let asked = [key.to_owned()];
                    if self.is_doubtful(kind, number, handle, &asked).await?
                        && let Some(stored) = self.mirrored(kind, number, handle, key).await?
                    {
                        return Ok(Some((handle.as_ref(), stored)));
                    }
                }
                Err(error @ Error::Unavailable { .. }) if !handle.at_home() => {
                    // The index names one source for a key, so it is none of those before this one.
                    if let Some(stored) = self.mirrored(kind, number, handle, key).await? {
                        return Ok(Some((handle.as_ref(), stored)));
                    }
                    down.push((number, error));
                }
                Err(error) => return Err(error),
            }
        }
        // Whoever does not answer may have it.
        down.into_iter()
            .next()
            .map_or(Ok(None), |(_, error)| Err(error))
    }

    /// The same for many keys, in their order: a few statements, however many there are. An empty key is that of
    /// nothing.
    ///
    /// # Errors
    /// `Unavailable` when a source that may have one of them does not answer.
    #[boxed]
    pub async fn find_rows(
        self,
        kind: Kind,
        keys: &[String],
    ) -> Result<Vec<Option<(&'d SourceHandle, SourceRow)>>> {
        let mut found: BTreeMap<&String, (&'d SourceHandle, SourceRow)> = BTreeMap::new();
        let mut spelled: Option<Spelled> = None;
        let mut left: Vec<&String> = keys.iter().collect();
        left.retain(|key| !key.is_empty() && !key.contains('\0') && !is_aside(key));
        left.sort();
        left.dedup();
        for (number, handle) in self.handles(kind).iter().enumerate() {
            if left.is_empty() {
                break;
            }
            match self.find_rows_in(kind, handle, &left, &mut spelled).await {
                Ok(stored) => {
                    handle.answered();
                    found.extend(
                        stored
                            .into_iter()
                            .map(|(key, one)| (key, (handle.as_ref(), one))),
                    );
                    left.retain(|key| !found.contains_key(*key));
                    if self
                        .is_doubtful(kind, number, handle, &owned(&left))
                        .await?
                    {
                        for key in &left {
                            if let Some(row) = self.mirrored(kind, number, handle, key).await? {
                                found.insert(key, (handle.as_ref(), row));
                            }
                        }
                        left.retain(|key| !found.contains_key(*key));
                    }
                }
                // What the others have may speak or not: that is decided key by key.
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    for key in left {
                        if let Some(one) = self.find_row(kind, key).await? {
                            found.insert(key, one);
                        }
                    }
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
    }
}

/// Whether a table is in the embedded home database: what the index does not have is not there. Elsewhere others may
/// have written just now.
fn is_embedded(handle: &SourceHandle, source: &Source) -> bool {
    let table = source.table().filter(|_| handle.at_home());
    table.is_some_and(|table| table.db.engine() == Engine::Sqlite)
}

fn owned(keys: &[&String]) -> Vec<String> {
    keys.iter().map(|key| (*key).clone()).collect()
}

fn by_key(handle: &SourceHandle, rows: Vec<SourceRow>) -> BTreeMap<String, SourceRow> {
    let with_key = |row: SourceRow| (handle.key_of(&row.record).to_owned(), row);
    rows.into_iter().map(with_key).collect()
}
