//! Agents' sessions and failed attempts to log in: `kt_session`, `kt_attempt`.

use crate::args;
use crate::db::{Db, TextRow, Tx};
use crate::error::StoreError;

/// A session's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub id: i64,
    pub token_hash: String,
    pub agent_id: i64,
    /// Seconds since 1970.
    pub created: i64,
    pub seen: i64,
    pub address: String,
    pub user_agent: String,
    /// Tells which password the agent had, without telling the password.
    pub fingerprint: String,
}

fn select(db: &Db) -> String {
    let columns = [
        "id",
        "token_hash",
        "agent_id",
        "created",
        "seen",
        "address",
        "user_agent",
        "fingerprint",
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
        agent_id: row.int(2)?,
        created: row.int(3)?,
        seen: row.int(4)?,
        address: row.text(5).to_owned(),
        user_agent: row.text(6).to_owned(),
        fingerprint: row.text(7).to_owned(),
    })
}

/// Opens a session.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &Db, new: &SessionRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_session (token_hash, agent_id, created, seen, address, user_agent, fingerprint) \
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    let args = args![
        &new.token_hash,
        new.agent_id,
        new.created,
        new.seen,
        &new.address,
        &new.user_agent,
        &new.fingerprint
    ];
    db.execute(sql, &args).await?;
    Ok(())
}

/// The session with this token.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &Db, token_hash: &str) -> Result<Option<SessionRow>, StoreError> {
    let rows = db
        .fetch(
            &format!("{} WHERE token_hash = ?", select(db)),
            &args![token_hash],
        )
        .await?;
    rows.first().map(session).transpose()
}

/// An agent's sessions, the latest used first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_agent(db: &Db, agent: i64) -> Result<Vec<SessionRow>, StoreError> {
    let rows = db
        .fetch(
            &format!("{} WHERE agent_id = ? ORDER BY seen DESC", select(db)),
            &args![agent],
        )
        .await?;
    rows.iter().map(session).collect()
}

/// The session with this number.
///
/// # Errors
/// When the database does not answer.
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
pub async fn end(db: &Db, id: i64) -> Result<(), StoreError> {
    db.execute("DELETE FROM kt_session WHERE id = ?", &args![id])
        .await?;
    Ok(())
}

/// Ends all sessions of an agent but one; how many.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all(tx: &mut Tx, agent: i64, except: Option<i64>) -> Result<u64, StoreError> {
    let sql = "DELETE FROM kt_session WHERE agent_id = ? AND id <> ?";
    tx.execute(sql, &args![agent, except.unwrap_or(0)]).await
}

/// Lets a session go on under another password.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_on(tx: &mut Tx, id: i64, fingerprint: &str) -> Result<(), StoreError> {
    let sql = "UPDATE kt_session SET fingerprint = ? WHERE id = ?";
    tx.execute(sql, &args![fingerprint, id]).await?;
    Ok(())
}

/// Removes sessions that began or were used last before a time, and those of a future that a clock set back left.
///
/// # Errors
/// When the database does not answer.
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

/// Notes an attempt before its secret is looked at, so that parallel attempts count each other. When the latest attempts
/// of this subject were made, from a time to another, this one among them; the latest first, so many at the most.
///
/// # Errors
/// When the database does not answer.
pub async fn attempt(
    db: &Db,
    subject: &str,
    now: i64,
    (since, until): (i64, i64),
    limit: u32,
) -> Result<Vec<i64>, StoreError> {
    db.execute(
        "INSERT INTO kt_attempt (subject, at) VALUES (?, ?)",
        &args![subject, now],
    )
    .await?;
    let sql = format!(
        "SELECT {} FROM kt_attempt WHERE subject = ? AND at >= ? AND at <= ? ORDER BY at DESC LIMIT {limit}",
        db.engine().as_text("at")
    );
    let rows = db.fetch(&sql, &args![subject, since, until]).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Forgets the attempts of a subject.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_attempts(db: &Db, subject: &str) -> Result<(), StoreError> {
    db.execute("DELETE FROM kt_attempt WHERE subject = ?", &args![subject])
        .await?;
    Ok(())
}

/// Takes back one attempt of a subject at this time, as if it had not been made.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(db: &Db, subject: &str, at: i64) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_attempt WHERE subject = ? AND at = ? LIMIT 1000",
        db.engine().as_text("id")
    );
    let alike = db.fetch(&sql, &args![subject, at]).await?;
    // Any of them will do. What somebody else takes back at the same time is gone already: the next one then.
    for row in &alike {
        let sql = "DELETE FROM kt_attempt WHERE id = ?";
        if db.execute(sql, &args![row.int(0)?]).await? > 0 {
            break;
        }
    }
    Ok(())
}
