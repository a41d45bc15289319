//! What is decided on the items of an access review, and what became of them: columns of `kt_review_item`.

use super::review_items::{NUMBERS, places, values};
use crate::args;
use crate::db::Tx;
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decided {
    pub decision: String,
    pub remark: String,
    /// Earlier decisions.
    pub past: String,
}

/// Keeps a decision on items.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn decide(
    tx: &mut Tx,
    review: i64,
    numbers: &[i64],
    decided: &Decided,
    at: i64,
    by: &str,
) -> Result<(), StoreError> {
    for numbers in numbers.chunks(NUMBERS) {
        let sql = format!(
            "UPDATE kt_review_item SET decision = ?, remark = ?, past = ?, decided = ?, decided_by = ?, \
             version = version + 1 WHERE review = ? AND seq IN ({})",
            places(numbers.len())
        );
        let before = args![
            &decided.decision,
            &decided.remark,
            &decided.past,
            at,
            by,
            review
        ];
        tx.execute(&sql, &values(before, numbers)).await?;
    }
    Ok(())
}

/// Notes what became of the items with a decision.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn end_decided(
    tx: &mut Tx,
    review: i64,
    decision: &str,
    outcome: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE kt_review_item SET outcome = ? WHERE review = ? AND decision = ?";
    tx.execute(sql, &args![outcome, review, decision]).await?;
    Ok(())
}

/// Notes what became of the items with these numbers.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn end_numbered(
    tx: &mut Tx,
    review: i64,
    numbers: &[i64],
    outcome: &str,
) -> Result<(), StoreError> {
    for numbers in numbers.chunks(NUMBERS) {
        let sql = format!(
            "UPDATE kt_review_item SET outcome = ? WHERE review = ? AND seq IN ({})",
            places(numbers.len())
        );
        tx.execute(&sql, &values(args![outcome, review], numbers))
            .await?;
    }
    Ok(())
}
