//! All keys that a search finds, a portion at a time.

use kartoteka_boxed::boxed;
use kartoteka_model::Condition;
use serde::{Deserialize, Serialize};

use super::SearchIndex;
use super::query::{Compiled, Partition, range};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::values::first_int;

/// A place in the default order. It stays one when the record that was there is renamed or gone, but not when texts are
/// ordered otherwise ([`SearchIndex::has_place`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// How texts compared where it is one.
    #[serde(default)]
    collation: String,
    part: i64,
    okey: String,
    lkey: String,
    /// As stored; nothing in places that were noted before there was this.
    #[serde(default)]
    key: String,
}

/// A portion of keys in the default order, those of valid records first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysPage {
    pub keys: Vec<String>,
    /// Where the next portion begins; none after the last.
    pub next: Option<Place>,
}

impl SearchIndex {
    /// The keys of the records that satisfy a condition, after a place, at most so many; of all sources or of one, by
    /// its number.
    ///
    /// # Errors
    /// `NoPlace` for a place in another order; when the file can't be read.
    #[boxed]
    pub async fn keys(
        &self,
        condition: &Condition,
        partition: Partition,
        source: Option<usize>,
        after: Option<&Place>,
        limit: u32,
    ) -> Result<KeysPage, StoreError> {
        if let Some(place) = after.filter(|place| !self.has_place(place)) {
            return Err(StoreError::NoPlace(place.key.clone()));
        }
        let mut compiled = Compiled::new(condition, &self.layout);
        compiled.predicate.only(source);
        let parts: &[i64] = match partition {
            Partition::Valid => &[0],
            Partition::Invalid => &[1],
            Partition::All => &[0, 1],
        };
        let mut page = KeysPage {
            keys: vec![],
            next: None,
        };
        for part in parts {
            let mut range = range(*part);
            match after {
                Some(place) if place.part > *part => continue,
                Some(place) if place.part == *part => {
                    range.0 = self.number_of(place).await?.unwrap_or(range.0);
                }
                _ => {}
            }
            let left = limit as usize - page.keys.len();
            let (from, args) = compiled.from(range);
            let sql = format!(
                "SELECT d.key, d.okey, d.lkey {from} ORDER BY {} LIMIT {left}",
                compiled.number()
            );
            let rows = self.db.fetch(&sql, &args).await?;
            page.keys
                .extend(rows.iter().map(|row| row.text(0).to_owned()));
            if let Some(last) = rows.last().filter(|_| rows.len() == left) {
                page.next = Some(Place {
                    collation: self.collation(),
                    part: *part,
                    okey: last.text(1).to_owned(),
                    lkey: last.text(2).to_owned(),
                    key: last.text(0).to_owned(),
                });
                return Ok(page);
            }
        }
        Ok(page)
    }

    /// Whether a place is one in the order of this index: not if texts were ordered otherwise where it was noted.
    pub fn has_place(&self, place: &Place) -> bool {
        place.collation == self.collation()
    }

    fn collation(&self) -> String {
        format!("{:?}", self.layout.collation)
    }

    async fn number_of(&self, place: &Place) -> Result<Option<i64>, StoreError> {
        // Two that are the same but for case stand beside each other.
        let sql = "SELECT CAST(id AS TEXT) FROM doc WHERE part = ? AND (okey, lkey) <= (?, ?) \
                   ORDER BY okey DESC, lkey DESC, key = ? DESC, id DESC LIMIT 1";
        let rows = self
            .db
            .fetch(
                sql,
                &args![place.part, &place.okey, &place.lkey, &place.key],
            )
            .await?;
        first_int(&rows)
    }
}
