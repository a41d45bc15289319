//! Comparing all of a guarded source with the index, and taking in what came of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use kartoteka_index::Upsert;
use kartoteka_model::text::lower;
use kartoteka_sources::SourceRow;

use super::judge::Verdict;
use super::tally::Tally;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::{SourceHandle, is_valid};
use crate::identities::found::identities;
use crate::index::pace::REBUILD_ABOVE_CHANGES;
use crate::index::sweep::Swept;
use crate::kind::Kind;
use crate::source_precedence::rows;

impl Directory {
    /// Compares all of a guarded source with the index at once, and takes in what it has otherwise; those whom it lost only
    /// where so many may be. One that does not speak is only compared, and speaks again if that allows it.
    pub(crate) async fn look_through(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
    ) -> Result<Swept> {
        let _turn = handle.losses.turn().await;
        loop {
            let was_silent = handle.losses.is_silent();
            let began = tokio::time::Instant::now();
            handle.losses.begin_look();
            let looked = self.looked_through(kind, source, handle, was_silent).await;
            let is_done = matches!(looked, Ok(Swept::All | Swept::Held));
            handle.losses.end_look(began.elapsed(), is_done);
            match looked {
                // What it has otherwise was not looked at.
                Ok(Swept::All) if was_silent => {}
                looked => return looked,
            }
        }
    }

    async fn looked_through(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
        is_silent: bool,
    ) -> Result<Swept> {
        let index_sync = self.index_sync(kind);
        let stop = self.inner.stop.subscribe();
        let opened = handle.probe().await?;
        let index = index_sync.index();
        let mut tally = Tally::begin(&index, source).await?;
        let portion = self.inner.pace.portion;
        let mut after = None;
        let mut changed = 0;
        loop {
            let read = opened.scan(after.as_ref(), portion).await;
            let read = read.map_err(|error| handle.failed(error))?;
            let is_full = read.records.len() == portion as usize;
            if !is_silent {
                let identities = identities(handle, &read.records);
                self.check_identities(kind, handle, Some((&index, source)), &identities)
                    .await?;
            }
            tally.add(&index, source, handle, &read.records).await?;
            if !is_silent {
                changed += self.take_in(kind, source, handle, read.records).await?;
            }
            if changed > REBUILD_ABOVE_CHANGES {
                return Ok(Swept::TooMany);
            }
            let is_other = !Arc::ptr_eq(&index, &index_sync.index());
            if *stop.borrow() || index_sync.building.load(Ordering::Relaxed) || is_other {
                return Ok(Swept::Left);
            }
            after = read.end.filter(|_| is_full);
            if after.is_none() {
                break;
            }
        }
        let Verdict::Take(mut left) = self.judge(kind, handle, &tally).await? else {
            return Ok(Swept::Held);
        };
        if is_silent || left == 0 {
            return Ok(Swept::All);
        }
        if left > REBUILD_ABOVE_CHANGES as u64 {
            return Ok(Swept::TooMany);
        }
        let mut after = String::new();
        loop {
            let keys = index.keys_after(&after, Some(source), portion).await;
            let keys = keys.map_err(Error::index)?;
            let Some(last) = keys.last() else {
                return Ok(Swept::All);
            };
            after.clone_from(last);
            self.take_losses(kind, source, handle, &keys, &mut left)
                .await?;
            if *stop.borrow() || index_sync.building.load(Ordering::Relaxed) {
                return Ok(Swept::Left);
            }
        }
    }

    /// Takes in what rows of a source are otherwise than the index has them; how many records changed.
    pub(crate) async fn take_in(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
        rows: Vec<SourceRow>,
    ) -> Result<usize> {
        let key = |upsert: &Upsert| handle.key_of(&upsert.record).to_owned();
        let upserts = rows.into_iter().map(|row| Upsert {
            source,
            record: row.record,
            id: row.id,
        });
        let upserts: Vec<Upsert> = upserts.collect();
        let keys: Vec<String> = upserts.iter().map(key).collect();
        let kept = self.index_sync(kind).index().kept(&keys).await;
        let kept = kept.map_err(Error::index)?;
        let mut unlike = BTreeSet::new();
        let mut new = vec![];
        let mut shadowed = vec![];
        let mut identified = vec![];
        for (upsert, key) in upserts.iter().zip(keys) {
            let kept = kept.get(&lower(&key)).map(Vec::as_slice);
            if kept.is_none() {
                new.push(key.clone());
                identified.extend(upsert.id.map(|id| (key.clone(), id)));
            }
            let mut kept = kept.unwrap_or_default().iter();
            // A source before this one speaks for the key.
            if kept.clone().any(|kept| kept.source < source) {
                shadowed.push(key);
            } else if !kept.any(|kept| kept.is(upsert)) {
                unlike.insert(key);
            }
        }
        let index = self.index_sync(kind).index();
        let noted = index.note_shadowed(source, &shadowed).await;
        noted.map_err(Error::index)?;
        self.carry_renames(kind, source, handle, &identified)
            .await?;
        let changed = self.refresh(kind, &unlike, None).await?;
        self.came_back(handle, &new).await?;
        Ok(changed)
    }

    /// Of these keys of the index, takes out those that a guarded source does not have any more, and takes in who is not
    /// valid any more: as many as may be lost, or nobody. Called in a turn.
    pub(crate) async fn take_losses(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
        keys: &[String],
        left: &mut u64,
    ) -> Result<()> {
        let index = self.index_sync(kind).index();
        let marks = index.marks(keys).await.map_err(Error::index)?;
        let marks = marks.into_values().flatten();
        let marks: Vec<_> = marks.filter(|mark| mark.source == source).collect();
        let asked: Vec<String> = marks.iter().map(|mark| mark.key.clone()).collect();
        if asked.is_empty() {
            return Ok(());
        }
        // One that does not answer has not lost anybody.
        let there = rows(handle, &asked).await?;
        let mut gone = vec![];
        let mut lost = BTreeSet::new();
        for mark in marks {
            match there.get(&mark.key) {
                None => gone.push(mark.key.clone()),
                Some(row) if mark.valid && !is_valid(handle, &row.record) => {}
                Some(_) => continue,
            }
            lost.insert(mark.key);
        }
        let Some(rest) = left.checked_sub(lost.len() as u64) else {
            // More than were found when it was compared.
            handle.losses.want_look();
            return Ok(());
        };
        if lost.is_empty() {
            return Ok(());
        }
        *left = rest;
        self.note_missing(handle, &index, &gone).await?;
        self.refresh_taking(kind, source, &lost).await?;
        handle.losses.lose(handle.now(), lost.len() as u64);
        Ok(())
    }
}
