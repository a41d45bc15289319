//! Sweeping through the sources for what no `change_time` tells: rows that somebody deleted, restored or changed by hand,
//! and tables without that column.
//!
//! A round first reads each source in portions, in the order of its keys, and takes in what the index has otherwise or
//! not at all; then it goes through the keys of the index and asks the sources whether they still have them. How far it
//! is, is kept with the index: the next start goes on.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use kartoteka_sources::Cursor;
use serde::{Deserialize, Serialize};

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::identities::found::identities;
use crate::index::pace::REBUILD_ABOVE_CHANGES;
use crate::kind::Kind;
use crate::losses::judge::Verdict;
use crate::losses::tally::Tally;
use crate::source_precedence::rows;

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
    /// What comparing a guarded source has found so far.
    #[serde(default)]
    tally: Option<Tally>,
    /// So many may be lost of guarded sources, as comparing them has found.
    #[serde(default)]
    losses: BTreeMap<usize, u64>,
}

/// How comparing all of a source ended.
pub(crate) enum Swept {
    All,
    /// It lost so much that nothing is done.
    Held,
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
        let index_sync = self.index_sync(kind);
        self.inside().sync_index_no_wait(kind).await?;
        if index_sync.building.load(Ordering::Relaxed) || index_sync.filling.load(Ordering::Relaxed)
        {
            return Ok(true);
        }
        let place = index_sync.index().meta(PLACE).await.map_err(Error::index)?;
        let place = place.and_then(|text| serde_json::from_str(&text).ok());
        let mut place: Place = place.unwrap_or_default();
        let handles = self.handles(kind);
        if !handles.iter().any(|handle| self.others_write(handle)) {
            return Ok(true);
        }
        let after = place.after.take();
        match handles.get(place.source) {
            // What was known of it is gone on with.
            Some(handle) if handle.losses.is_silent() => place.tally = None,
            Some(handle) if handle.is_guarded() => {
                let swept = self.sweep_guarded(kind, handle, &mut place, after.as_ref());
                place.after = match swept.await {
                    Err(Error::Unavailable { .. }) => {
                        place.tally = None;
                        None
                    }
                    swept => swept?,
                };
            }
            Some(handle) if self.others_write(handle) => {
                let swept = self.sweep_source(kind, place.source, handle, after.as_ref());
                place.after = match swept.await {
                    // It does not keep the others from being swept.
                    Err(Error::Unavailable { .. }) if !handle.at_home() => None,
                    swept => swept?.0,
                };
            }
            Some(_) => {}
            None => {
                let key = place.key.take();
                place.key = self.sweep_index(kind, key, &mut place.losses).await?;
            }
        }
        let mut over = false;
        if place.after.is_none() && place.key.is_none() {
            over = place.source >= handles.len();
            for handle in handles.iter().filter(|one| over && !one.is_down()) {
                self.note_in_step(kind, handle).await?;
            }
            place.source = if over { 0 } else { place.source + 1 };
        }
        let place = serde_json::to_string(&place).map_err(Error::internal)?;
        let noted = index_sync.index().set_meta(PLACE, &place).await;
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
        if handle.is_guarded() {
            return self.look_through(kind, source, handle).await;
        }
        let index_sync = self.index_sync(kind);
        let stop = self.inner.stop.subscribe();
        let mut changed = 0;
        let ended = |changed| {
            if changed > REBUILD_ABOVE_CHANGES {
                return Some(Swept::TooMany);
            }
            let left = *stop.borrow() || index_sync.building.load(Ordering::Relaxed);
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
            let (index, portion) = (index_sync.index(), self.inner.pace.portion);
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
        let changed = self.take_in(kind, source, handle, read.records).await?;
        Ok((end, changed))
    }

    /// The same of a guarded source: those whom it lost stay in the index until all of it was compared, and it may lose them.
    async fn sweep_guarded(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        place: &mut Place,
        after: Option<&Cursor>,
    ) -> Result<Option<Cursor>> {
        let (source, portion) = (place.source, self.inner.pace.portion);
        let index = self.index_sync(kind).index();
        place.losses.remove(&source);
        let mut tally = match place.tally.take().filter(|_| after.is_some()) {
            Some(tally) => tally,
            None => Tally::begin(&index, source).await?,
        };
        let read = handle.source().await?.scan(after, portion).await;
        let read = read.map_err(|error| handle.failed(error))?;
        let is_full = read.records.len() == portion as usize;
        let identities = identities(handle, &read.records);
        self.check_identities(kind, handle, Some((&index, source)), &identities)
            .await?;
        tally.add(&index, source, handle, &read.records).await?;
        self.take_in(kind, source, handle, read.records).await?;
        let end = read.end.filter(|_| is_full);
        if end.is_some() {
            place.tally = Some(tally);
        } else if let Verdict::Take(losses) = self.judge(kind, handle, &tally).await?
            && losses > 0
        {
            place.losses.insert(source, losses);
        }
        Ok(end)
    }

    /// Takes out what a portion of the index has and no source; the last key, if there may be more.
    async fn sweep_index(
        &self,
        kind: Kind,
        after: Option<String>,
        losses: &mut BTreeMap<usize, u64>,
    ) -> Result<Option<String>> {
        let portion = self.inner.pace.portion;
        let after = after.unwrap_or_default();
        let index = self.index_sync(kind).index();
        let keys = index.keys_after(&after, None, portion).await;
        let mut keys = keys.map_err(Error::index)?;
        self.inside().confirm(kind, &keys).await?;
        for (source, left) in losses {
            let handle = self.handles(kind).get(*source);
            if let Some(handle) = handle.filter(|one| one.is_guarded()) {
                let _turn = handle.losses.turn().await;
                match self.take_losses(kind, *source, handle, &keys, left).await {
                    Err(Error::Unavailable { .. }) => {}
                    taken => taken?,
                }
            }
        }
        let more = keys.len() == portion as usize;
        Ok(keys.pop().filter(|_| more))
    }
}
