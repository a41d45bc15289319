//! Jobs: long work in portions, and who works on it: `kt_job`.
//!
//! A node works on a job while the row names it as `owner`. It says so again with every portion; one that was not heard
//! of for a while is given up for lost, and another one goes on from what is committed.

use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A job's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    pub id: i64,
    /// Drawn at random, so that the row just written is found again.
    pub ticket: String,
    /// Seconds since 1970.
    pub created: i64,
    /// The name that the journal keeps.
    pub who: String,
    /// Who ordered it and through which door, as JSON.
    pub actor: String,
    /// What is wanted, as JSON.
    pub wanted: String,
    /// The job that this one takes back.
    pub undoes: Option<i64>,
    pub started: Option<i64>,
    pub finished: Option<i64>,
    pub state: String,
    /// The node that works on it; empty for none.
    pub owner: String,
    /// When somebody last worked on it.
    pub heartbeat: i64,
    /// How far collecting is, as JSON.
    pub place: String,
    /// Items there are.
    pub total: i64,
    /// Items that the preview looked at.
    pub looked: i64,
    /// Items that are done.
    pub done: i64,
    pub changed: i64,
    pub already: i64,
    pub refused: i64,
    /// What the preview came to, as JSON.
    pub preview: String,
    /// Why it stopped or failed; empty if it did not.
    pub problem: String,
}

const COLUMNS: [&str; 21] = [
    "id",
    "ticket",
    "created",
    "who",
    "actor",
    "wanted",
    "undoes",
    "started",
    "finished",
    "state",
    "owner",
    "heartbeat",
    "place",
    "total",
    "looked",
    "done",
    "changed",
    "already",
    "refused",
    "preview",
    "problem",
];

fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_job", columns.join(", "))
}

fn job(row: &TextRow) -> Result<JobRow, StoreError> {
    let text = |at: usize| row.text(at).to_owned();
    let number = |at: usize| row.int(at);
    Ok(JobRow {
        id: number(0)?,
        ticket: text(1),
        created: number(2)?,
        who: text(3),
        actor: text(4),
        wanted: text(5),
        undoes: row.maybe_int(6)?,
        started: row.maybe_int(7)?,
        finished: row.maybe_int(8)?,
        state: text(9),
        owner: text(10),
        heartbeat: number(11)?,
        place: text(12),
        total: number(13)?,
        looked: number(14)?,
        done: number(15)?,
        changed: number(16)?,
        already: number(17)?,
        refused: number(18)?,
        preview: text(19),
        problem: text(20),
    })
}

/// Adds a job; its number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn insert(tx: &mut Tx, new: &JobRow) -> Result<i64, StoreError> {
    let columns = &COLUMNS[1..];
    let sql = format!(
        "INSERT INTO kt_job ({}) VALUES ({})",
        columns.join(", "),
        vec!["?"; columns.len()].join(", ")
    );
    let args = args![
        &new.ticket,
        new.created,
        &new.who,
        &new.actor,
        &new.wanted,
        new.undoes,
        new.started,
        new.finished,
        &new.state,
        &new.owner,
        new.heartbeat,
        &new.place,
        new.total,
        new.looked,
        new.done,
        new.changed,
        new.already,
        new.refused,
        &new.preview,
        &new.problem,
    ];
    tx.execute(&sql, &args).await?;
    let sql = format!("{} WHERE ticket = ?", select(tx.engine()));
    let rows = tx.fetch(&sql, &args![&new.ticket]).await?;
    rows.first()
        .map(|row| row.int(0))
        .transpose()?
        .ok_or_else(|| StoreError::Unreadable("the new job".into()))
}

/// A job.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, id: i64) -> Result<Option<JobRow>, StoreError> {
    let sql = format!("{} WHERE id = ?", select(db.engine()));
    db.fetch(&sql, &args![id])
        .await?
        .first()
        .map(job)
        .transpose()
}

/// Jobs before a number, the latest first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn latest(db: &Db, before: Option<i64>, limit: u32) -> Result<Vec<JobRow>, StoreError> {
    let sql = format!(
        "{} WHERE id < ? ORDER BY id DESC LIMIT {limit}",
        select(db.engine())
    );
    let rows = db.fetch(&sql, &args![before.unwrap_or(i64::MAX)]).await?;
    rows.iter().map(job).collect()
}

/// The jobs that take a job back, the latest first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn undoing(db: &Db, id: i64) -> Result<Vec<JobRow>, StoreError> {
    let sql = format!("{} WHERE undoes = ? ORDER BY id DESC", select(db.engine()));
    let rows = db.fetch(&sql, &args![id]).await?;
    rows.iter().map(job).collect()
}

/// `(?, ?, …)` for states, with their values.
pub(super) fn states(names: &[&str]) -> (String, Vec<Arg>) {
    let places = vec!["?"; names.len()].join(", ");
    (
        format!("({places})"),
        names.iter().map(|name| Arg::from(*name)).collect(),
    )
}

/// The job in one of these states that waited longest for somebody to work on it: nobody does, or whoever did was last
/// heard of before a time.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn waiting(db: &Db, in_states: &[&str], lost: i64) -> Result<Option<JobRow>, StoreError> {
    let (places, mut args) = states(in_states);
    let sql = format!(
        "{} WHERE state IN {places} AND (owner = '' OR heartbeat < ?) ORDER BY kt_job.heartbeat, kt_job.id LIMIT 1",
        select(db.engine())
    );
    args.push(lost.into());
    db.fetch(&sql, &args).await?.first().map(job).transpose()
}

/// Takes a job to work on it; false when somebody else was quicker.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn claim(
    db: &Db,
    id: i64,
    in_states: &[&str],
    owner: &str,
    now: i64,
    lost: i64,
) -> Result<bool, StoreError> {
    let (places, states) = states(in_states);
    let sql = format!(
        "UPDATE kt_job SET owner = ?, heartbeat = ? \
         WHERE id = ? AND state IN {places} AND (owner = '' OR heartbeat < ?)"
    );
    let mut args = args![owner, now, id].to_vec();
    args.extend(states);
    args.push(lost.into());
    Ok(db.execute(&sql, &args).await? > 0)
}

/// Holds a job within the transaction that writes a portion of it: false when somebody else took it over, or it is no
/// longer in this state. Until the transaction ends nobody takes it over or stops it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn hold(
    tx: &mut Tx,
    id: i64,
    owner: &str,
    state: &str,
    now: i64,
) -> Result<bool, StoreError> {
    let sql = "UPDATE kt_job SET heartbeat = ? WHERE id = ? AND owner = ? AND state = ?";
    Ok(tx.execute(sql, &args![now, id, owner, state]).await? > 0)
}

/// The row of a job that the transaction holds.
///
/// # Errors
/// When the database does not answer, or the job is gone.
#[boxed]
pub async fn held(tx: &mut Tx, id: i64) -> Result<JobRow, StoreError> {
    let sql = format!("{} WHERE id = ?", select(tx.engine()));
    let rows = tx.fetch(&sql, &args![id]).await?;
    rows.first()
        .map(job)
        .transpose()?
        .ok_or_else(|| StoreError::Unreadable("the job".into()))
}

/// Writes what work on a job comes to; who ordered it and what is wanted stay.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn keep(tx: &mut Tx, row: &JobRow) -> Result<(), StoreError> {
    let sql = "UPDATE kt_job SET state = ?, owner = ?, place = ?, total = ?, looked = ?, done = ?, changed = ?, \
               already = ?, refused = ?, preview = ?, problem = ?, finished = ? WHERE id = ?";
    let args = args![
        &row.state,
        &row.owner,
        &row.place,
        row.total,
        row.looked,
        row.done,
        row.changed,
        row.already,
        row.refused,
        &row.preview,
        &row.problem,
        row.finished,
        row.id,
    ];
    tx.execute(sql, &args).await?;
    Ok(())
}

/// Gives a job back, so that any node may go on with it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn give_back(db: &Db, id: i64, owner: &str) -> Result<(), StoreError> {
    let sql = "UPDATE kt_job SET owner = '' WHERE id = ? AND owner = ?";
    db.execute(sql, &args![id, owner]).await?;
    Ok(())
}

/// A change of a job's state.
#[derive(Debug)]
pub struct Move<'a> {
    /// Only from one of these.
    pub from: &'a [&'a str],
    pub to: &'a str,
    /// Who works on it from now on; empty for whoever comes first.
    pub owner: &'a str,
    pub now: i64,
    /// The job is over.
    pub over: bool,
    pub problem: &'a str,
    /// Only if nobody works on it, or whoever did was last heard of before this.
    pub idle_since: Option<i64>,
}

/// Moves a job into another state; false when it was in none of those that it may be moved from.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn shift(tx: &mut Tx, id: i64, change: &Move<'_>) -> Result<bool, StoreError> {
    let (places, from) = states(change.from);
    let finished = change.over.then_some(change.now);
    let mut sql = format!(
        "UPDATE kt_job SET state = ?, owner = ?, problem = ?, finished = ?, started = COALESCE(started, ?) \
         WHERE id = ? AND state IN {places}"
    );
    let started = (!change.over).then_some(change.now);
    let mut args = args![
        change.to,
        change.owner,
        change.problem,
        finished,
        started,
        id
    ]
    .to_vec();
    args.extend(from);
    if let Some(lost) = change.idle_since {
        sql.push_str(" AND (owner = '' OR heartbeat < ?)");
        args.push(lost.into());
    }
    Ok(tx.execute(&sql, &args).await? > 0)
}

/// Asks whoever works on a job to stop; false when it is in none of these states.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn ask_to_stop(
    tx: &mut Tx,
    id: i64,
    from: &[&str],
    to: &str,
) -> Result<bool, StoreError> {
    let (places, from) = states(from);
    let sql = format!("UPDATE kt_job SET state = ? WHERE id = ? AND state IN {places}");
    let mut args = args![to, id].to_vec();
    args.extend(from);
    Ok(tx.execute(&sql, &args).await? > 0)
}
