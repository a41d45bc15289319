//! Who it was that something was given to: `kt_identity`. A login of a source that is only read, and the identity behind it.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_model::text::lower;

use super::missing::digest;
use crate::access::{among, portions};
use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::counted;

/// A login with what stays of the person when it is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    pub source: String,
    /// As stored.
    pub key: String,
    /// What names it: an attribute or column. Identities of other names say nothing of each other.
    pub named: String,
    pub identity: i64,
}

/// Rows in one statement.
const ROWS: usize = 100;

const COLUMNS: [&str; 4] = ["source", "record_key", "named", "identity"];

fn select(engine: Engine) -> String {
    let columns = COLUMNS.map(|column| engine.as_text(column));
    format!("SELECT {} FROM kt_identity", columns.join(", "))
}

fn identity(row: &TextRow) -> Result<IdentityRow, StoreError> {
    Ok(IdentityRow {
        source: row.text(0).to_owned(),
        key: row.text(1).to_owned(),
        named: row.text(2).to_owned(),
        identity: row.int(3)?,
    })
}

/// Those of these logins of a source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_keys(
    db: &Db,
    source: &str,
    keys: &[String],
) -> Result<Vec<IdentityRow>, StoreError> {
    let digests: Vec<String> = keys.iter().map(|key| digest(key)).collect();
    let mut found = vec![];
    for digests in digests.chunks(crate::access::PORTION) {
        let (condition, args) = among(db.engine(), "digest", digests);
        let sql = format!("{} WHERE source = ? AND {condition}", select(db.engine()));
        let args = [args![source].to_vec(), args].concat();
        for row in db.fetch_many(&sql, COLUMNS.len(), &args).await? {
            found.push(identity(&row)?);
        }
    }
    Ok(found)
}

/// The same in a transaction, of one login.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_in(
    tx: &mut Tx,
    source: &str,
    key: &str,
) -> Result<Option<IdentityRow>, StoreError> {
    let sql = format!("{} WHERE source = ? AND digest = ?", select(tx.engine()));
    let rows = tx.fetch(&sql, &args![source, digest(key)]).await?;
    rows.first().map(identity).transpose()
}

/// Those of a login, in whichever source.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_login(db: &Db, key: &str) -> Result<Vec<IdentityRow>, StoreError> {
    let sql = format!("{} WHERE digest = ?", select(db.engine()));
    let rows = db.fetch(&sql, &args![digest(key)]).await?;
    rows.iter().map(identity).collect()
}

/// The condition that a source is this one and its column `identity` one of these.
pub(super) fn with_identities(source: &str, identities: &[i64]) -> (String, Vec<Arg>) {
    let places = vec!["?"; identities.len()].join(", ");
    let mut args = args![source].to_vec();
    args.extend(identities.iter().copied().map(Arg::from));
    (format!("source = ? AND identity IN ({places})"), args)
}

/// Those of a source with these identities.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of_identities(
    db: &Db,
    source: &str,
    identities: &[i64],
) -> Result<Vec<IdentityRow>, StoreError> {
    let mut found = vec![];
    for identities in identities.chunks(ROWS) {
        let (condition, args) = with_identities(source, identities);
        let sql = format!("{} WHERE {condition}", select(db.engine()));
        for row in db.fetch(&sql, &args).await? {
            found.push(identity(&row)?);
        }
    }
    Ok(found)
}

/// Those of a source in the order of their digests, at most so many after a place; and the place after them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn after(
    db: &Db,
    source: &str,
    place: &str,
    limit: u32,
) -> Result<(Vec<IdentityRow>, String), StoreError> {
    let columns = COLUMNS.map(|column| db.engine().as_text(column));
    let sql = format!(
        "SELECT {}, digest FROM kt_identity WHERE source = ? AND digest > ? ORDER BY digest LIMIT {limit}",
        columns.join(", ")
    );
    let rows = db.fetch(&sql, &args![source, place]).await?;
    let last = rows.last().map(|row| row.text(COLUMNS.len()).to_owned());
    let rows: Result<Vec<IdentityRow>, _> = rows.iter().map(identity).collect();
    Ok((rows?, last.unwrap_or_default()))
}

/// How many of a source there are.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count(db: &Db, source: &str) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_identity WHERE source = ?",
        db.engine().counted()
    );
    counted(&db.fetch(&sql, &args![source]).await?)
}

/// Adds those whose logins are not known yet, or by another name of the identity only.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn add(tx: &mut Tx, rows: &[IdentityRow]) -> Result<(), StoreError> {
    for row in rows {
        let known = find_in(tx, &row.source, &row.key).await?;
        if known.is_none_or(|known| known.named != row.named) {
            set(tx, row).await?;
        }
    }
    Ok(())
}

/// Writes whose a login is, in place of whose it was.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set(tx: &mut Tx, row: &IdentityRow) -> Result<(), StoreError> {
    remove(tx, &row.source, &row.key).await?;
    let sql = "INSERT INTO kt_identity (source, digest, record_key, named, identity) VALUES (?, ?, ?, ?, ?)";
    let args = args![
        &row.source,
        digest(&row.key),
        &row.key,
        &row.named,
        row.identity
    ];
    tx.execute(sql, &args).await?;
    Ok(())
}

/// Lets the identity of a login be that of another, as the person was renamed.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn rename(tx: &mut Tx, source: &str, from: &str, to: &str) -> Result<(), StoreError> {
    let Some(known) = find_in(tx, source, from).await? else {
        return Ok(());
    };
    remove(tx, source, from).await?;
    let renamed = IdentityRow {
        key: to.to_owned(),
        ..known
    };
    set(tx, &renamed).await
}

async fn remove(tx: &mut Tx, source: &str, key: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_identity WHERE source = ? AND digest = ?";
    tx.execute(sql, &args![source, digest(key)]).await?;
    Ok(())
}

/// Which of these logins have anything that was given to them or that they set, in lower case.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn with_something(db: &Db, logins: &[String]) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    for portion in portions(db.engine(), logins) {
        let mut asked = vec![];
        let mut args = vec![];
        for (table, column) in [
            ("group_customer_user", "user_id"),
            ("customer_user_customer", "user_id"),
            ("service_customer_user", "customer_user_login"),
            ("customer_preferences", "user_id"),
        ] {
            let (condition, more) = among(db.engine(), column, &portion);
            asked.push(format!("SELECT {column} FROM {table} WHERE {condition}"));
            args.extend(more);
        }
        let rows = db.fetch_many(&asked.join(" UNION "), 1, &args).await?;
        found.extend(rows.iter().map(|row| lower(row.text(0))));
    }
    Ok(found)
}
