//! People by the further customers that they have.

use kartoteka_boxed::boxed;
use kartoteka_model::text::same_key;

use super::{among, portions};
use crate::db::{Arg, Db, Engine, TextRow};
use crate::error::StoreError;
use crate::spelling::KeyColumn;

/// Where people have further customers.
const CUSTOMERS: KeyColumn<'_> = KeyColumn {
    table: "customer_user_customer",
    column: "customer_id",
    only: "",
};

/// People who have one of these as a further customer: login and customer, as the rows spell them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn people_with_customers(
    db: &Db,
    customers: &[String],
) -> Result<Vec<(String, String)>, StoreError> {
    let mut found = vec![];
    for portion in portions(db.engine(), customers) {
        let (condition, args) = among(db.engine(), "customer_id", &portion);
        let sql =
            format!("SELECT user_id, customer_id FROM customer_user_customer WHERE {condition}");
        let pair = |row: &TextRow| (row.text(0).to_owned(), row.text(1).to_owned());
        found.extend(db.fetch_many(&sql, 2, &args).await?.iter().map(pair));
    }
    Ok(found)
}

/// How many have a customer as a further one.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count_people_of_customer(db: &Db, customer: &str) -> Result<u64, StoreError> {
    let spelled = CUSTOMERS.spellings(db, customer).await?;
    Ok(spelled.iter().map(|(_, rows)| rows).sum())
}

/// The logins of those who have a customer as a further one, as the rows spell them, in the order of the database;
/// after a login, at most so many.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn people_of_customer(
    db: &Db,
    customer: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    let spelled = CUSTOMERS.spellings(db, customer).await?;
    let spelled: Vec<String> = spelled.into_iter().map(|(spelled, _)| spelled).collect();
    if spelled.is_empty() {
        return Ok(vec![]);
    }
    // The key of the table begins with the login: followed in its order, it would be read up to the customer's people.
    let login = match db.engine() {
        Engine::MySql => "CONCAT(user_id, '')",
        Engine::Sqlite | Engine::Postgres => "user_id || ''",
    };
    let mut found: Vec<String> = vec![];
    let mut after = after.map(str::to_owned);
    loop {
        let (condition, mut args) = among(db.engine(), "customer_id", &spelled);
        let mut sql =
            format!("SELECT user_id, customer_id FROM customer_user_customer WHERE {condition}");
        if let Some(after) = &after {
            sql.push_str(&format!(" AND {login} > ?"));
            args.push(Arg::from(after));
        }
        sql.push_str(&format!(" ORDER BY {login} LIMIT {limit}"));
        let rows = db.fetch(&sql, &args).await?;
        // MariaDB's collation answers for accents as well.
        for row in rows.iter().filter(|row| same_key(row.text(1), customer)) {
            if found.last().is_none_or(|last| last != row.text(0)) {
                found.push(row.text(0).to_owned());
            }
        }
        if rows.len() < limit as usize || found.len() >= limit as usize {
            found.truncate(limit as usize);
            return Ok(found);
        }
        after = rows.last().map(|row| row.text(0).to_owned());
    }
}
