//! What OTOBO does to its tables meanwhile.

use std::time::Duration;

use kartoteka_store::{Arg, Db, StoreError, args};

use super::Soak;

/// Adds, renames, changes and makes people invalid, and deletes some, as administrators do by hand.
pub async fn write(soak: &Soak, database: &str) {
    let db = Db::open(database).await.unwrap();
    for count in 0.. {
        if !soak.goes_on() {
            break;
        }
        for (sql, args) in statements(count) {
            // What the database did not take while it was down is not tried again: the tables are the truth.
            if db.execute(sql, &args).await.is_ok() {
                soak.counted.lock().unwrap().otobo += 1;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    db.close().await;
}

fn statements(count: u32) -> Vec<(&'static str, Vec<Arg>)> {
    let login = format!("otobo-{count}");
    let email = format!("{login}@acme-lab.org");
    let mut statements = vec![(
        "INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, \
         create_time, create_by, change_time, change_by) \
         VALUES (?, ?, 'acme', 'Otto', 'Bo', 1, CURRENT_TIMESTAMP, 1, CURRENT_TIMESTAMP, 1)",
        args![login.as_str(), email].to_vec(),
    )];
    statements.push(match count % 4 {
        0 => (
            "UPDATE customer_user SET login = ?, change_time = CURRENT_TIMESTAMP WHERE login = ?",
            args![format!("renamed-{count}"), login].to_vec(),
        ),
        1 => (
            "UPDATE customer_user SET valid_id = 2, change_time = CURRENT_TIMESTAMP WHERE login = ?",
            args![login].to_vec(),
        ),
        2 => (
            "UPDATE customer_user SET city = ?, change_time = CURRENT_TIMESTAMP WHERE login = ?",
            args![format!("{login}-0"), login].to_vec(),
        ),
        _ => (
            "DELETE FROM customer_user WHERE login = ?",
            args![login].to_vec(),
        ),
    });
    statements
}

/// Logins with their cities, as the table has them.
pub async fn people(database: &str) -> Result<Vec<(String, String)>, StoreError> {
    let db = Db::open(database).await?;
    let sql = "SELECT login, COALESCE(city, '') FROM customer_user ORDER BY login";
    let rows = db.fetch(sql, &[]).await?;
    db.close().await;
    let texts = rows
        .iter()
        .map(|row| (row.text(0).to_owned(), row.text(1).to_owned()));
    Ok(texts.collect())
}
