//! Sources that the index has nobody of: each search asks them, at once and beside the index. Their records stand behind
//! those of the index, in the order that was asked for.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use futures::future::join_all;
use kartoteka_index::{Found, Query, Sort, Totals};
use kartoteka_model::text::lower;
use kartoteka_model::{Condition, Record, Validity};

use crate::confirm::{Confirming, Gone};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::names;
use crate::search::{IndexState, Row, Search, Total, ValidFilter};
use crate::source_status::SourceStatus;

/// The most records that a source is asked for.
const MOST: u32 = 1_000;

/// What the cursors of pages begin with that follow the last record of the index, which no key does.
const AFTER_INDEX: char = '\0';

/// What was found in sources that were asked.
#[derive(Debug, Default)]
pub(crate) struct Live {
    pub rows: Vec<Row>,
    /// Sources that have more than they were asked for.
    cut: BTreeSet<String>,
}

/// The records of live sources of one page.
#[derive(Debug)]
pub(crate) struct LivePage {
    pub rows: Vec<Row>,
    /// The key that the cursor of the next page stands for, if there is one.
    pub next: Option<String>,
}

impl Live {
    /// How many records there are with those of the index.
    pub fn total(&self, of_index: Totals) -> Total {
        Total {
            count: of_index.count + self.rows.len() as u64,
            exact: of_index.exact && self.cut.is_empty(),
        }
    }

    /// Notes on a source what was left out of it.
    pub fn noted(&self, status: SourceStatus) -> SourceStatus {
        let first_only = self.cut.contains(&status.id).then_some(MOST);
        SourceStatus {
            first_only,
            ..status
        }
    }

    /// What of them is on the page that begins at a place, after the records of the index on it.
    pub fn page(&mut self, query: &Query, from: Option<usize>, found: &Found) -> LivePage {
        let of_index = usize::try_from(found.totals.count).unwrap_or(usize::MAX);
        let offset = query.offset as usize;
        let from = match from {
            Some(from) => from,
            None if found.more => usize::MAX,
            // Without a cursor an offset counts both.
            None if query.after.is_none() => offset.saturating_sub(of_index),
            None => 0,
        };
        let room = (query.limit as usize).saturating_sub(found.hits.len());
        let left = std::mem::take(&mut self.rows);
        let all = left.len();
        let rows: Vec<Row> = left.into_iter().skip(from).take(room).collect();
        let end = from.saturating_add(rows.len());
        let is_last = from == usize::MAX || end >= all;
        LivePage {
            rows,
            next: (!is_last).then(|| format!("{AFTER_INDEX}{end}")),
        }
    }
}

/// Where a page begins among the records of live sources, if a cursor's key says so.
pub(crate) fn place(key: &str) -> Option<usize> {
    key.strip_prefix(AFTER_INDEX)?.parse().ok()
}

impl Directory {
    /// Asks the index, until what it answers is there; and says how far it was then.
    pub(crate) async fn search_index(
        &self,
        kind: Kind,
        query: &Query,
        source: Option<usize>,
    ) -> Result<(Found, Gone, IndexState)> {
        self.inside().sync_index(kind).await?;
        let index_sync = self.index_sync(kind);
        let mut confirming = Confirming::default();
        loop {
            // Said of what answers: another file may come in its place right after.
            let state = index_sync.state();
            let found = index_sync.index().search_in(query, source).await;
            let mut found = found.map_err(Error::index)?;
            let keys: Vec<String> = found.hits.iter().map(|hit| hit.key.clone()).collect();
            if let Some(gone) = confirming.gone(self, kind, &keys).await? {
                let hidden = self.hidden(kind, &found).await;
                found.hits.retain(|hit| !hidden.contains(&lower(&hit.key)));
                return Ok((found, gone, state));
            }
        }
    }

    /// Of the hits of the index those for whose keys a live source before theirs speaks, in lower case.
    async fn hidden(&self, kind: Kind, found: &Found) -> BTreeSet<String> {
        let mut hidden = BTreeSet::new();
        for (number, handle) in self.live(kind, None) {
            let later = found.hits.iter().filter(|hit| hit.source > number);
            let keys: Vec<String> = later.map(|hit| hit.key.clone()).collect();
            // What one that does not answer may have is shown of whom it is known.
            hidden.extend(known_in(handle, &keys).await.unwrap_or_default());
        }
        hidden
    }

    /// The live sources of a kind, or the one that is asked for, if it is one; with their numbers.
    fn live(
        &self,
        kind: Kind,
        only: Option<usize>,
    ) -> impl Iterator<Item = (usize, &SourceHandle)> {
        let handles = self.handles(kind).iter().enumerate();
        let handles = handles.map(|(number, handle)| (number, handle.as_ref()));
        handles.filter(move |(number, handle)| {
            !handle.spec.mirror && only.is_none_or(|only| only == *number)
        })
    }

    /// Asks the live sources, all at once. Of one that does not answer nothing is found.
    pub(crate) async fn search_live(
        &self,
        kind: Kind,
        search: &Search,
        (condition, sort): (&Condition, &Sort),
        only: Option<usize>,
    ) -> Result<Live> {
        let live: Vec<(usize, &SourceHandle)> = self.live(kind, only).collect();
        if live.is_empty() {
            return Ok(Live::default());
        }
        let asked = live
            .iter()
            .map(|(_, handle)| ask(handle, search, condition));
        let answers = join_all(asked).await;
        let mut found = Live::default();
        for ((number, handle), answer) in live.into_iter().zip(answers) {
            let (mut records, more) = match answer {
                Ok(answer) => answer,
                Err(Error::Unavailable { .. }) => continue,
                Err(error) => return Err(error),
            };
            if more {
                found.cut.insert(handle.spec.id.clone());
            }
            let keys: Vec<String> = records
                .iter()
                .map(|one| handle.key_of(one).to_owned())
                .collect();
            let spoken_for = self.spoken_for(kind, number, &keys).await?;
            records.retain(|one| !spoken_for.contains(&lower(handle.key_of(one))));
            found.rows.extend(records.into_iter().map(|record| Row {
                key: handle.key_of(&record).to_owned(),
                source: handle.spec.id.clone(),
                text: names::listed(&handle.spec, &record),
                record,
            }));
        }
        self.sort_rows(kind, &mut found.rows, sort);
        Ok(found)
    }

    /// Of some keys those for which a source before this one speaks, in lower case.
    async fn spoken_for(
        &self,
        kind: Kind,
        number: usize,
        keys: &[String],
    ) -> Result<BTreeSet<String>> {
        let known = self.index_sync(kind).index().kept(keys).await;
        let known = known.map_err(Error::index)?;
        let earlier = known.values().flatten();
        let earlier = earlier.filter(|one| one.source < number);
        let mut spoken_for: BTreeSet<String> = earlier.map(|one| lower(&one.key)).collect();
        for (_, handle) in self
            .live(kind, None)
            .filter(|(earlier, _)| *earlier < number)
        {
            spoken_for.extend(known_in(handle, keys).await.unwrap_or_default());
        }
        Ok(spoken_for)
    }

    fn sort_rows(&self, kind: Kind, rows: &mut [Row], sort: &Sort) {
        let natural: &[&str] = match kind {
            Kind::Customer => &["CustomerCompanyName"],
            _ => &["UserLastname", "UserFirstname"],
        };
        let fields: Vec<(&str, bool)> = match sort {
            Sort::Natural => natural.iter().map(|field| (*field, false)).collect(),
            Sort::Fields(fields) => fields
                .iter()
                .map(|(field, down)| (field.as_str(), *down))
                .collect(),
        };
        let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows.iter() {
            let of = |(field, _): &(&str, bool)| self.collation().key(row.record.get(field));
            keys.insert(row.key.clone(), fields.iter().map(of).collect());
        }
        rows.sort_by(|a, b| {
            let by = keys
                .get(&a.key)
                .into_iter()
                .flatten()
                .zip(keys.get(&b.key).into_iter().flatten());
            let by = by.zip(&fields).map(|((a, b), (_, down))| match down {
                true => b.cmp(a),
                false => a.cmp(b),
            });
            by.fold(Ordering::Equal, Ordering::then)
                .then_with(|| a.key.cmp(&b.key))
        });
    }
}

/// The records of a source that a search asks for, of the first ones, and whether it has more.
async fn ask(
    handle: &SourceHandle,
    search: &Search,
    condition: &Condition,
) -> Result<(Vec<Record>, bool)> {
    let valid = search.valid == ValidFilter::Valid;
    let source = handle.source().await?;
    let found = source.search(condition, valid, MOST).await;
    let Some(found) = found.map_err(|error| handle.failed(error))? else {
        return Ok((vec![], false));
    };
    handle.answered();
    let mut records: Vec<Record> = found.records.into_iter().map(|row| row.record).collect();
    if search.valid == ValidFilter::Invalid {
        let is_valid = Validity::Valid.id().to_string();
        let field = handle.spec.valid_entry();
        records.retain(|record| field.is_some_and(|field| record.get(field) != is_valid));
    }
    Ok((records, found.more))
}

/// Which of some keys a source has, in lower case.
async fn known_in(handle: &SourceHandle, keys: &[String]) -> Result<BTreeSet<String>> {
    if keys.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows = handle.source().await?.find_many_ignoring_case(keys).await;
    let rows = rows.map_err(|error| handle.failed(error))?;
    let known = rows.iter().map(|row| lower(handle.key_of(&row.record)));
    Ok(known.collect())
}
