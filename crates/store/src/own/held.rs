//! Sources that lost so much that an admin is asked: `kt_source_held`.

use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A source's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    pub source: String,
    /// `asked`, `kept` or `let-through`.
    pub state: String,
    /// Seconds since 1970.
    pub since: i64,
    /// Records that were known, and those of them that were valid.
    pub known: [i64; 2],
    /// The same of those that the source has now.
    pub there: [i64; 2],
    /// Those of the known ones that are gone, and that are not valid any more.
    pub gone: i64,
    pub invalid: i64,
    /// Who decided, and when; nobody yet.
    pub decided_by: String,
    pub decided: i64,
}

const COLUMNS: [&str; 11] = [
    "source",
    "state",
    "since",
    "known",
    "known_valid",
    "there",
    "there_valid",
    "gone",
    "invalid",
    "decided_by",
    "decided",
];

fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_source_held", columns.join(", "))
}

fn held(row: &TextRow) -> Result<HeldRow, StoreError> {
    Ok(HeldRow {
        source: row.text(0).to_owned(),
        state: row.text(1).to_owned(),
        since: row.int(2)?,
        known: [row.int(3)?, row.int(4)?],
        there: [row.int(5)?, row.int(6)?],
        gone: row.int(7)?,
        invalid: row.int(8)?,
        decided_by: row.text(9).to_owned(),
        decided: row.int(10)?,
    })
}

/// All rows, in no order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn all(db: &Db) -> Result<Vec<HeldRow>, StoreError> {
    let rows = db.fetch(&select(db.engine()), &[]).await?;
    rows.iter().map(held).collect()
}

/// The row of a source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_in(tx: &mut Tx, source: &str) -> Result<Option<HeldRow>, StoreError> {
    let sql = format!("{} WHERE source = ?", select(tx.engine()));
    let rows = tx.fetch(&sql, &args![source]).await?;
    rows.first().map(held).transpose()
}

/// Writes the row of a source, in place of the one that it has.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set(tx: &mut Tx, row: &HeldRow) -> Result<(), StoreError> {
    remove(tx, &row.source).await?;
    let sql = format!(
        "INSERT INTO kt_source_held ({}) VALUES ({})",
        COLUMNS.join(", "),
        ["?"; COLUMNS.len()].join(", ")
    );
    let args = args![
        &row.source,
        &row.state,
        row.since,
        row.known[0],
        row.known[1],
        row.there[0],
        row.there[1],
        row.gone,
        row.invalid,
        &row.decided_by,
        row.decided
    ];
    tx.execute(&sql, &args).await?;
    Ok(())
}

/// Removes the row of a source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn remove(tx: &mut Tx, source: &str) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM kt_source_held WHERE source = ?",
        &args![source],
    )
    .await?;
    Ok(())
}
