//! Services, and who may ask for them.

use kartoteka_boxed::boxed;
use kartoteka_model::Collation;

use super::{among, list, portions, spellings};
use crate::args;
use crate::db::{Db, TextRow};
use crate::error::StoreError;
use crate::values::counted;

/// OTOBO's login of nobody, whose services are those of everybody without their own.
pub const DEFAULT_LOGIN: &str = "<DEFAULT>";

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceRow {
    pub id: i64,
    /// The full name: `Parent::Child`.
    pub name: String,
    pub valid: bool,
}

fn service(row: &TextRow) -> Result<ServiceRow, StoreError> {
    Ok(ServiceRow {
        id: row.int(0)?,
        name: row.text(1).to_owned(),
        valid: row.int(2)? == 1,
    })
}

fn select(db: &Db) -> String {
    let engine = db.engine();
    format!(
        "SELECT {}, name, {} FROM service",
        engine.as_text("id"),
        engine.as_text("valid_id")
    )
}

/// All services by name, valid or not.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn services(db: &Db, collation: &Collation) -> Result<Vec<ServiceRow>, StoreError> {
    let rows = db.fetch(&select(db), &[]).await?;
    let services: Result<Vec<ServiceRow>, _> = rows.iter().map(service).collect();
    let mut services = services?;
    services.sort_by_cached_key(|one| (collation.key(&one.name), one.id));
    Ok(services)
}

/// The services of a person, valid or not, by name; without the default ones.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn services_of(
    db: &Db,
    login: &str,
    collation: &Collation,
) -> Result<Vec<ServiceRow>, StoreError> {
    let (places, args) = list(&spellings(login));
    let sql = format!(
        "{} WHERE id IN (SELECT service_id FROM service_customer_user WHERE customer_user_login IN {places})",
        select(db)
    );
    let rows = db.fetch(&sql, &args).await?;
    let services: Result<Vec<ServiceRow>, _> = rows.iter().map(service).collect();
    let mut services = services?;
    services.sort_by_cached_key(|one| (collation.key(&one.name), one.id));
    Ok(services)
}

/// Which services these logins have: login as the row spells it, and the number of the service.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn given_services(db: &Db, logins: &[String]) -> Result<Vec<(String, i64)>, StoreError> {
    let mut found = vec![];
    for portion in portions(db.engine(), logins) {
        let (condition, args) = among(db.engine(), "customer_user_login", &portion);
        let sql = format!(
            "SELECT customer_user_login, {} FROM service_customer_user WHERE {condition}",
            db.engine().as_text("service_id")
        );
        for row in db.fetch(&sql, &args).await? {
            found.push((row.text(0).to_owned(), row.int(1)?));
        }
    }
    Ok(found)
}

/// The default services, valid or not, by name.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn default_services(
    db: &Db,
    collation: &Collation,
) -> Result<Vec<ServiceRow>, StoreError> {
    services_of(db, DEFAULT_LOGIN, collation).await
}

/// Logins that have a service, as the rows spell them, in their order; after a login, at most so many. The pseudo
/// login of the default services is among them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn people_of_service(
    db: &Db,
    service: i64,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT customer_user_login FROM service_customer_user WHERE service_id = ? AND customer_user_login > ? \
         ORDER BY customer_user_login LIMIT {limit}"
    );
    let rows = db
        .fetch(&sql, &args![service, after.unwrap_or_default()])
        .await?;
    Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
}

/// How many logins have a service, without the pseudo login of the default services.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count_people_of_service(db: &Db, service: i64) -> Result<u64, StoreError> {
    let count = db.engine().counted();
    let sql = format!(
        "SELECT {count} FROM service_customer_user WHERE service_id = ? AND customer_user_login <> ?"
    );
    let rows = db.fetch(&sql, &args![service, DEFAULT_LOGIN]).await?;
    counted(&rows)
}
