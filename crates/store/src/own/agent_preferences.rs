//! Preferences of agents: OTOBO's `user_preferences`.

use crate::args;
use crate::db::{Db, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// All preferences of the agent with this number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of(db: &Db, agent: i64) -> Result<Vec<(String, String)>, StoreError> {
    let value = db.engine().as_text("preferences_value");
    let sql = format!("SELECT preferences_key, {value} FROM user_preferences WHERE user_id = ?");
    let rows = db.fetch(&sql, &args![agent]).await?;
    let pair = |row: &crate::db::TextRow| (row.text(0).to_owned(), row.text(1).to_owned());
    Ok(rows.iter().map(pair).collect())
}

/// Sets a preference, or removes it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set(
    tx: &mut Tx,
    agent: i64,
    key: &str,
    value: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM user_preferences WHERE user_id = ? AND preferences_key = ?";
    tx.execute(sql, &args![agent, key]).await?;
    if let Some(value) = value {
        let sql = "INSERT INTO user_preferences (user_id, preferences_key, preferences_value) VALUES (?, ?, ?)";
        tx.execute(sql, &args![agent, key, value]).await?;
    }
    Ok(())
}
