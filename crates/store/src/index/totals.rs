//! How many records there are, and how many a search finds.

use super::SearchIndex;
use super::compile::Narrowing;
use super::query::{Compiled, Query, Totals, range};
use crate::args;
use crate::error::StoreError;

impl SearchIndex {
    /// Whether so many rows are left after narrowing that sorting them would take longer than reading in order.
    pub(super) async fn is_common(&self, compiled: &Compiled) -> Result<bool, StoreError> {
        let Some(Narrowing { table, query }) = &compiled.narrowing else {
            return Ok(true);
        };
        let sql = format!(
            "SELECT CAST(count(*) AS TEXT) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 2001)"
        );
        let rows = self.db.fetch(&sql, &args![query]).await?;
        Ok(rows.first().and_then(|row| row.int(0)).unwrap_or(0) > 2000)
    }

    pub(super) async fn totals(
        &self,
        query: &Query,
        compiled: &Compiled,
        seen: usize,
        more: bool,
    ) -> Result<Totals, StoreError> {
        if !more && query.after.is_none() {
            return Ok(Totals {
                count: seen as u64,
                exact: true,
            });
        }
        if compiled.predicate.sql == "1" {
            let mut count = 0;
            for part in query.parts() {
                count += self.count(*part).await?;
            }
            return Ok(Totals { count, exact: true });
        }
        let mut count = 0;
        for part in query.parts() {
            let (from, args) = compiled.from(range(*part));
            let sql = format!(
                "SELECT CAST(count(*) AS TEXT) FROM (SELECT 1 {from} LIMIT {})",
                query.count_to + 1
            );
            let rows = self.db.fetch(&sql, &args).await?;
            count += rows.first().and_then(|row| row.int(0)).unwrap_or(0) as u64;
        }
        let exact = count <= query.count_to;
        Ok(Totals {
            count: count.min(query.count_to),
            exact,
        })
    }

    /// How many records a part has: 0 the valid ones, 1 the others.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn count(&self, part: i64) -> Result<u64, StoreError> {
        let rows = self
            .db
            .fetch(
                "SELECT CAST(n AS TEXT) FROM counts WHERE part = ?",
                &args![part],
            )
            .await?;
        Ok(rows.first().and_then(|row| row.int(0)).unwrap_or(0) as u64)
    }
}
