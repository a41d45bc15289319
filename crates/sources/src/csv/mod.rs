//! People or customers from a file of comma-separated values (RFC 4180): read only, and read anew when it changes.
//!
//! The first line names the columns. Cells are separated by `,`, `;`, tabs or `|`, whichever names the column of the key;
//! the text is UTF-8, with or without a byte order mark. A file that can't be read as a whole is not read at all: the
//! source counts as one that does not answer until it is mended.

mod examine;
mod read;
mod records;

use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use kartoteka_boxed::boxed;
use kartoteka_model::SourceSpec;

use crate::SourceRow;
use crate::changes::{Changes, Watermark};
use crate::error::SourceError;
use crate::source::{Cursor, Portion};
pub(crate) use examine::{examine, failed};
pub use read::CsvError;
use records::Records;

/// The largest file that is read: it is held in memory.
pub const LARGEST: u64 = 64 << 20;

/// How a file is watched.
#[derive(Debug, Clone, Copy)]
struct Watch {
    /// How often it is looked whether the file is another, at most.
    look: Duration,
    /// How long a file has to stay as it is before what is in it takes the place of what was read before: whoever copies
    /// a large one over it may not be done.
    settles: Duration,
}

const WATCH: Watch = Watch {
    look: Duration::from_secs(1),
    settles: Duration::from_secs(2),
};

/// A file, as far as can be seen without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Outside {
    len: u64,
    modified: Option<SystemTime>,
    /// When anything of it was changed, which nobody can set: seconds and nanoseconds.
    changed: (i64, i64),
    /// Its number on its disk, another for one that is put in its place.
    inode: u64,
}

impl Outside {
    /// How long ago it was written to, as far as clocks tell.
    fn age(&self) -> Option<Duration> {
        self.modified?.elapsed().ok()
    }
}

/// What was read, and what was seen of the file since.
#[derive(Debug)]
struct Seen {
    records: Arc<Records>,
    /// The file that they were read from.
    outside: Outside,
    looked: Instant,
    /// Another file, and since when it is there.
    next: Option<(Outside, Instant)>,
}

/// What is known of the file.
#[derive(Debug, Default)]
struct Known {
    seen: Option<Seen>,
    /// One that could not be read, and why.
    refused: Option<(Outside, Arc<CsvError>)>,
}

/// A file of records.
#[derive(Debug)]
pub struct CsvSource {
    spec: SourceSpec,
    file: PathBuf,
    watch: Watch,
    known: Mutex<Known>,
    /// Held by whoever reads it.
    reading: tokio::sync::Mutex<()>,
}

/// How many records there are in the bytes of a file.
///
/// # Errors
/// When it is not as it has to be.
pub fn count(bytes: &[u8], spec: &SourceSpec) -> Result<usize, CsvError> {
    let text = read::decoded(bytes.to_vec())?;
    Ok(Records::read(&text, spec)?.len())
}

impl CsvSource {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not there, or not as it has to be.
    #[boxed]
    pub async fn open(spec: SourceSpec, file: PathBuf) -> Result<Self, SourceError> {
        Self::watched(spec, file, WATCH).await
    }

    async fn watched(spec: SourceSpec, file: PathBuf, watch: Watch) -> Result<Self, SourceError> {
        let source = Self {
            spec,
            file,
            watch,
            known: Mutex::default(),
            reading: tokio::sync::Mutex::new(()),
        };
        source.records().await?;
        Ok(source)
    }

    pub(crate) async fn columns(&self) -> Result<Vec<String>, SourceError> {
        Ok(self.records().await?.columns.clone())
    }

    /// How many rows are left out: those without a key, and those whose key a row before them has.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn left_out(&self) -> Result<(u64, u64), SourceError> {
        let records = self.records().await?;
        Ok((records.without_key, records.again))
    }

    /// The records, read anew if the file is another.
    async fn records(&self) -> Result<Arc<Records>, SourceError> {
        let Watch { look, settles } = self.watch;
        if let Some(records) = self.seen(|seen| seen.looked.elapsed() < look) {
            return Ok(records);
        }
        let _reading = self.reading.lock().await;
        if let Some(records) = self.seen(|seen| seen.looked.elapsed() < look) {
            return Ok(records);
        }
        let mut outside = self.outside().await?;
        if let Some(records) = self.seen(|seen| seen.is_as_it_was(outside, settles)) {
            return Ok(records);
        }
        // The first time there is nothing else to answer with.
        if let Some(rest) = outside.age().and_then(|age| settles.checked_sub(age)) {
            tokio::time::sleep(rest).await;
            outside = self.outside().await?;
        }
        if let Some((refused, cause)) = &self.lock().refused
            && *refused == outside
        {
            return Err(self.failed(Arc::clone(cause)));
        }
        let records = match self.read(outside).await {
            Ok(records) => Arc::new(records),
            Err(cause) => {
                let cause = Arc::new(cause);
                self.lock().refused = Some((outside, Arc::clone(&cause)));
                return Err(self.failed(cause));
            }
        };
        if self.outside().await? != outside {
            // Somebody began to write it: what was read before counts until they are done.
            return match self.seen(|_| true) {
                Some(records) => Ok(records),
                None => Err(self.failed(CsvError::Changing)),
            };
        }
        if records.without_key + records.again > 0 {
            tracing::warn!(
                source = self.spec.id,
                without_key = records.without_key,
                key_of_another = records.again,
                "rows of a file are left out"
            );
        }
        *self.lock() = Known {
            seen: Some(Seen {
                records: Arc::clone(&records),
                outside,
                looked: Instant::now(),
                next: None,
            }),
            refused: None,
        };
        Ok(records)
    }

    /// Reads the file.
    async fn read(&self, outside: Outside) -> Result<Records, CsvError> {
        if outside.len > LARGEST {
            return Err(CsvError::TooLarge(LARGEST));
        }
        let (file, spec) = (self.file.clone(), self.spec.clone());
        let reading = tokio::task::spawn_blocking(move || {
            let text = read::text(&file, LARGEST)?;
            Records::read(&text, &spec)
        });
        reading.await.map_err(std::io::Error::other)?
    }

    /// What was read, if it still counts.
    fn seen(&self, counts: impl FnOnce(&mut Seen) -> bool) -> Option<Arc<Records>> {
        let mut known = self.lock();
        let seen = known.seen.as_mut()?;
        counts(seen).then(|| Arc::clone(&seen.records))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, cause: impl Into<Arc<CsvError>>) -> SourceError {
        SourceError::File {
            file: self.file.clone(),
            cause: cause.into(),
        }
    }

    async fn outside(&self) -> Result<Outside, SourceError> {
        let metadata = tokio::fs::metadata(&self.file).await;
        let metadata = metadata.map_err(|error| self.failed(CsvError::from(error)))?;
        if !metadata.is_file() {
            return Err(self.failed(CsvError::NoFile));
        }
        Ok(Outside {
            len: metadata.len(),
            modified: metadata.modified().ok(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        })
    }
}

impl Seen {
    /// Whether the file is the one that was read, or another that somebody may still be writing.
    fn is_as_it_was(&mut self, outside: Outside, settles: Duration) -> bool {
        let counts = match self.next {
            _ if outside == self.outside => {
                self.next = None;
                true
            }
            _ if outside.age().is_some_and(|age| age >= settles) => false,
            Some((next, since)) if next == outside => since.elapsed() < settles,
            _ => {
                self.next = Some((outside, Instant::now()));
                true
            }
        };
        if counts {
            self.looked = Instant::now();
        }
        counts
    }
}

/// What [`crate::Source`] asks.
impl CsvSource {
    pub(crate) async fn ping(&self) -> Result<(), SourceError> {
        self.records().await.map(|_| ())
    }

    pub(crate) async fn find(&self, key: &str) -> Result<Option<SourceRow>, SourceError> {
        let found = self.find_ignoring_case(key).await?;
        Ok(found.filter(|stored| stored.record.get(self.spec.key_field()) == key))
    }

    pub(crate) async fn find_ignoring_case(
        &self,
        key: &str,
    ) -> Result<Option<SourceRow>, SourceError> {
        let records = self.records().await?;
        let row = records.find(key);
        Ok(row.map(|row| records.source_row(row)))
    }

    pub(crate) async fn find_many(&self, keys: &[String]) -> Result<Vec<SourceRow>, SourceError> {
        let records = self.records().await?;
        let found = keys.iter().filter_map(|key| {
            let stored = records.source_row(records.find(key)?);
            (stored.record.get(self.spec.key_field()) == key).then_some(stored)
        });
        Ok(found.collect())
    }

    pub(crate) async fn find_many_ignoring_case(
        &self,
        keys: &[String],
    ) -> Result<Vec<SourceRow>, SourceError> {
        let records = self.records().await?;
        let rows = keys.iter().filter_map(|key| records.find(key));
        Ok(rows.map(|row| records.source_row(row)).collect())
    }

    pub(crate) async fn keys_where(
        &self,
        column: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<String>, SourceError> {
        let records = self.records().await?;
        let rows = records.rows_where(column, |cell| cell == value);
        let keys = rows.map(|row| records.key_of(row).to_owned());
        Ok(keys.take(limit as usize).collect())
    }

    pub(crate) async fn count_key(
        &self,
        column: &str,
        key: &str,
        twin: bool,
    ) -> Result<u64, SourceError> {
        let records = self.records().await?;
        let is_meant = |cell: &str| match twin {
            true => cell == key,
            false => kartoteka_model::text::same_key(cell, key),
        };
        Ok(records.rows_where(column, is_meant).count() as u64)
    }

    pub(crate) async fn count_rows(&self) -> Result<u64, SourceError> {
        Ok(self.records().await?.len() as u64)
    }

    pub(crate) async fn has_any(
        &self,
        has_validity: Option<bool>,
        validity: i16,
    ) -> Result<bool, SourceError> {
        let records = self.records().await?;
        let Some(has) = has_validity else {
            return Ok(records.len() > 0);
        };
        let Some(column) = &self.spec.valid else {
            // Without a column everybody is valid.
            return Ok(has && records.len() > 0);
        };
        let is = |cell: &str| records::validity(cell) == validity.to_string();
        let mut rows = records.rows_where(column, |cell| is(cell) == has);
        Ok(rows.next().is_some())
    }

    pub(crate) async fn scan(
        &self,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Portion, SourceError> {
        let records = self.records().await?;
        let (rows, end) = records.portion(after.map(|Cursor(key)| key.as_str()), limit as usize);
        Ok(Portion {
            records: rows.map(|row| records.source_row(row)).collect(),
            end: end.map(|key| Cursor(key.to_owned())),
        })
    }

    pub(crate) async fn watermark(&self) -> Result<Watermark, SourceError> {
        Ok(Watermark::kept(&self.records().await?.digest))
    }

    pub(crate) async fn changes(&self, since: Option<&Watermark>) -> Result<Changes, SourceError> {
        let until = self.watermark().await?;
        if since == Some(&until) {
            let seen = vec![];
            return Ok(Changes::Of {
                seen,
                gone: vec![],
                until,
            });
        }
        Ok(Changes::Somewhere { until })
    }
}

#[cfg(test)]
mod tests;
