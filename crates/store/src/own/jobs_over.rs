//! Jobs that are over or were never begun, for tidying: `kt_job`.

use kartoteka_boxed::boxed;

use super::jobs::states;
use crate::args;
use crate::db::Db;
use crate::error::StoreError;

/// The numbers of jobs in a state that were ordered before a time.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn left_behind(db: &Db, state: &str, before: i64) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_job WHERE state = ? AND created < ? ORDER BY kt_job.id LIMIT 10",
        db.engine().as_text("id")
    );
    let rows = db.fetch(&sql, &args![state, before]).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// The numbers of jobs in one of these states that ended before a time and still have rows for their people; without
/// those that another job is about to take back, which is in the other state.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn ended_with_items(
    db: &Db,
    over: &[&str],
    before: i64,
    being_read_in: &str,
) -> Result<Vec<i64>, StoreError> {
    let (places, mut args) = states(over);
    let sql = format!(
        "SELECT {} FROM kt_job WHERE state IN {places} AND finished < ? \
         AND EXISTS (SELECT 1 FROM kt_job_item i WHERE i.job = kt_job.id) \
         AND NOT EXISTS (SELECT 1 FROM kt_job u WHERE u.undoes = kt_job.id AND u.state = ?) \
         ORDER BY kt_job.id LIMIT 10",
        db.engine().as_text("id")
    );
    args.extend(args![before, being_read_in]);
    let rows = db.fetch(&sql, &args).await?;
    rows.iter().map(|row| row.int(0)).collect()
}
