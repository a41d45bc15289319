//! Records that their source does not have any more, as they were last known: `kt_missing`.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::counted;

/// A record that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRow {
    pub source: String,
    /// As stored.
    pub key: String,
    /// Seconds since 1970.
    pub since: i64,
    /// What was known of it, as JSON.
    pub record: String,
}

/// Rows in one statement.
const ROWS: usize = 100;

const COLUMNS: [&str; 4] = ["source", "record_key", "since", "record"];

/// By what rows of a key are found, whatever case it has.
pub(super) fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(kartoteka_model::text::lower(key)))
}

fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_missing", columns.join(", "))
}

fn missing(row: &TextRow) -> Result<MissingRow, StoreError> {
    Ok(MissingRow {
        source: row.text(0).to_owned(),
        key: row.text(1).to_owned(),
        since: row.int(2)?,
        record: row.text(3).to_owned(),
    })
}

/// Adds those that are not there yet: who is missing already stays so since then.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn add(tx: &mut Tx, rows: &[MissingRow]) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS) {
        let mut present = BTreeSet::new();
        for row in rows {
            let sql = "SELECT digest FROM kt_missing WHERE source = ? AND digest = ?";
            let digest = digest(&row.key);
            if !tx
                .fetch(sql, &args![&row.source, &digest])
                .await?
                .is_empty()
            {
                present.insert(digest);
            }
        }
        let mut args = vec![];
        let mut added = 0;
        for row in rows {
            let digest = digest(&row.key);
            // Of two spellings of a key the first counts.
            if present.insert(digest.clone()) {
                args.extend(args![&row.source, &row.key, row.since, &row.record, digest]);
                added += 1;
            }
        }
        if added > 0 {
            let sql = format!(
                "INSERT INTO kt_missing ({}, digest) VALUES {}",
                COLUMNS.join(", "),
                vec!["(?, ?, ?, ?, ?)"; added].join(", ")
            );
            tx.execute_owned(&sql, args).await?;
        }
    }
    Ok(())
}

/// Forgets those that are there again.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn remove(tx: &mut Tx, source: &str, keys: &[String]) -> Result<(), StoreError> {
    for key in keys {
        let sql = "DELETE FROM kt_missing WHERE source = ? AND digest = ?";
        tx.execute(sql, &args![source, digest(key)]).await?;
    }
    Ok(())
}

/// Those of these keys that are missing of a source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn among(db: &Db, source: &str, keys: &[String]) -> Result<Vec<String>, StoreError> {
    let mut found = vec![];
    for keys in keys.chunks(ROWS) {
        let sql = format!(
            "SELECT record_key FROM kt_missing WHERE source = ? AND digest IN ({})",
            vec!["?"; keys.len()].join(", ")
        );
        let mut args = args![source].to_vec();
        args.extend(keys.iter().map(|key| digest(key).into()));
        let rows = db.fetch(&sql, &args).await?;
        found.extend(rows.iter().map(|row| row.text(0).to_owned()));
    }
    Ok(found)
}

/// What is missing of this key, in any source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_key(db: &Db, key: &str) -> Result<Vec<MissingRow>, StoreError> {
    let sql = format!("{} WHERE digest = ?", select(db.engine()));
    let rows = db.fetch(&sql, &args![digest(key)]).await?;
    rows.iter().map(missing).collect()
}

/// Those of a source, the last ones first, at most so many.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn last_of(db: &Db, source: &str, limit: u32) -> Result<Vec<MissingRow>, StoreError> {
    let sql = format!(
        "{} WHERE source = ? ORDER BY kt_missing.since DESC, kt_missing.record_key LIMIT {limit}",
        select(db.engine())
    );
    let rows = db.fetch(&sql, &args![source]).await?;
    rows.iter().map(missing).collect()
}

/// Keys of a source's, in the order of their digests, at most so many after a place; and the place after them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn keys_after(
    db: &Db,
    source: &str,
    after: &str,
    limit: u32,
) -> Result<(Vec<String>, String), StoreError> {
    let sql = format!(
        "SELECT record_key, digest FROM kt_missing WHERE source = ? AND digest > ? ORDER BY digest LIMIT {limit}"
    );
    let rows = db.fetch(&sql, &args![source, after]).await?;
    let last = rows.last().map(|row| row.text(1).to_owned());
    let keys = rows.iter().map(|row| row.text(0).to_owned()).collect();
    Ok((keys, last.unwrap_or_default()))
}

/// How many of a source are missing.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count(db: &Db, source: &str) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_missing WHERE source = ?",
        db.engine().counted()
    );
    counted(&db.fetch(&sql, &args![source]).await?)
}
