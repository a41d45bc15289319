//! Making an index from the beginning: the sources are read in portions, and a file is made of them beside the one that
//! answers. Where that one has nothing yet, files of what was read so far answer meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::{SinkExt, StreamExt};
use kartoteka_index::{Builder, Put, SearchIndex};
use kartoteka_sources::{Cursor, Portion, Source};
use kartoteka_store::own::journal;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::watermark;
use crate::kind::Kind;
use crate::open::Directory;

/// Rows read from a source at a time.
const PORTION: u32 = 400;

/// What was read before is gone on with for so long: what changed since without anybody's telling is found by sweeps.
const KEPT: i64 = 6 * 3600;

/// Each file that answers meanwhile has so many times more records than the one before; and none is made of more than such
/// a part of all, so that they take a third of the time of the whole at most.
const TIMES: u64 = 4;

/// How far the sources were read, kept with what was read.
#[derive(Debug, Serialize, Deserialize)]
struct Reading {
    /// The last journal entry when it began: what is written while the sources are read is followed afterwards.
    position: i64,
    /// When it began.
    at: i64,
    /// The number of the source that is read.
    source: usize,
    /// The place after the last record of it.
    after: Option<Cursor>,
    /// The watermarks of the sources when they began to be read.
    watermarks: BTreeMap<String, String>,
    /// A source did not answer.
    incomplete: bool,
}

impl Reading {
    fn note(&self) -> Result<String> {
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
        let keeper = self.keeper(kind);
        let began = tokio::time::Instant::now();
        let built = keeper.index().is_built().await;
        let first = !built.map_err(Error::index)?;
        let mut builder = keeper.files.build().await.map_err(Error::index)?;
        // Another process may have made it while this one waited for it.
        if first && keeper.go_over().await.map_err(Error::index)? {
            keeper.is_built();
            return Ok(());
        }
        // Nobody asks one that is made for other settings until it is whole.
        let answers = first && self.is_current();
        match self.make(kind, &mut builder, answers).await {
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
        let keeper = self.keeper(kind);
        let mut reading = self.begin_reading(kind, builder).await?;
        keeper.done.store(builder.read(), Ordering::Relaxed);
        let mut meanwhile = answers.then_some(Meanwhile {
            next: self.inner.pace.first.max(builder.read()),
            all: None,
        });
        for (source, handle) in self.handles(kind).iter().enumerate() {
            if source < reading.source {
                continue;
            }
            if source > reading.source {
                (reading.source, reading.after) = (source, None);
            }
            let opened = match handle.source().await {
                Ok(opened) => opened,
                // The others are searched without it, until it answers.
                Err(Error::Unavailable { .. }) if !handle.at_home() => {
                    reading.incomplete = true;
                    continue;
                }
                Err(error) => return Err(error),
            };
            if reading.after.is_none() {
                let now = watermark::now(handle).await?;
                let name = watermark::name(handle);
                reading.watermarks.insert(name, now.as_str().to_owned());
            }
            self.read_source(
                kind,
                (handle, opened),
                &mut reading,
                builder,
                &mut meanwhile,
            )
            .await?;
        }
        let mut facts = reading.facts();
        facts.push(("built".into(), "1".into()));
        let made = builder.make(&facts).await.map_err(Error::index)?;
        keeper
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
        })
    }

    /// Whether the index that answers was made of what was read.
    async fn is_made(&self, kind: Kind, builder: &Builder) -> Result<bool> {
        let index = self.keeper(kind).index();
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
    ) -> Result<()> {
        let keeper = self.keeper(kind);
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
                keeper
                    .done
                    .fetch_add(records.len() as u64, Ordering::Relaxed);
                reading.after = portion.end;
                let source = reading.source;
                let puts = records.into_iter().map(|row| Put {
                    source,
                    record: row.record,
                    id: row.id,
                });
                let added = builder.add(puts.collect(), reading.note()?).await;
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
        futures::try_join!(asking, taking).map(|_| ())
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
        for handle in self.handles(kind) {
            if let Ok(source) = handle.source().await {
                // It only decides what is worth the while.
                all += source.count().await.unwrap_or(0);
            }
        }
        all
    }

    /// Lets a file answer that was made, of all there is or of a part, once it has what was saved meanwhile.
    async fn answer_from(&self, kind: Kind, made: SearchIndex, of_all: bool) -> Result<()> {
        let keeper = self.keeper(kind);
        let before = keeper.index();
        self.follow_entries(kind, &made, usize::MAX).await?;
        let _following = keeper.following.lock().await;
        self.follow_entries(kind, &made, usize::MAX).await?;
        // A source that did not answer while it followed.
        if keeper.incomplete.load(Ordering::Relaxed) {
            let noted = made.set_meta("incomplete", "1").await;
            noted.map_err(Error::index)?;
        }
        let made = Arc::new(made);
        keeper.go_over_to(Arc::clone(&made));
        if of_all {
            // At once: a whole one that still is being made is not followed.
            keeper.is_built();
        }
        // Whoever is not sent there goes on with the one before, and follows the journal, too.
        if let Err(error) = keeper.files.replace(&before, &made).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the search index before could not be removed"
            );
        }
        Ok(())
    }
}
