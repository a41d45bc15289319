//! Sessions, and attempts at secrets other than a log-in's: `kt_session`, `kt_attempt`.

use crate::args;
use crate::db::{Arg, Db, TextRow, Tx};
use crate::error::StoreError;
use crate::own::principal::PrincipalKey;
use kartoteka_boxed::boxed;

/// A session's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub id: i64,
    pub token_hash: String,
    pub owner: PrincipalKey,
    /// Seconds since 1970.
    pub created: i64,
    pub seen: i64,
    pub address: String,
    pub user_agent: String,
    /// Tells which password the owner had, without telling the password.
    pub fingerprint: String,
}

fn select(db: &Db) -> String {
    let columns = [
        "id",
        "token_hash",
        "created",
        "seen",
        "address",
        "user_agent",
        "fingerprint",
        "kind",
        "owner",
    ];
    let columns: Vec<String> = columns
        .iter()
        .map(|column| db.engine().as_text(column))
        .collect();
    format!("SELECT {} FROM kt_session", columns.join(", "))
}

fn session(row: &TextRow) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: row.int(0)?,
        token_hash: row.text(1).to_owned(),
        created: row.int(2)?,
        seen: row.int(3)?,
        address: row.text(4).to_owned(),
        user_agent: row.text(5).to_owned(),
        fingerprint: row.text(6).to_owned(),
        owner: PrincipalKey::read(row, 7)?,
    })
}

/// Opens a session.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn insert(db: &Db, new: &SessionRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_session (token_hash, created, seen, address, user_agent, fingerprint, kind, owner) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let args = args![
        &new.token_hash,
        new.created,
        new.seen,
        &new.address,
        &new.user_agent,
        &new.fingerprint,
        new.owner.kind.name(),
        &new.owner.key,
    ];
    db.execute(sql, &args).await?;
    Ok(())
}

/// The session with this token.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, token_hash: &str) -> Result<Option<SessionRow>, StoreError> {
    let rows = db
        .fetch(
            &format!("{} WHERE token_hash = ?", select(db)),
            &args![token_hash],
        )
        .await?;
    rows.first().map(session).transpose()
}

/// Somebody's sessions, the latest used first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn of(db: &Db, owner: &PrincipalKey) -> Result<Vec<SessionRow>, StoreError> {
    let sql = format!(
        "{} WHERE kind = ? AND owner = ? ORDER BY seen DESC",
        select(db)
    );
    let rows = db.fetch(&sql, &owner.args()).await?;
    rows.iter().map(session).collect()
}

/// The session with this number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_by_id(db: &Db, id: i64) -> Result<Option<SessionRow>, StoreError> {
    let rows = db
        .fetch(&format!("{} WHERE id = ?", select(db)), &args![id])
        .await?;
    rows.first().map(session).transpose()
}

/// Notes when a session was last used.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn touch(db: &Db, id: i64, now: i64) -> Result<(), StoreError> {
    db.execute(
        "UPDATE kt_session SET seen = ? WHERE id = ?",
        &args![now, id],
    )
    .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn end(db: &Db, id: i64) -> Result<(), StoreError> {
    db.execute("DELETE FROM kt_session WHERE id = ?", &args![id])
        .await?;
    Ok(())
}

/// Ends all sessions of somebody but one; how many.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn end_all(
    tx: &mut Tx,
    owner: &PrincipalKey,
    except: Option<i64>,
) -> Result<u64, StoreError> {
    let sql = "DELETE FROM kt_session WHERE kind = ? AND owner = ? AND id <> ?";
    let [kind, key] = owner.args();
    let [except] = args![except.unwrap_or(0)];
    tx.execute(sql, &[kind, key, except]).await
}

/// Lets a session go on under another password.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn keep_on(tx: &mut Tx, id: i64, fingerprint: &str) -> Result<(), StoreError> {
    let sql = "UPDATE kt_session SET fingerprint = ? WHERE id = ?";
    tx.execute(sql, &args![fingerprint, id]).await?;
    Ok(())
}

/// Removes sessions that began or were used last before a time, and those of a future that a clock set back left.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn tidy(
    db: &Db,
    created_before: i64,
    seen_before: i64,
    after: i64,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_session WHERE created < ? OR seen < ? OR created > ? OR seen > ?";
    db.execute(sql, &args![created_before, seen_before, after, after])
        .await?;
    Ok(())
}

/// What is tried, and who does: nobody in particular where it is a secret of everybody's.
#[derive(Debug, Clone, Copy)]
pub struct Tried<'a> {
    pub what: &'a str,
    pub owner: Option<&'a PrincipalKey>,
}

impl Tried<'_> {
    fn args(self, more: &[Arg]) -> Vec<Arg> {
        let [kind, key] = self.owner.map_or(args!["", ""], PrincipalKey::args);
        let own = [self.what.into(), kind, key];
        own.into_iter().chain(more.iter().cloned()).collect()
    }
}

/// Notes an attempt before its secret is looked at, so that parallel attempts count each other. When the latest attempts
/// of its kind were made, from a time to another, this one among them; the latest first, so many at the most.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn attempt(
    db: &Db,
    tried: Tried<'_>,
    now: i64,
    (since, until): (i64, i64),
    limit: u32,
) -> Result<Vec<i64>, StoreError> {
    let sql = "INSERT INTO kt_attempt (subject, kind, owner, at) VALUES (?, ?, ?, ?)";
    db.execute(sql, &tried.args(&args![now])).await?;
    let sql = format!(
        "SELECT {} FROM kt_attempt WHERE subject = ? AND kind = ? AND owner = ? AND at >= ? AND at <= ? \
         ORDER BY at DESC LIMIT {limit}",
        db.engine().as_text("at")
    );
    let rows = db.fetch(&sql, &tried.args(&args![since, until])).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Forgets the attempts of a kind.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn forget_attempts(db: &Db, tried: Tried<'_>) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_attempt WHERE subject = ? AND kind = ? AND owner = ?";
    db.execute(sql, &tried.args(&[])).await?;
    Ok(())
}

/// Takes back one attempt of a kind at this time, as if it had not been made.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn take_back(db: &Db, tried: Tried<'_>, at: i64) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_attempt WHERE subject = ? AND kind = ? AND owner = ? AND at = ? LIMIT 1000",
        db.engine().as_text("id")
    );
    let alike = db.fetch(&sql, &tried.args(&args![at])).await?;
    // Any of them will do. What somebody else takes back at the same time is gone already: the next one then.
    for row in &alike {
        let sql = "DELETE FROM kt_attempt WHERE id = ?";
        if db.execute(sql, &args![row.int(0)?]).await? > 0 {
            break;
        }
    }
    Ok(())
}
