//! Hashes of passwords that agents and customer users had, so that they are not taken again.

use crate::args;
use crate::db::{Db, Engine, Tx};
use crate::error::StoreError;
use crate::own::principal::PrincipalKey;
use kartoteka_boxed::boxed;

/// The column of the hash, quoted: to MySQL `STORED` is a word of its own.
fn hash(engine: Engine) -> String {
    engine.quote("stored")
}

/// The hashes that are kept of somebody, the newest first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of(db: &Db, owner: &PrincipalKey) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_used_password WHERE kind = ? AND owner = ? ORDER BY id DESC",
        hash(db.engine())
    );
    let rows = db.fetch(&sql, &owner.args()).await?;
    Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
}

/// Keeps one more, and forgets all but the newest `keep`.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn add(
    tx: &mut Tx,
    owner: &PrincipalKey,
    stored: &str,
    at: i64,
    keep: usize,
) -> Result<(), StoreError> {
    let (kind, key) = (owner.kind.name(), owner.key.as_str());
    let sql = format!(
        "INSERT INTO kt_used_password (kind, owner, {}, at) VALUES (?, ?, ?, ?)",
        hash(tx.engine())
    );
    tx.execute(&sql, &args![kind, key, stored, at]).await?;
    let id = tx.engine().as_text("id");
    let sql = format!(
        "SELECT {id} FROM kt_used_password WHERE kind = ? AND owner = ? ORDER BY kt_used_password.id DESC"
    );
    let rows = tx.fetch(&sql, &args![kind, key]).await?;
    for old in rows.iter().skip(keep) {
        let sql = "DELETE FROM kt_used_password WHERE id = ?";
        tx.execute(sql, &args![old.int(0)?]).await?;
    }
    Ok(())
}

/// Forgets all of somebody.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn forget(tx: &mut Tx, owner: &PrincipalKey) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_used_password WHERE kind = ? AND owner = ?";
    tx.execute(sql, &owner.args()).await?;
    Ok(())
}
