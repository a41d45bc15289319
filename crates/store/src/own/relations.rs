//! What refers to people and customers by login and customer ID, in OTOBO's tables.

use crate::args;
use crate::db::{Db, Engine, Tx};
use crate::error::StoreError;

/// A table and column that refers to a login.
const LOGIN_REFERENCES: [(&str, &str, &str); 6] = [
    ("customer_preferences", "user_id", ""),
    ("customer_user_customer", "user_id", ""),
    ("group_customer_user", "user_id", ""),
    ("service_customer_user", "customer_user_login", ""),
    ("ticket", "customer_user_id", ""),
    (
        "dynamic_field_obj_id_name",
        "object_name",
        " AND object_type = 'CustomerUser'",
    ),
];

/// A table and column that refers to a customer ID, beside the people of each source.
const CUSTOMER_REFERENCES: [(&str, &str, &str); 4] = [
    ("customer_user_customer", "customer_id", ""),
    ("group_customer", "customer_id", ""),
    ("ticket", "customer_id", ""),
    (
        "dynamic_field_obj_id_name",
        "object_name",
        " AND object_type = 'CustomerCompany'",
    ),
];

/// What refers to a key: table, column, further condition.
pub fn references(customer: bool) -> &'static [(&'static str, &'static str, &'static str)] {
    if customer {
        &CUSTOMER_REFERENCES
    } else {
        &LOGIN_REFERENCES
    }
}

/// How many rows of each table refer to a key.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &Db, customer: bool, key: &str) -> Result<Vec<(String, u64)>, StoreError> {
    let mut counts = vec![];
    for (table, column, further) in references(customer) {
        let sql = format!(
            "SELECT {} FROM {table} WHERE {column} = ?{further}",
            db.engine().counted()
        );
        let rows = db.fetch(&sql, &args![key]).await?;
        let count = rows.first().and_then(|row| row.int(0)).unwrap_or(0);
        if count > 0 {
            counts.push(((*table).to_owned(), count as u64));
        }
    }
    Ok(counts)
}

/// Lets everything that refers to a key refer to another (D07, D08). Rows that spell the key otherwise (the case
/// of letters) are carried too.
///
/// # Errors
/// When the database does not answer.
pub async fn carry(tx: &mut Tx, customer: bool, from: &str, to: &str) -> Result<(), StoreError> {
    for (table, column, further) in references(customer) {
        let sql = carry_statement(tx.engine(), table, column, further);
        let mut args = args![to, from].to_vec();
        if tx.engine() != Engine::MySql {
            args.push(kartoteka_model::text::lower(from).into());
        }
        tx.execute(&sql, &args).await?;
    }
    if !customer {
        let profile = |login: &str| format!("CustomerTicketSearch::{login}");
        let sql = "UPDATE search_profile SET login = ? WHERE login = ?";
        tx.execute(sql, &args![profile(to), profile(from)]).await?;
    }
    Ok(())
}

/// MariaDB's collation disregards case by itself, and its index with it.
fn carry_statement(engine: Engine, table: &str, column: &str, further: &str) -> String {
    let same = match engine {
        Engine::MySql => format!("{column} = ?"),
        _ => format!("({column} = ? OR LOWER({column}) = ?)"),
    };
    format!("UPDATE {table} SET {column} = ? WHERE {same}{further}")
}

/// Further customers of a person, by ID.
///
/// # Errors
/// When the database does not answer.
pub async fn customers_of(db: &Db, login: &str) -> Result<Vec<String>, StoreError> {
    let sql =
        "SELECT customer_id FROM customer_user_customer WHERE user_id = ? ORDER BY customer_id";
    Ok(db
        .fetch(sql, &args![login])
        .await?
        .iter()
        .map(|row| row.text(0).to_owned())
        .collect())
}

/// People with this as a further customer, by login.
///
/// # Errors
/// When the database does not answer.
pub async fn people_of(db: &Db, customer: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT user_id FROM customer_user_customer WHERE customer_id = ? ORDER BY user_id";
    Ok(db
        .fetch(sql, &args![customer])
        .await?
        .iter()
        .map(|row| row.text(0).to_owned())
        .collect())
}
