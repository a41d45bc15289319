//! Preferences of customer users: OTOBO's `customer_preferences`.

use crate::args;
use crate::db::{Db, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

const OF: &str = "SELECT user_id, preferences_key, preferences_value FROM customer_preferences WHERE user_id = ?";

/// All preferences of exactly this login.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of(db: &Db, login: &str) -> Result<Vec<(String, String)>, StoreError> {
    let rows = db.fetch(OF, &args![login]).await?;
    Ok(own(&rows, login))
}

/// The same, within a transaction.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_locked(tx: &mut Tx, login: &str) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.fetch(OF, &args![login]).await?;
    Ok(own(&rows, login))
}

/// A collation may find other spellings of the login too.
fn own(rows: &[TextRow], login: &str) -> Vec<(String, String)> {
    let own = rows.iter().filter(|row| row.text(0) == login);
    own.map(|row| (row.text(1).to_owned(), row.text(2).to_owned()))
        .collect()
}

/// Sets a preference, or removes it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set(
    tx: &mut Tx,
    login: &str,
    key: &str,
    value: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM customer_preferences WHERE user_id = ? AND preferences_key = ?";
    tx.execute(sql, &args![login, key]).await?;
    if let Some(value) = value {
        let sql = "INSERT INTO customer_preferences (user_id, preferences_key, preferences_value) VALUES (?, ?, ?)";
        tx.execute(sql, &args![login, key, value]).await?;
    }
    Ok(())
}

/// Logins with this preference, and its value.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn with(db: &Db, key: &str) -> Result<Vec<(String, String)>, StoreError> {
    let sql =
        "SELECT user_id, preferences_value FROM customer_preferences WHERE preferences_key = ?";
    let rows = db.fetch(sql, &args![key]).await?;
    Ok(rows
        .iter()
        .map(|row| (row.text(0).to_owned(), row.text(1).to_owned()))
        .collect())
}
