//! Which records entries of the journal changed.

use crate::args;
use crate::db::{Db, TextRow};
use crate::error::StoreError;

/// Which record an entry changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    pub id: i64,
    pub action: String,
    pub kind: String,
    pub key: String,
    /// The key before; empty if it did not change.
    pub key_before: String,
}

/// Records that entries after a number changed, in order; entries that only give or take relations are passed over.
///
/// # Errors
/// When the database does not answer.
pub async fn touched(db: &Db, position: i64, limit: u32) -> Result<Vec<Touched>, StoreError> {
    let sql = format!(
        "SELECT {}, action, kind, record_key, record_key_before FROM kt_journal WHERE id > ? AND action <> 'relate' \
         ORDER BY id LIMIT {limit}",
        db.engine().as_text("id")
    );
    let touched = |row: &TextRow| Touched {
        id: row.int(0).unwrap_or_default(),
        action: row.text(1).to_owned(),
        kind: row.text(2).to_owned(),
        key: row.text(3).to_owned(),
        key_before: row.text(4).to_owned(),
    };
    Ok(db
        .fetch(&sql, &args![position])
        .await?
        .iter()
        .map(touched)
        .collect())
}
