//! Tokens of programs: `kt_token`.

use crate::args;
use crate::db::{Db, TextRow, Tx};
use crate::error::StoreError;
use crate::own::principal::PrincipalKey;
use kartoteka_boxed::boxed;

/// A token's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    pub id: i64,
    pub name: String,
    pub scope: String,
    pub prefix: String,
    pub token_hash: String,
    /// For whom it stands.
    pub owner: PrincipalKey,
    pub created_by: String,
    /// Seconds since 1970.
    pub created: i64,
    pub expires: Option<i64>,
    pub last_used: Option<i64>,
    pub revoked: Option<i64>,
}

fn select(db: &Db) -> String {
    let columns = [
        "id",
        "name",
        "scope",
        "prefix",
        "token_hash",
        "created_by",
        "created",
        "expires",
        "last_used",
        "revoked",
        "kind",
        "owner",
    ];
    let columns: Vec<String> = columns
        .iter()
        .map(|column| db.engine().as_text(column))
        .collect();
    format!("SELECT {} FROM kt_token", columns.join(", "))
}

fn token(row: &TextRow) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        id: row.int(0)?,
        name: row.text(1).to_owned(),
        scope: row.text(2).to_owned(),
        prefix: row.text(3).to_owned(),
        token_hash: row.text(4).to_owned(),
        created_by: row.text(5).to_owned(),
        created: row.int(6)?,
        expires: row.maybe_int(7)?,
        last_used: row.maybe_int(8)?,
        revoked: row.maybe_int(9)?,
        owner: PrincipalKey::read(row, 10)?,
    })
}

/// All tokens, the latest first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn all(db: &Db) -> Result<Vec<TokenRow>, StoreError> {
    let rows = db
        .fetch(&format!("{} ORDER BY id DESC", select(db)), &[])
        .await?;
    rows.iter().map(token).collect()
}

/// The token with this hash.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, token_hash: &str) -> Result<Option<TokenRow>, StoreError> {
    let rows = db
        .fetch(
            &format!("{} WHERE token_hash = ?", select(db)),
            &args![token_hash],
        )
        .await?;
    rows.first().map(token).transpose()
}

/// The token with this number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_by_id(db: &Db, id: i64) -> Result<Option<TokenRow>, StoreError> {
    let sql = format!("{} WHERE id = ?", select(db));
    db.fetch(&sql, &args![id])
        .await?
        .first()
        .map(token)
        .transpose()
}

/// Keeps a token.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn insert(tx: &mut Tx, new: &TokenRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_token (name, scope, prefix, token_hash, created_by, created, expires, kind, owner) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let args = args![
        &new.name,
        &new.scope,
        &new.prefix,
        &new.token_hash,
        &new.created_by,
        new.created,
        new.expires,
        new.owner.kind.name(),
        &new.owner.key,
    ];
    tx.execute(sql, &args).await?;
    Ok(())
}

/// Ends a token; whether there was one to end.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn revoke(tx: &mut Tx, id: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE kt_token SET revoked = ? WHERE id = ? AND revoked IS NULL";
    Ok(tx.execute(sql, &args![now, id]).await? > 0)
}

/// Notes when a token was last used.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn touch(db: &Db, id: i64, now: i64) -> Result<(), StoreError> {
    db.execute(
        "UPDATE kt_token SET last_used = ? WHERE id = ?",
        &args![now, id],
    )
    .await?;
    Ok(())
}
