//! Replies to programs, kept under their `Idempotency-Key`, and who is working on one: `kt_reply`.
//!
//! A row is there from the moment at which somebody begins. While the reply is missing its `body` holds a number drawn
//! by whoever works on it, so that nobody else finishes it.

use crate::args;
use crate::db::{Db, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// Whose key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyKey {
    pub actor: String,
    pub key: String,
}

/// Somebody works on it; nothing is written yet.
const WORKING: i64 = 0;
/// What was asked for is written; the reply is not there yet.
const WRITTEN: i64 = 1;

/// What is known under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub request_hash: String,
    pub state: State,
    /// Seconds since 1970: when work began, or when the reply was given.
    pub at: i64,
}

/// How far a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Working,
    Written,
    Replied { status: i64, body: String },
}

/// What is known under a key.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, key: &ReplyKey) -> Result<Option<Kept>, StoreError> {
    let sql = format!(
        "SELECT request_hash, {}, body, {} FROM kt_reply WHERE actor = ? AND reply_key = ?",
        db.engine().as_text("status"),
        db.engine().as_text("at"),
    );
    let rows = db.fetch(&sql, &args![&key.actor, &key.key]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(Kept {
        request_hash: row.text(0).to_owned(),
        state: match row.int(1)? {
            WORKING => State::Working,
            WRITTEN => State::Written,
            status => State::Replied {
                status,
                body: row.text(2).to_owned(),
            },
        },
        at: row.int(3)?,
    }))
}

/// Begins work under a key; false when somebody else began before.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn begin(
    db: &Db,
    key: &ReplyKey,
    request_hash: &str,
    worker: &str,
    now: i64,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO kt_reply (actor, reply_key, request_hash, status, body, at) VALUES (?, ?, ?, ?, ?, ?)";
    let args = args![&key.actor, &key.key, request_hash, WORKING, worker, now];
    match db.execute(sql, &args).await {
        Ok(_) => Ok(true),
        Err(StoreError::Duplicate(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes over what somebody began before a time and did not write; false when somebody else was quicker.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn take_over(
    db: &Db,
    key: &ReplyKey,
    request_hash: &str,
    worker: &str,
    now: i64,
    before: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE kt_reply SET request_hash = ?, body = ?, at = ? \
               WHERE actor = ? AND reply_key = ? AND status = ? AND at < ?";
    let args = args![
        request_hash,
        worker,
        now,
        &key.actor,
        &key.key,
        WORKING,
        before
    ];
    Ok(db.execute(sql, &args).await? > 0)
}

/// Notes in the transaction that writes what was asked for that it is written; false when somebody else took over.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn written(tx: &mut Tx, key: &ReplyKey, worker: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE kt_reply SET status = ? WHERE actor = ? AND reply_key = ? AND status <= ? AND body = ?";
    let args = args![WRITTEN, &key.actor, &key.key, WRITTEN, worker];
    Ok(tx.execute(sql, &args).await? > 0)
}

/// Keeps the reply; others from before a time are dropped.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn keep(
    db: &Db,
    key: &ReplyKey,
    worker: &str,
    reply: (i64, &str),
    now: i64,
    before: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE kt_reply SET status = ?, body = ?, at = ? \
               WHERE actor = ? AND reply_key = ? AND status <= ? AND body = ?";
    let args = args![reply.0, reply.1, now, &key.actor, &key.key, WRITTEN, worker];
    db.execute(sql, &args).await?;
    drop_before(db, before).await
}

/// Gives up work of which nothing was written, so that it may be begun again.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn give_up(db: &Db, key: &ReplyKey, worker: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_reply WHERE actor = ? AND reply_key = ? AND status = ? AND body = ?";
    db.execute(sql, &args![&key.actor, &key.key, WORKING, worker])
        .await?;
    Ok(())
}

/// Drops what is from before a time.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn drop_before(db: &Db, before: i64) -> Result<(), StoreError> {
    db.execute("DELETE FROM kt_reply WHERE at < ?", &args![before])
        .await?;
    Ok(())
}
