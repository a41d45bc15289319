//! Comparing all of a source with what is known of it, in portions: who would be lost.

use kartoteka_boxed::boxed;
use kartoteka_index::SearchIndex;
use kartoteka_model::text::lower;
use kartoteka_sources::SourceRow;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::handle::{SourceHandle, is_valid};

/// What a comparison has found so far. Pairs are of all, and of the valid ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub known: [u64; 2],
    pub there: [u64; 2],
    /// Those of the known ones that are there still, be it under another key.
    met: u64,
    /// Those of them that are there under another key.
    #[serde(default)]
    renamed: u64,
    /// Those of them that were valid, and are not.
    pub invalid: u64,
    /// Those whose login is another person's, of those that have something.
    #[serde(default)]
    pub others: u64,
}

impl Tally {
    /// The beginning: what an index knows of a source, by the number that it has there.
    #[boxed]
    pub async fn begin(index: &SearchIndex, source: usize) -> Result<Self> {
        let known = index.count_of_source(source).await;
        let [valid, others] = known.map_err(Error::index)?;
        Ok(Self {
            known: [valid + others, valid],
            ..Self::default()
        })
    }

    /// Counts the next rows of the source.
    #[boxed]
    pub async fn add(
        &mut self,
        index: &SearchIndex,
        source: usize,
        handle: &SourceHandle,
        rows: &[SourceRow],
    ) -> Result<()> {
        let keys: Vec<String> = rows
            .iter()
            .map(|row| handle.key_of(&row.record).to_owned())
            .collect();
        let marks = index.marks(&keys).await.map_err(Error::index)?;
        let mut strangers = vec![];
        for (row, key) in rows.iter().zip(&keys) {
            let valid = is_valid(handle, &row.record);
            self.there[0] += 1;
            self.there[1] += u64::from(valid);
            let mut marks = marks.get(&lower(key)).into_iter().flatten();
            match marks.find(|mark| mark.source == source && mark.key == *key) {
                Some(mark) => {
                    self.met += 1;
                    self.invalid += u64::from(mark.valid && !valid);
                }
                None => strangers.extend(row.id),
            }
        }
        self.others += handle.count_others(rows).await?;
        // Who has another key now is not lost.
        let most = strangers.len() as u32;
        let renamed = index.keys_of_rows(source, &strangers, most).await;
        let renamed = renamed.map_err(Error::index)?.len() as u64;
        self.met += renamed;
        self.renamed += renamed;
        Ok(())
    }

    /// Whether somebody is there under another key.
    pub fn has_renamed(&self) -> bool {
        self.renamed > 0
    }

    /// Those of the known ones that are gone.
    pub fn gone(&self) -> u64 {
        self.known[0].saturating_sub(self.met)
    }

    /// Those that are gone or not valid any more.
    pub fn lost(&self) -> u64 {
        self.gone() + self.invalid
    }

    /// The same with those who are other people.
    pub fn asked_about(&self) -> u64 {
        self.lost() + self.others
    }
}
