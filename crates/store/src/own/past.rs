//! The journal read backwards: what was written since a moment.

use super::journal::{Entry, entries, head, select};
use crate::args;
use crate::db::Db;
use crate::error::StoreError;
use crate::values::first_int;
use kartoteka_boxed::boxed;

/// When the first entry was written, in milliseconds since 1970; none while there is no entry.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn beginning(db: &Db) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_journal ORDER BY id LIMIT 1",
        db.engine().as_text("at")
    );
    first_int(&db.fetch(&sql, &[]).await?)
}

/// The number of the last entry that was there at a time (milliseconds since 1970); 0 when there was none. Numbers and
/// times rise together, so this halves its way to it, however long the journal is.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn position_at(db: &Db, at: i64) -> Result<i64, StoreError> {
    let (mut before, mut after) = (0, head(db).await? + 1);
    let engine = db.engine();
    let sql = format!(
        "SELECT {}, {} FROM kt_journal WHERE id <= ? ORDER BY id DESC LIMIT 1",
        engine.as_text("id"),
        engine.as_text("at")
    );
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let rows = db.fetch(&sql, &args![middle]).await?;
        match rows.first().map(|row| row.int(1)).transpose()? {
            Some(time) if time > at => after = middle,
            _ => before = middle,
        }
    }
    Ok(before)
}

/// Entries of a kind after a number, the latest first; with a key only those of this record, and before a number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn since(
    db: &Db,
    kind: &str,
    key: Option<&str>,
    position: i64,
    before: i64,
) -> Result<Vec<Entry>, StoreError> {
    let mut sql = format!(
        "{} WHERE kind = ? AND id > ? AND id < ?",
        select(db.engine())
    );
    let mut args = args![kind, position, before].to_vec();
    if let Some(key) = key {
        sql.push_str(" AND record_key = ?");
        args.push(key.into());
    }
    sql.push_str(" ORDER BY id DESC");
    entries(db, &sql, &args).await
}

/// Entries that concern something beside their own record, after a number, the latest first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn linked(
    db: &Db,
    kind: &str,
    key: &str,
    position: i64,
) -> Result<Vec<Entry>, StoreError> {
    let sql = format!(
        "{} WHERE id IN (SELECT entry FROM kt_journal_link WHERE kind = ? AND record_key = ? AND entry > ?) \
         ORDER BY id DESC",
        select(db.engine())
    );
    entries(db, &sql, &args![kind, key, position]).await
}

/// Entries that saved a record of one of these kinds, between two numbers (both left out), the latest first, at most
/// so many; those that only set a password or gave and took relations are passed over.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn saved_between(
    db: &Db,
    kinds: [&str; 2],
    after: i64,
    before: i64,
    limit: u32,
) -> Result<Vec<Entry>, StoreError> {
    let sql = format!(
        "{} WHERE id > ? AND id < ? AND kind IN (?, ?) AND action IN ('create', 'update', 'rename') \
         ORDER BY id DESC LIMIT {limit}",
        select(db.engine())
    );
    let [one, other] = kinds;
    entries(db, &sql, &args![after, before, one, other]).await
}

/// Entries that concern something of a kind beside their own record, between two numbers (both left out), the latest
/// first; with a key only those that concern that one.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn linked_between(
    db: &Db,
    kind: &str,
    key: Option<&str>,
    after: i64,
    before: i64,
) -> Result<Vec<Entry>, StoreError> {
    let mut links = String::from("SELECT entry FROM kt_journal_link WHERE kind = ?");
    let mut args = args![kind].to_vec();
    if let Some(key) = key {
        links.push_str(" AND record_key = ?");
        args.push(key.into());
    }
    links.push_str(" AND entry > ? AND entry < ?");
    args.extend(args![after, before]);
    let sql = format!(
        "{} WHERE id IN ({links}) ORDER BY id DESC",
        select(db.engine())
    );
    entries(db, &sql, &args).await
}
