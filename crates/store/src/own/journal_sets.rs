//! Entries of the journal for many records at once.

use super::journal::{Entry, entries, select};
use crate::access::{PORTION, list};
use crate::args;
use crate::db::{Arg, Db, TextRow};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// The entries with these numbers, in no order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn with_ids(db: &Db, ids: &[i64]) -> Result<Vec<Entry>, StoreError> {
    let mut found = vec![];
    for ids in ids.chunks(PORTION) {
        let places = vec!["?"; ids.len()].join(", ");
        let sql = format!("{} WHERE id IN ({places})", select(db.engine()));
        let args: Vec<Arg> = ids.iter().map(|id| Arg::from(*id)).collect();
        found.extend(entries(db, &sql, &args).await?);
    }
    Ok(found)
}

/// Entries of a kind with one of these keys, after a number, in their order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_keys(
    db: &Db,
    kind: &str,
    keys: &[String],
    position: i64,
) -> Result<Vec<Entry>, StoreError> {
    let mut found = vec![];
    for keys in keys.chunks(PORTION) {
        let (places, keys) = list(keys);
        let sql = format!(
            "{} WHERE kind = ? AND record_key IN {places} AND id > ?",
            select(db.engine())
        );
        let mut args = args![kind].to_vec();
        args.extend(keys);
        args.push(position.into());
        found.extend(entries(db, &sql, &args).await?);
    }
    found.sort_by_key(|entry| entry.id);
    Ok(found)
}

/// Which of these keys entries after a number concern beside their own record.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn linked_keys(
    db: &Db,
    kind: &str,
    keys: &[String],
    position: i64,
) -> Result<Vec<String>, StoreError> {
    let mut found = vec![];
    for keys in keys.chunks(PORTION) {
        let (places, keys) = list(keys);
        let sql = format!(
            "SELECT DISTINCT record_key FROM kt_journal_link WHERE kind = ? AND record_key IN {places} AND entry > ?"
        );
        let mut args = args![kind].to_vec();
        args.extend(keys);
        args.push(position.into());
        let key = |row: &TextRow| row.text(0).to_owned();
        found.extend(db.fetch(&sql, &args).await?.iter().map(key));
    }
    Ok(found)
}

/// What entries concern beside their own record: kind, key and number, of those after a number up to another.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn links_between(
    db: &Db,
    after: i64,
    last: i64,
) -> Result<Vec<(String, String, i64)>, StoreError> {
    let sql = format!(
        "SELECT kind, record_key, {} FROM kt_journal_link WHERE entry > ? AND entry <= ?",
        db.engine().as_text("entry")
    );
    let link = |row: &TextRow| {
        let (kind, key) = (row.text(0).to_owned(), row.text(1).to_owned());
        Ok((kind, key, row.int(2)?))
    };
    let rows = db.fetch(&sql, &args![after, last]).await?;
    rows.iter().map(link).collect()
}
