//! Running a statement for each of many rows.

use kartoteka_store::StoreError;
use kartoteka_store::db::{Arg, Tx};

/// So many rows go to SQLite at a time: few different numbers, since each way of asking stays prepared.
const AT_ONCE: [usize; 3] = [128, 16, 1];

/// Runs a statement for each row of values. They are statements of their own, for the reason that
/// [`Builder`](super::Builder) has.
pub(super) async fn each(tx: &mut Tx, sql: &str, rows: Vec<Vec<Arg>>) -> Result<(), StoreError> {
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    for length in AT_ONCE {
        let statements = format!("{sql};").repeat(length);
        while left >= length {
            let args = rows.by_ref().take(length).flatten().collect();
            tx.execute_owned(&statements, args).await?;
            left -= length;
        }
    }
    Ok(())
}
