//! People by the further customers that they have.

use super::{among, portions};
use crate::db::{Db, TextRow};
use crate::error::StoreError;

/// People who have one of these as a further customer: login and customer, as the rows spell them.
///
/// # Errors
/// When the database does not answer.
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
