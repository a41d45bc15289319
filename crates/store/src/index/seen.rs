//! What the index has seen of the sources: enough to tell whether a row is the one that it has.

use std::collections::BTreeMap;

use kartoteka_model::text::lower;

use super::write::raw_of;
use super::{Put, SearchIndex};
use crate::args;
use crate::db::Tx;
use crate::error::StoreError;
use crate::values::first_int;

/// A record, as far as it tells whether it is still the row of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// As stored.
    pub key: String,
    pub source: usize,
    pub id: Option<i64>,
    /// Its `ChangeTime`.
    pub changed: String,
}

/// A record as the index keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// As stored.
    pub key: String,
    pub source: usize,
    id: Option<i64>,
    raw: String,
}

impl Kept {
    /// Whether a row would be kept as this.
    ///
    /// # Errors
    /// `Unreadable` for a record that has no text form.
    pub fn is(&self, put: &Put) -> Result<bool, StoreError> {
        let same = self.source == put.source && self.id == put.id;
        Ok(same && self.raw == raw_of(&put.record)?)
    }
}

/// The condition that a column holds one of the values of a list.
const IN_SET: &str = "IN (SELECT value FROM json_each(?))";

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
    pub async fn turn(&self) -> Result<i64, StoreError> {
        let rows = self.db.fetch(TURN, &[]).await?;
        Ok(first_int(&rows)?.unwrap_or(0))
    }

    /// What is known of the records with these keys, by key in lower case.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn marks(&self, keys: &[String]) -> Result<BTreeMap<String, Mark>, StoreError> {
        let lkeys: Vec<String> = keys.iter().map(|key| lower(key)).collect();
        let lkeys = serde_json::Value::from(lkeys).to_string();
        let sql = format!(
            "SELECT d.lkey, d.key, CAST(d.source AS TEXT), CAST(d.number AS TEXT), d.raw ->> '$.ChangeTime' \
             FROM doc d WHERE d.lkey {IN_SET}"
        );
        let rows = self.db.fetch_many(&sql, 5, &args![lkeys]).await?;
        let mark = |row: &crate::TextRow| {
            let mark = Mark {
                key: row.text(1).to_owned(),
                source: row.int(2)? as usize,
                id: row.maybe_int(3)?,
                changed: row.text(4).to_owned(),
            };
            Ok((row.text(0).to_owned(), mark))
        };
        rows.iter().map(mark).collect()
    }

    /// The records with these keys as they are kept, by key in lower case.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn kept(&self, keys: &[String]) -> Result<BTreeMap<String, Kept>, StoreError> {
        let lkeys: Vec<String> = keys.iter().map(|key| lower(key)).collect();
        let lkeys = serde_json::Value::from(lkeys).to_string();
        let sql = format!(
            "SELECT d.lkey, d.key, CAST(d.source AS TEXT), CAST(d.number AS TEXT), d.raw FROM doc d \
             WHERE d.lkey {IN_SET}"
        );
        let rows = self.db.fetch_many(&sql, 5, &args![lkeys]).await?;
        let kept = rows.into_iter().map(|mut row| {
            let raw = row.0.pop().flatten().unwrap_or_default();
            let kept = Kept {
                key: row.text(1).to_owned(),
                source: row.int(2)? as usize,
                id: row.maybe_int(3)?,
                raw,
            };
            Ok((row.text(0).to_owned(), kept))
        });
        kept.collect()
    }

    /// The keys under which rows of a source with these numbers are known, at most so many.
    ///
    /// # Errors
    /// When the file can't be read.
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

    /// Keys of all records, in the order of their lower case, at most so many after one.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn keys_after(&self, key: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let sql = format!("SELECT key FROM doc WHERE lkey > ? ORDER BY lkey LIMIT {limit}");
        let rows = self.db.fetch_many(&sql, 1, &args![lower(key)]).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }
}
