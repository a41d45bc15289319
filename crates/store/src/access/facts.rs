//! What is given to people and customers.

use kartoteka_boxed::boxed;
use kartoteka_model::access::{Context, Grant, Permission};

use super::{among, portions};
use crate::db::{Db, Engine, TextRow};
use crate::error::StoreError;

/// A permission of a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonGrant {
    /// As the row spells it.
    pub login: String,
    pub grant: Grant,
}

/// A permission of a customer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CustomerGrant {
    /// As the row spells it.
    pub customer: String,
    pub context: Context,
    pub grant: Grant,
}

/// What is given to people: a statement that ends in its condition, so that others can be added.
pub(super) fn select_person(engine: Engine) -> String {
    format!(
        "SELECT user_id, {}, permission_key FROM group_customer_user WHERE permission_value = 1",
        engine.as_text("group_id")
    )
}

/// The same for customers.
pub(super) fn select_customer(engine: Engine) -> String {
    format!(
        "SELECT customer_id, {}, permission_key, permission_context FROM group_customer WHERE permission_value = 1",
        engine.as_text("group_id")
    )
}

pub(super) fn person_grant(row: &TextRow) -> Result<PersonGrant, StoreError> {
    Ok(PersonGrant {
        login: row.text(0).to_owned(),
        grant: Grant {
            group: row.int(1)?,
            permission: Permission::new(row.text(2)),
        },
    })
}

/// None for a context that OTOBO does not know either.
pub(super) fn customer_grant(row: &TextRow) -> Option<Result<CustomerGrant, StoreError>> {
    let context = Context::from_stored(row.text(3))?;
    Some(row.int(1).map(|group| CustomerGrant {
        customer: row.text(0).to_owned(),
        context,
        grant: Grant {
            group,
            permission: Permission::new(row.text(2)),
        },
    }))
}

/// What is given to these people directly; with a group, only there. Rows spell logins as they were stored.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn person_grants(
    db: &Db,
    logins: &[String],
    group: Option<i64>,
) -> Result<Vec<PersonGrant>, StoreError> {
    let mut found = vec![];
    for portion in portions(db.engine(), logins) {
        let (condition, mut args) = among(db.engine(), "user_id", &portion);
        let mut sql = format!("{} AND {condition}", select_person(db.engine()));
        if let Some(group) = group {
            sql.push_str(" AND group_id = ?");
            args.push(group.into());
        }
        let rows = db.fetch_many(&sql, 3, &args).await?;
        found.extend(
            rows.iter()
                .map(person_grant)
                .collect::<Result<Vec<_>, _>>()?,
        );
    }
    Ok(found)
}

/// What is given to these customers; with a group, only there.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn customer_grants(
    db: &Db,
    customers: &[String],
    group: Option<i64>,
) -> Result<Vec<CustomerGrant>, StoreError> {
    let mut found = vec![];
    for portion in portions(db.engine(), customers) {
        let (condition, mut args) = among(db.engine(), "customer_id", &portion);
        let mut sql = format!("{} AND {condition}", select_customer(db.engine()));
        if let Some(group) = group {
            // SQLite knows no numbers of rows: it would read everything that is given in the group.
            sql.push_str(match db.engine() {
                Engine::Sqlite => " AND +group_id = ?",
                _ => " AND group_id = ?",
            });
            args.push(group.into());
        }
        let rows = db.fetch_many(&sql, 4, &args).await?;
        found.extend(
            rows.iter()
                .filter_map(customer_grant)
                .collect::<Result<Vec<_>, _>>()?,
        );
    }
    Ok(found)
}

/// Further customers of these people: login and customer, as the rows spell them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn further_customers(
    db: &Db,
    logins: &[String],
) -> Result<Vec<(String, String)>, StoreError> {
    let mut found = vec![];
    for portion in portions(db.engine(), logins) {
        let (condition, args) = among(db.engine(), "user_id", &portion);
        let sql = format!(
            "SELECT user_id, customer_id FROM customer_user_customer WHERE {condition} ORDER BY customer_id"
        );
        let pair = |row: &TextRow| (row.text(0).to_owned(), row.text(1).to_owned());
        found.extend(db.fetch_many(&sql, 2, &args).await?.iter().map(pair));
    }
    Ok(found)
}
