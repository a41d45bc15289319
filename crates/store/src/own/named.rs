//! Groups and services: rows of OTOBO's tables that are known by a name.

use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A table of such rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamedTable {
    Groups,
    Services,
}

impl NamedTable {
    /// The table's name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Groups => "groups_table",
            Self::Services => "service",
        }
    }
}

/// A group or service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// What relations, queues and tickets refer to.
    pub id: i64,
    /// The name; of a service the full one.
    pub name: String,
    pub comment: String,
    pub valid_id: i64,
}

/// What a save sets.
#[derive(Debug)]
pub struct NamedValues<'a> {
    pub name: &'a str,
    /// Stored as NULL where it is empty, as OTOBO does where none is given.
    pub comment: &'a str,
    pub valid_id: i64,
}

fn select(engine: Engine, table: NamedTable) -> String {
    let columns = ["id", "name", "comments", "valid_id"];
    let columns: Vec<String> = columns
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM {}", columns.join(", "), table.name())
}

fn row(row: &TextRow) -> Result<NamedRow, StoreError> {
    Ok(NamedRow {
        id: row.int(0)?,
        name: row.text(1).to_owned(),
        comment: row.text(2).to_owned(),
        valid_id: row.int(3)?,
    })
}

/// All rows of a table, in no order: there are hundreds, not thousands.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn all(db: &Db, table: NamedTable) -> Result<Vec<NamedRow>, StoreError> {
    let rows = db.fetch(&select(db.engine(), table), &[]).await?;
    rows.iter().map(row).collect()
}

/// All rows of a table as a transaction sees them; nobody else changes them until it ends.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn all_locked(tx: &mut Tx, table: NamedTable) -> Result<Vec<NamedRow>, StoreError> {
    let mut sql = select(tx.engine(), table);
    if tx.engine() != Engine::Sqlite {
        sql.push_str(" FOR UPDATE");
    }
    tx.fetch(&sql, &[]).await?.iter().map(row).collect()
}

/// The row with exactly this name, whatever the database's collation finds equal.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, table: NamedTable, name: &str) -> Result<Option<NamedRow>, StoreError> {
    let sql = format!("{} WHERE name = ?", select(db.engine(), table));
    let rows = match db.fetch(&sql, &args![name]).await {
        // What the table can't hold is not in it.
        Err(StoreError::NotHeld(_)) => return Ok(None),
        rows => rows?,
    };
    for found in &rows {
        let found = row(found)?;
        if found.name == name {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn comment(values: &NamedValues<'_>) -> Arg {
    match values.comment {
        "" => Arg::NullText,
        text => text.into(),
    }
}

/// Adds a row.
///
/// # Errors
/// `Duplicate` for a taken name.
#[boxed]
pub async fn insert(
    tx: &mut Tx,
    table: NamedTable,
    values: &NamedValues<'_>,
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let time = tx.engine().time_placeholder();
    let sql = format!(
        "INSERT INTO {} (name, comments, valid_id, create_time, create_by, change_time, change_by) \
         VALUES (?, ?, ?, {time}, ?, {time}, ?)",
        table.name()
    );
    let args = [
        values.name.into(),
        comment(values),
        values.valid_id.into(),
        now.into(),
        actor.into(),
        now.into(),
        actor.into(),
    ];
    tx.execute(&sql, &args).await?;
    Ok(())
}

/// Changes a row; what refers to it goes by its number and stays.
///
/// # Errors
/// `Duplicate` for a taken name.
#[boxed]
pub async fn update(
    tx: &mut Tx,
    table: NamedTable,
    id: i64,
    values: &NamedValues<'_>,
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let time = tx.engine().time_placeholder();
    let sql = format!(
        "UPDATE {} SET name = ?, comments = ?, valid_id = ?, change_time = {time}, change_by = ? WHERE id = ?",
        table.name()
    );
    let args = [
        values.name.into(),
        comment(values),
        values.valid_id.into(),
        now.into(),
        actor.into(),
        id.into(),
    ];
    tx.execute(&sql, &args).await?;
    Ok(())
}

/// Gives a row another name and nothing else.
///
/// # Errors
/// `Duplicate` for a taken name.
#[boxed]
pub async fn rename(
    tx: &mut Tx,
    table: NamedTable,
    id: i64,
    name: &str,
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let time = tx.engine().time_placeholder();
    let sql = format!(
        "UPDATE {} SET name = ?, change_time = {time}, change_by = ? WHERE id = ?",
        table.name()
    );
    tx.execute(&sql, &args![name, now, actor, id]).await?;
    Ok(())
}
