//! Making an index from the beginning: the sources are read in portions, and a file is made of them beside the one that
//! answers. Where that one has nothing yet, files of what was read so far answer meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::{SinkExt, StreamExt};
use kartoteka_index::{Builder, SearchIndex, Upsert};
use kartoteka_sources::{Cursor, Portion, Source};
use kartoteka_store::own::journal;
use serde::{Deserialize, Serialize};

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::identities::found::identities;
use crate::index::watermark;
use crate::kind::Kind;
use crate::losses::judge::Verdict;
use crate::losses::tally::Tally;

/// Rows read from a source at a time.
pub(super) const PORTION: u32 = 400;

/// What was read before is gone on with for so long: what changed since without anybody's telling is found by sweeps.
const KEPT: i64 = 6 * 3600;

/// Each file that answers meanwhile has so many times more records than the one before; and none is made of more than such
/// a part of all, so that they take a third of the time of the whole at most.
const TIMES: u64 = 4;

/// How far the sources were read, kept with what was read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reading {
    /// The last journal entry when it began: what is written while the sources are read is followed afterwards.
    position: i64,
    /// When it began.
    at: i64,
    /// The number of the source that is read.
    pub source: usize,
    /// The place after the last record of it.
    after: Option<Cursor>,
    /// The watermarks of the sources when they began to be read.
    pub watermarks: BTreeMap<String, String>,
    /// A source did not answer.
    incomplete: bool,
    /// Something was taken over from the index that answers: it is not gone on with after a stop, which may have been in
    /// the middle of that.
    #[serde(default)]
    pub carried: bool,
    /// What comparing the guarded source that is read with the index that answers has found so far.
    #[serde(default)]
    tally: Option<Tally>,
    /// Numbers of sources that lost somebody.
    #[serde(default)]
    lost: Vec<usize>,
}

impl Reading {
    pub fn note(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::internal)
    }

    /// What an index of it has to know.
    fn facts(&self) -> Vec<(String, String)> {
        let mut facts: Vec<(String, String)> = self.watermarks.clone().into_iter().collect();
        facts.push(("position".into(), self.position.to_string()));
        if self.incomplete {
            facts.push(("incomplete".into(), "1".into()));
        }
        facts
    }
}

/// When a file of what was read so far is made.
struct Meanwhile {
    next: u64,
    /// How many records the sources have, once that was asked.
    all: Option<u64>,
}

impl Directory {
    /// As [`Maintenance::rebuild_index`](crate::Maintenance::rebuild_index) says.
    pub(crate) async fn rebuild_index(&self, kind: Kind) -> Result<()> {
        let index_sync = self.index_sync(kind);
        let began = tokio::time::Instant::now();
        let built = index_sync.index().is_built().await;
        let first = !built.map_err(Error::index)?;
        let mut builder = index_sync.files.build().await.map_err(Error::index)?;
        // Another process may have made it while this one waited for it.
        if first && index_sync.go_over().await.map_err(Error::index)? {
            index_sync.is_built();
            return Ok(());
        }
        // Nobody asks one that is made for other settings until it is whole.
        let answers = first && self.is_current();
        let made = loop {
            match self.make(kind, &mut builder, answers).await {
                // Once more, with what was known of a source that lost so much.
                Err(Error::Unavailable { source_id, .. }) if self.is_held_now(kind, &source_id) => {
                }
                made => break made,
            }
        };
        match made {
            Err(error) => {
                // What can't be ended there must not keep others from writing.
                if error.is_of_full_index() {
                    builder.finish().await.map_err(Error::index)?;
                }
                Err(error)
            }
            Ok(reading) => {
                builder.finish().await.map_err(Error::index)?;
                self.note_reading(kind, reading.at, began.elapsed()).await
            }
        }
    }

    async fn make(&self, kind: Kind, builder: &mut Builder, answers: bool) -> Result<Reading> {
        let index_sync = self.index_sync(kind);
        let mut reading = self.begin_reading(kind, builder).await?;
        index_sync.done.store(builder.read(), Ordering::Relaxed);
        let mut meanwhile = answers.then_some(Meanwhile {
            next: self.inner.pace.first.max(builder.read()),
            all: None,
        });
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if source < reading.source || !handle.spec.mirror {
                continue;
            }
            if source > reading.source {
                (reading.source, reading.after) = (source, None);
            }
            let goes_on = reading.after.is_some();
            let begun = async {
                if index_sync.unreadable.has(handle) {
                    return Err(handle.known_to_be_down());
                }
                let known = self.known_of(kind, handle).await?;
                // Half of it is better than nothing, where nothing else is known.
                let opened = match handle.losses.is_silent() && known.is_none() {
                    true => handle.probe().await?,
                    false => handle.source().await?,
                };
                if !goes_on {
                    reading.tally = None;
                    if let Some((old, number)) = &known {
                        reading.tally = Some(Tally::begin(old, *number).await?);
                    }

                    let now = watermark::of(handle, opened).await?;
                    let name = watermark::name(handle);
                    reading.watermarks.insert(name, now.as_str().to_owned());
                }
                Ok((opened, known))
            };
            let (opened, known) = match begun.await {
                Ok(opened) => opened,
                Err(error @ Error::Unavailable { .. }) if !handle.at_home() => {
                    if goes_on {
                        // Half of it must not take the place of what is known of the whole.
                        builder.restart().await.map_err(Error::index)?;
                        return Err(error);
                    }
                    // The others are searched with what was known of it, until it answers.
                    reading.incomplete = true;
                    self.carry_over(kind, handle, &mut reading, builder).await?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let read = self.read_source(
                kind,
                (handle, opened),
                &mut reading,
                builder,
                &mut meanwhile,
                known.as_ref(),
            );
            let read = read.await;
            if matches!(read, Err(Error::Unavailable { .. })) && !handle.at_home() {
                // The next try goes without it.
                index_sync.unreadable.note(handle);
                builder.restart().await.map_err(Error::index)?;
            }
            read?;
            let Some(tally) = reading.tally.take() else {
                continue;
            };
            match self.judge(kind, handle, &tally).await? {
                Verdict::Take(0) if !tally.has_renamed() => {}
                Verdict::Take(_) => reading.lost.push(source),
                Verdict::Held => {
                    builder.restart().await.map_err(Error::index)?;
                    handle.losses.note_just_held();
                    return Err(handle.known_to_be_down());
                }
            }
        }
        let mut facts = reading.facts();
        facts.push(("built".into(), "1".into()));
        let made = builder.make(&facts).await.map_err(Error::index)?;
        self.note_lost(kind, &reading.lost, &made).await?;
        index_sync
            .incomplete
            .store(reading.incomplete, Ordering::Relaxed);
        self.answer_from(kind, made, true).await?;
        Ok(reading)
    }

    /// Goes on where somebody stopped, unless that is of no use any more.
    async fn begin_reading(&self, kind: Kind, builder: &mut Builder) -> Result<Reading> {
        let position = journal::head(&self.inner.home).await.map_err(Error::home)?;
        let at = self.inner.clock.now();
        let before = builder.note().map(serde_json::from_str::<Reading>);
        if let Some(Ok(reading)) = before
            && reading.position <= position
            && (reading.at..reading.at + KEPT).contains(&at)
            && !reading.carried
            && !self.is_made(kind, builder).await?
        {
            return Ok(reading);
        }
        builder.restart().await.map_err(Error::index)?;
        Ok(Reading {
            position,
            at,
            source: 0,
            after: None,
            watermarks: BTreeMap::new(),
            incomplete: false,
            carried: false,
            tally: None,
            lost: vec![],
        })
    }

    /// Whether the index that answers was made of what was read.
    async fn is_made(&self, kind: Kind, builder: &Builder) -> Result<bool> {
        let index = self.index_sync(kind).index();
        index.has_all_of(builder).await.map_err(Error::index)
    }

    /// Reads a source to its end. The next rows are read while those before are taken in.
    async fn read_source(
        &self,
        kind: Kind,
        (handle, source): (&SourceHandle, &Source),
        reading: &mut Reading,
        builder: &mut Builder,
        meanwhile: &mut Option<Meanwhile>,
        known: Option<&(Arc<SearchIndex>, usize)>,
    ) -> Result<()> {
        let index_sync = self.index_sync(kind);
        let (mut read, mut portions) = futures::channel::mpsc::channel::<Portion>(1);
        let mut after = reading.after.clone();
        let asking = async {
            loop {
                let portion = source.scan(after.as_ref(), PORTION).await;
                let portion = portion.map_err(|error| handle.failed(error))?;
                if portion.end.is_none() {
                    break;
                }
                after.clone_from(&portion.end);
                if read.send(portion).await.is_err() {
                    break;
                }
            }
            drop(read);
            Ok(())
        };
        let taking = async {
            while let Some(portion) = portions.next().await {
                let records = portion.records;
                let before = known.map(|(old, number)| (old.as_ref(), *number));
                self.check_identities(kind, handle, before, &identities(handle, &records))
                    .await?;
                if let (Some((old, number)), Some(tally)) = (known, &mut reading.tally) {
                    tally.add(old, *number, handle, &records).await?;
                }
                index_sync
                    .done
                    .fetch_add(records.len() as u64, Ordering::Relaxed);
                reading.after = portion.end;
                let source = reading.source;
                let upserts = records.into_iter().map(|row| Upsert {
                    source,
                    record: row.record,
                    id: row.id,
                });
                let added = builder.add(upserts.collect(), reading.note()?).await;
                added.map_err(Error::index)?;
                if let Some(meanwhile) = meanwhile
                    && builder.read() >= meanwhile.next
                {
                    self.answer_meanwhile(kind, reading, builder, meanwhile)
                        .await?;
                }
            }
            Ok(())
        };
        let began = handle.now();
        futures::try_join!(asking, taking)?;
        handle.set_in_step(began);
        Ok(())
    }

    /// Makes a file of what was read so far, if there is much more to come.
    async fn answer_meanwhile(
        &self,
        kind: Kind,
        reading: &Reading,
        builder: &mut Builder,
        meanwhile: &mut Meanwhile,
    ) -> Result<()> {
        let all = match meanwhile.all {
            Some(all) => all,
            None => *meanwhile.all.insert(self.count_rows(kind).await),
        };
        meanwhile.next = builder.read() * TIMES;
        if all < meanwhile.next {
            meanwhile.next = u64::MAX;
            return Ok(());
        }
        let made = builder.make(&reading.facts()).await;
        self.answer_from(kind, made.map_err(Error::index)?, false)
            .await
    }

    /// How many rows the sources have that answer.
    async fn count_rows(&self, kind: Kind) -> u64 {
        let mut all = 0;
        for handle in self.handles(kind).iter().filter(|one| one.spec.mirror) {
            if let Ok(source) = handle.source().await {
                // It only decides what is worth the while.
                all += source.count().await.unwrap_or(0);
            }
        }
        all
    }

    /// Lets a file answer that was made, of all there is or of a part, once it has what was saved meanwhile.
    async fn answer_from(&self, kind: Kind, made: SearchIndex, of_all: bool) -> Result<()> {
        let index_sync = self.index_sync(kind);
        let before = index_sync.index();
        self.sync_entries(kind, &made, usize::MAX).await?;
        let _following = index_sync.following.lock().await;
        self.sync_entries(kind, &made, usize::MAX).await?;
        // A source that did not answer while it followed.
        if index_sync.incomplete.load(Ordering::Relaxed) {
            let noted = made.set_meta("incomplete", "1").await;
            noted.map_err(Error::index)?;
        }
        let made = Arc::new(made);
        index_sync.go_over_to(Arc::clone(&made));
        if of_all {
            // At once: a whole one that still is being made is not followed.
            index_sync.is_built();
        }
        // Whoever is not sent there goes on with the one before, and follows the journal, too.
        if let Err(error) = index_sync.files.replace(&before, &made).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the search index before could not be removed"
            );
        }
        Ok(())
    }
}
