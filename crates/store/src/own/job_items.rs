//! What a job is about, one row for each person, and what became of it: `kt_job_item`.

use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A row of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// From 1, without gaps, in the order in which they are done.
    pub seq: i64,
    pub login: String,
    pub state: String,
    /// What is wrong with it, as JSON; empty if nothing is.
    pub problems: String,
    /// The journal entry that tells what was changed.
    pub entry: Option<i64>,
    /// The journal entry that is to be taken back.
    pub undoes: Option<i64>,
}

const COLUMNS: [&str; 6] = ["seq", "login", "state", "problems", "entry", "undoes"];

/// Rows in one statement.
const ROWS: usize = 100;

fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_job_item", columns.join(", "))
}

fn item(row: &TextRow) -> Result<ItemRow, StoreError> {
    Ok(ItemRow {
        seq: row.int(0)?,
        login: row.text(1).to_owned(),
        state: row.text(2).to_owned(),
        problems: row.text(3).to_owned(),
        entry: row.maybe_int(4)?,
        undoes: row.maybe_int(5)?,
    })
}

/// Adds rows.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn add(tx: &mut Tx, job: i64, rows: &[ItemRow]) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS) {
        let sql = format!(
            "INSERT INTO kt_job_item (job, {}) VALUES {}",
            COLUMNS.join(", "),
            vec!["(?, ?, ?, ?, ?, ?, ?)"; rows.len()].join(", ")
        );
        let args = rows.iter().flat_map(|row| {
            args![
                job,
                row.seq,
                &row.login,
                &row.state,
                &row.problems,
                row.entry,
                row.undoes,
            ]
        });
        tx.execute_owned(&sql, args.collect()).await?;
    }
    Ok(())
}

/// Writes rows that are there already: those of one portion, without gaps.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn put(tx: &mut Tx, job: i64, rows: &[ItemRow]) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(());
    };
    let sql = "DELETE FROM kt_job_item WHERE job = ? AND seq >= ? AND seq <= ?";
    tx.execute(sql, &args![job, first.seq, last.seq]).await?;
    add(tx, job, rows).await
}

/// Which rows of a job are asked for.
#[derive(Debug, Clone, Copy)]
pub struct JobItemFilter<'a> {
    pub job: i64,
    /// Only those in this state.
    pub state: Option<&'a str>,
    /// Only those after this one.
    pub after: i64,
    pub limit: u32,
}

impl JobItemFilter<'_> {
    fn sql(&self, engine: Engine) -> (String, Vec<Arg>) {
        let mut sql = format!("{} WHERE job = ? AND kt_job_item.seq > ?", select(engine));
        let mut args = args![self.job, self.after].to_vec();
        if let Some(state) = self.state {
            sql.push_str(" AND kt_job_item.state = ?");
            args.push(state.into());
        }
        sql.push_str(&format!(" ORDER BY kt_job_item.seq LIMIT {}", self.limit));
        (sql, args)
    }
}

/// Rows of a job in their order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, asked: JobItemFilter<'_>) -> Result<Vec<ItemRow>, StoreError> {
    let (sql, args) = asked.sql(db.engine());
    db.fetch(&sql, &args).await?.iter().map(item).collect()
}

/// The same as a transaction sees them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_in(tx: &mut Tx, asked: JobItemFilter<'_>) -> Result<Vec<ItemRow>, StoreError> {
    let (sql, args) = asked.sql(tx.engine());
    tx.fetch(&sql, &args).await?.iter().map(item).collect()
}

/// Drops all rows of a job as a part of a transaction.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn drop_in(tx: &mut Tx, job: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM kt_job_item WHERE job = ?";
    tx.execute(sql, &args![job]).await.map(|_| ())
}

/// Drops all rows of a job, a portion at a time.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn drop_all(db: &Db, job: i64) -> Result<(), StoreError> {
    let asked = JobItemFilter {
        job,
        state: None,
        after: 0,
        limit: 1,
    };
    let sql = "DELETE FROM kt_job_item WHERE job = ? AND seq < ?";
    while let Some(first) = find(db, asked).await?.first() {
        db.execute(sql, &args![job, first.seq + 5000]).await?;
    }
    Ok(())
}
