//! Small facts about the installation: `kt_state`.

use crate::args;
use crate::db::{Db, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// The value of a fact.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, name: &str) -> Result<Option<String>, StoreError> {
    let rows = db
        .fetch("SELECT value FROM kt_state WHERE name = ?", &args![name])
        .await?;
    Ok(rows.first().map(|row| row.text(0).to_owned()))
}

/// Sets a fact, or removes it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set(db: &Db, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    set_in(&mut tx, name, value).await?;
    tx.commit().await
}

/// The same within a transaction.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set_in(tx: &mut Tx, name: &str, value: Option<&str>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM kt_state WHERE name = ?", &args![name])
        .await?;
    if let Some(value) = value {
        tx.execute(
            "INSERT INTO kt_state (name, value) VALUES (?, ?)",
            &args![name, value],
        )
        .await?;
    }
    Ok(())
}
