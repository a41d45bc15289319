//! Named sets of changes: `kt_template`.

use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A template's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    pub id: i64,
    pub name: String,
    /// What is given and taken, as JSON.
    pub changes: String,
    /// Who saved it last.
    pub changed_by: String,
    /// Seconds since 1970.
    pub changed: i64,
}

fn select(engine: Engine) -> String {
    let columns = ["id", "name", "changes", "changed_by", "changed"];
    let columns: Vec<String> = columns
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_template", columns.join(", "))
}

fn template(row: &TextRow) -> Result<TemplateRow, StoreError> {
    Ok(TemplateRow {
        id: row.int(0)?,
        name: row.text(1).to_owned(),
        changes: row.text(2).to_owned(),
        changed_by: row.text(3).to_owned(),
        changed: row.int(4)?,
    })
}

/// All templates, in no order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn all(db: &Db) -> Result<Vec<TemplateRow>, StoreError> {
    let rows = db.fetch(&select(db.engine()), &[]).await?;
    rows.iter().map(template).collect()
}

/// Adds a template.
///
/// # Errors
/// `Duplicate` when the name is taken; when the database does not answer.
#[boxed]
pub async fn insert(tx: &mut Tx, new: &TemplateRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_template (name, changes, changed_by, changed) VALUES (?, ?, ?, ?)";
    let args = args![&new.name, &new.changes, &new.changed_by, new.changed];
    tx.execute(sql, &args).await?;
    Ok(())
}

/// Writes a template anew.
///
/// # Errors
/// `Duplicate` when the name is taken; when the database does not answer.
#[boxed]
pub async fn update(tx: &mut Tx, row: &TemplateRow) -> Result<(), StoreError> {
    let sql =
        "UPDATE kt_template SET name = ?, changes = ?, changed_by = ?, changed = ? WHERE id = ?";
    let args = args![
        &row.name,
        &row.changes,
        &row.changed_by,
        row.changed,
        row.id
    ];
    tx.execute(sql, &args).await?;
    Ok(())
}

/// Drops a template.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn delete(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM kt_template WHERE id = ?", &args![id])
        .await?;
    Ok(())
}
