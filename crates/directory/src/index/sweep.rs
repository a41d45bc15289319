//! Sweeping through the sources for what no `change_time` tells: rows that somebody deleted, restored or changed by hand,
//! and tables without that column.
//!
//! A round first reads each source in portions, in the order of its keys, and takes in what the index has otherwise or
//! not at all; then it goes through the keys of the index and asks the sources whether they still have them. How far it
//! is, is kept with the index: the next start goes on.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use kartoteka_index::Put;
use kartoteka_model::text::lower;
use kartoteka_sources::Cursor;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::external::MANY;
use crate::kind::Kind;
use crate::open::Directory;
use crate::speaking::rows;

/// Under which name an index keeps how far the round is.
const PLACE: &str = "sweep";

/// So many times as long as a portion took it rests after it: a twentieth of the time is the most that it takes.
const REST: u32 = 20;

/// A portion that took longer waited for a database that is busy or down, which is no load.
const LONGEST: Duration = Duration::from_secs(10);

/// How far a round is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Place {
    /// The number of the source that is read; after the last one it is the index's turn.
    source: usize,
    /// The place in the source after what was looked at.
    after: Option<Cursor>,
    /// The last key of the index that was looked at.
    #[serde(default)]
    key: Option<String>,
}

/// How comparing all of a source ended.
pub(super) enum Swept {
    All,
    /// So much changed that reading it anew is quicker.
    TooMany,
    /// It has to be done again.
    Left,
}

impl Directory {
    /// Sweeps through the sources of a kind until the directory is closed.
    pub(crate) async fn keep_sweeping(&self, kind: Kind) {
        let mut stop = self.inner.stop.subscribe();
        let [short, long] = self.inner.pace.rest;
        let mut rest = short;
        loop {
            tokio::select! {
                _ = tokio::time::sleep(rest) => {}
                _ = stop.changed() => return,
            }
            let directory = self.current();
            if !directory.is_written_by_others(kind) {
                rest = long;
                continue;
            }
            let began = tokio::time::Instant::now();
            let over = directory.sweep(kind).await.unwrap_or_else(|error| {
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "the sources could not be compared with the search index"
                );
                true
            });
            rest = if over { long } else { short };
            rest = rest.max(began.elapsed().min(LONGEST) * REST);
        }
    }

    /// As [`Maintenance::sweep`](crate::Maintenance::sweep) says.
    pub(crate) async fn sweep(&self, kind: Kind) -> Result<bool> {
        let keeper = self.keeper(kind);
        self.follow_at_once(kind).await?;
        if keeper.building.load(Ordering::Relaxed) || keeper.filling.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let place = keeper.index().meta(PLACE).await.map_err(Error::index)?;
        let place = place.and_then(|text| serde_json::from_str(&text).ok());
        let mut place: Place = place.unwrap_or_default();
        let handles = self.handles(kind);
        if !handles.iter().any(|handle| self.others_write(handle)) {
            return Ok(true);
        }
        let after = place.after.take();
        match handles.get(place.source) {
            Some(handle) if self.others_write(handle) => {
                let swept = self.sweep_source(kind, place.source, handle, after.as_ref());
                place.after = match swept.await {
                    // It does not keep the others from being swept.
                    Err(Error::Unavailable { .. }) if !handle.at_home() => None,
                    swept => swept?.0,
                };
            }
            Some(_) => {}
            None => place.key = self.sweep_index(kind, place.key.take()).await?,
        }
        let mut over = false;
        if place.after.is_none() && place.key.is_none() {
            over = place.source >= handles.len();
            place.source = if over { 0 } else { place.source + 1 };
        }
        let place = serde_json::to_string(&place).map_err(Error::internal)?;
        let noted = keeper.index().set_meta(PLACE, &place).await;
        noted.map_err(Error::index)?;
        Ok(over)
    }

    /// Compares all of a source with the index, where it only tells that something changed: what it has otherwise or not at
    /// all is taken in, and what it has no more is taken out. Whether that came to an end: it is left to making the index
    /// anew where too much changed, and to the next time where that is made already or the directory is closed.
    pub(super) async fn sweep_through(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
    ) -> Result<Swept> {
        let keeper = self.keeper(kind);
        let stop = self.inner.stop.subscribe();
        let mut changed = 0;
        let ended = |changed| {
            if changed > MANY {
                return Some(Swept::TooMany);
            }
            let left = *stop.borrow() || keeper.building.load(Ordering::Relaxed);
            left.then_some(Swept::Left)
        };
        let mut after = None;
        loop {
            let swept = self.sweep_source(kind, source, handle, after.as_ref());
            let (end, taken) = swept.await?;
            changed += taken;
            if let Some(ended) = ended(changed) {
                return Ok(ended);
            }
            after = end;
            if after.is_none() {
                break;
            }
        }
        let mut after = String::new();
        loop {
            let (index, portion) = (keeper.index(), self.inner.pace.portion);
            let keys = index.keys_after(&after, Some(source), portion).await;
            let keys = keys.map_err(Error::index)?;
            let Some(last) = keys.last() else {
                return Ok(Swept::All);
            };
            after.clone_from(last);
            // One that does not answer has not lost anybody.
            let there = rows(handle, &keys).await?;
            let gone = keys.into_iter().filter(|key| !there.contains_key(key));
            changed += self.refresh(kind, &gone.collect(), None).await?;
            if let Some(ended) = ended(changed) {
                return Ok(ended);
            }
        }
    }

    /// Takes in what a portion of a source has otherwise than the index; the place after it, if there may be more, and how
    /// many records changed.
    async fn sweep_source(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
        after: Option<&Cursor>,
    ) -> Result<(Option<Cursor>, usize)> {
        let portion = self.inner.pace.portion;
        let read = handle.source().await?.scan(after, portion).await;
        let read = read.map_err(|error| handle.failed(error))?;
        let is_full = read.records.len() == portion as usize;
        let end = read.end.filter(|_| is_full);
        let key = |put: &Put| handle.key_of(&put.record).to_owned();
        let puts = read.records.into_iter().map(|row| Put {
            source,
            record: row.record,
            id: row.id,
        });
        let puts: Vec<Put> = puts.collect();
        let keys: Vec<String> = puts.iter().map(key).collect();
        let kept = self.keeper(kind).index().kept(&keys).await;
        let kept = kept.map_err(Error::index)?;
        let mut unlike = BTreeSet::new();
        for (put, key) in puts.iter().zip(keys) {
            let mut kept = kept.get(&lower(&key)).into_iter().flatten();
            // A source before this one speaks for the key.
            if !kept.any(|kept| kept.source < source || kept.is(put)) {
                unlike.insert(key);
            }
        }
        let changed = self.refresh(kind, &unlike, None).await?;
        Ok((end, changed))
    }

    /// Takes out what a portion of the index has and no source; the last key, if there may be more.
    async fn sweep_index(&self, kind: Kind, after: Option<String>) -> Result<Option<String>> {
        let portion = self.inner.pace.portion;
        let after = after.unwrap_or_default();
        let index = self.keeper(kind).index();
        let keys = index.keys_after(&after, None, portion).await;
        let mut keys = keys.map_err(Error::index)?;
        self.confirm(kind, &keys).await?;
        let more = keys.len() == portion as usize;
        Ok(keys.pop().filter(|_| more))
    }
}
