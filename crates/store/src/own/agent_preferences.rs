//! Preferences of agents: OTOBO's `user_preferences`.

use crate::args;
use crate::db::{Db, Tx};
use crate::error::StoreError;

/// All preferences of an agent.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &Db, agent: i64) -> Result<Vec<(String, String)>, StoreError> {
    let sql = format!(
        "SELECT preferences_key, {} FROM user_preferences WHERE user_id = ?",
        db.engine().as_text("preferences_value")
    );
    let rows = db.fetch(&sql, &args![agent]).await?;
    Ok(rows
        .iter()
        .map(|row| (row.text(0).to_owned(), row.text(1).to_owned()))
        .collect())
}

/// Sets a preference, in place of whatever rows there are.
///
/// # Errors
/// When the database does not answer.
pub async fn set(tx: &mut Tx, agent: i64, key: &str, value: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM user_preferences WHERE user_id = ? AND preferences_key = ?";
    tx.execute(sql, &args![agent, key]).await?;
    let sql = "INSERT INTO user_preferences (user_id, preferences_key, preferences_value) VALUES (?, ?, ?)";
    tx.execute(sql, &args![agent, key, value]).await?;
    Ok(())
}
