//! What was given to somebody whose login is another person's now: `kt_held_back`.

use kartoteka_boxed::boxed;

use super::identities::with_identities;
use super::missing::digest;
use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::counted;

/// What one person had under a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBackRow {
    pub source: String,
    /// The login, as stored.
    pub key: String,
    /// Whose it was, and whose the login was found to be.
    pub identity: i64,
    pub found: i64,
    /// Seconds since 1970.
    pub since: i64,
    /// What was given, as JSON.
    pub relations: String,
    /// Rows beside that which are kept under the key of [`aside`](super::aside::aside).
    pub others: i64,
}

const COLUMNS: [&str; 7] = [
    "source",
    "record_key",
    "identity",
    "found",
    "since",
    "relations",
    "others",
];

fn select(engine: Engine) -> String {
    let columns = COLUMNS.map(|column| engine.as_text(column));
    format!("SELECT {} FROM kt_held_back", columns.join(", "))
}

fn held_back(row: &TextRow) -> Result<HeldBackRow, StoreError> {
    Ok(HeldBackRow {
        source: row.text(0).to_owned(),
        key: row.text(1).to_owned(),
        identity: row.int(2)?,
        found: row.int(3)?,
        since: row.int(4)?,
        relations: row.text(5).to_owned(),
        others: row.int(6)?,
    })
}

/// Those of a source, or of all, the last ones first, at most so many.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn last(
    db: &Db,
    source: Option<&str>,
    limit: u32,
) -> Result<Vec<HeldBackRow>, StoreError> {
    let of = source.map_or("", |_| "WHERE source = ?");
    let sql = format!(
        "{} {of} ORDER BY kt_held_back.since DESC, kt_held_back.digest LIMIT {limit}",
        select(db.engine())
    );
    let args: Vec<_> = source.into_iter().map(Into::into).collect();
    let rows = db.fetch(&sql, &args).await?;
    rows.iter().map(held_back).collect()
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count(db: &Db) -> Result<u64, StoreError> {
    let sql = format!("SELECT {} FROM kt_held_back", db.engine().counted());
    counted(&db.fetch(&sql, &[]).await?)
}

/// Those of a login, in whichever source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_login(db: &Db, key: &str) -> Result<Vec<HeldBackRow>, StoreError> {
    let sql = format!("{} WHERE digest = ?", select(db.engine()));
    let rows = db.fetch(&sql, &args![digest(key)]).await?;
    rows.iter().map(held_back).collect()
}

/// Those of these identities of a source, under whatever login.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_identities(
    db: &Db,
    source: &str,
    identities: &[i64],
) -> Result<Vec<HeldBackRow>, StoreError> {
    let mut found = vec![];
    for identities in identities.chunks(100) {
        let (condition, args) = with_identities(source, identities);
        let sql = format!("{} WHERE {condition}", select(db.engine()));
        for row in db.fetch(&sql, &args).await? {
            found.push(held_back(&row)?);
        }
    }
    Ok(found)
}

/// What an identity had under a login of a source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_in(
    tx: &mut Tx,
    source: &str,
    key: &str,
    identity: i64,
) -> Result<Option<HeldBackRow>, StoreError> {
    let sql = format!(
        "{} WHERE source = ? AND digest = ? AND identity = ?",
        select(tx.engine())
    );
    let rows = tx
        .fetch(&sql, &args![source, digest(key), identity])
        .await?;
    rows.first().map(held_back).transpose()
}

/// Writes a row, in place of the one that is there.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set(tx: &mut Tx, row: &HeldBackRow) -> Result<(), StoreError> {
    remove(tx, &row.source, &row.key, row.identity).await?;
    let sql = format!(
        "INSERT INTO kt_held_back ({}, digest) VALUES ({})",
        COLUMNS.join(", "),
        ["?"; COLUMNS.len() + 1].join(", ")
    );
    let args = args![
        &row.source,
        &row.key,
        row.identity,
        row.found,
        row.since,
        &row.relations,
        row.others,
        digest(&row.key)
    ];
    tx.execute(&sql, &args).await?;
    Ok(())
}

/// Removes a row.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn remove(tx: &mut Tx, source: &str, key: &str, identity: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_held_back WHERE source = ? AND digest = ? AND identity = ?";
    tx.execute(sql, &args![source, digest(key), identity])
        .await?;
    Ok(())
}
