//! What the index has seen of the sources: enough to tell whether a row is the one that it has.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_model::Record;
use kartoteka_model::text::lower;

use super::members::{IN_SET, set};
use super::{SearchIndex, Upsert};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{TextRow, Tx};
use kartoteka_store::values::first_int;

/// A record, as far as it tells whether it is still the row of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// As stored.
    pub key: String,
    pub source: usize,
    pub id: Option<i64>,
    /// Its `ChangeTime`.
    pub changed: String,
    pub valid: bool,
}

/// A record as the index keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// As stored.
    pub key: String,
    pub source: usize,
    id: Option<i64>,
    record: Record,
}

impl Kept {
    /// The record as it is put into another index, under the number that its source has there.
    pub fn into_upsert(self, source: usize) -> Upsert {
        Upsert {
            source,
            record: self.record,
            id: self.id,
        }
    }

    /// Whether a row would be kept as this.
    pub fn is(&self, upsert: &Upsert) -> bool {
        self.source == upsert.source && self.id == upsert.id && self.record == upsert.record
    }
}

/// By key in lower case: one record, or several of a source that differ in their case.
pub type ByKey<T> = BTreeMap<String, Vec<T>>;

const TURN: &str = "SELECT value FROM meta WHERE name = 'turn'";

/// The turn, as a transaction finds it.
pub(super) async fn turn_in(tx: &mut Tx) -> Result<i64, StoreError> {
    let rows = tx.fetch(TURN, &[]).await?;
    Ok(first_int(&rows)?.unwrap_or(0))
}

/// Says that a transaction changes records.
pub(super) async fn take_turn(tx: &mut Tx) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES ('turn', '1') \
               ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1";
    tx.execute(sql, &[]).await?;
    Ok(())
}

impl SearchIndex {
    /// A number that is another one after every change of records, by whichever process.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn turn(&self) -> Result<i64, StoreError> {
        let rows = self.db.fetch(TURN, &[]).await?;
        Ok(first_int(&rows)?.unwrap_or(0))
    }

    /// What is known of the records with these keys.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn marks(&self, keys: &[String]) -> Result<ByKey<Mark>, StoreError> {
        let changed = match self.layout.path_of("ChangeTime") {
            Some(path) => format!("d.raw ->> '{path}'"),
            None => "NULL".to_owned(),
        };
        let mark = |row: &TextRow| {
            Ok(Mark {
                key: row.text(1).to_owned(),
                source: row.int(2)? as usize,
                id: row.maybe_int(3)?,
                changed: row.text(4).to_owned(),
                valid: row.int(5)? == 0,
            })
        };
        self.by_key(keys, &changed, mark).await
    }

    /// The records with these keys as they are kept.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn kept(&self, keys: &[String]) -> Result<ByKey<Kept>, StoreError> {
        let kept = |row: &TextRow| {
            Ok(Kept {
                key: row.text(1).to_owned(),
                source: row.int(2)? as usize,
                id: row.maybe_int(3)?,
                record: self.layout.record_of(row.text(4))?,
            })
        };
        self.by_key(keys, "d.raw", kept).await
    }

    async fn by_key<T>(
        &self,
        keys: &[String],
        column: &str,
        read: impl Fn(&TextRow) -> Result<T, StoreError>,
    ) -> Result<ByKey<T>, StoreError> {
        let sql = format!(
            "SELECT d.lkey, d.key, CAST(d.source AS TEXT), CAST(d.number AS TEXT), {column}, \
             CAST(d.part AS TEXT) FROM doc d WHERE d.lkey {IN_SET}"
        );
        let mut by_key = ByKey::new();
        for row in self.db.fetch_many(&sql, 6, &[set(keys)]).await? {
            let of_key: &mut Vec<T> = by_key.entry(row.text(0).to_owned()).or_default();
            of_key.push(read(&row)?);
        }
        Ok(by_key)
    }

    /// The keys under which rows of a source with these numbers are known, at most so many.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn keys_of_rows(
        &self,
        source: usize,
        ids: &[i64],
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let ids = serde_json::Value::from(ids.to_vec()).to_string();
        let sql = format!(
            "SELECT d.key FROM doc d WHERE d.number {IN_SET} AND +d.source = ? LIMIT {limit}"
        );
        let args = args![ids, source as i64];
        let rows = self.db.fetch_many(&sql, 1, &args).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }

    /// Keys of all records or of those of one source, by its number, in the order of their lower case, at most so many
    /// after one and those that are the same but for case.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn keys_after(
        &self,
        key: &str,
        source: Option<usize>,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        // The order is what the index is for, not the source.
        let of_source = source.map_or_else(String::new, |source| format!("AND +source = {source}"));
        let sql =
            format!("SELECT key FROM doc WHERE lkey > ? {of_source} ORDER BY lkey LIMIT {limit}");
        let rows = self.db.fetch_many(&sql, 1, &args![lower(key)]).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }
}
