//! How many records there are, and how many a search finds.

use super::SearchIndex;
use super::compile::Narrowing;
use super::query::{Compiled, Query, Totals, range};
use kartoteka_boxed::boxed;
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::Arg;
use kartoteka_store::values::first_int;

/// How many of the rows that narrowing leaves are read to count hits among them (decision 001). Where most are none,
/// as with fields of both full-text tables, an exact count would read the longer list to its end.
const MOST_READ: u64 = 4000;

/// To sort more rows than so many takes longer than reading in order.
const SORT_AT_MOST: u64 = 2000;

/// A count that was cut off is told in whole hundreds.
const ROUND: u64 = 100;

impl SearchIndex {
    /// Whether so many rows are left after narrowing that sorting them would take longer than reading in order.
    pub(super) async fn is_common(&self, compiled: &Compiled) -> Result<bool, StoreError> {
        if compiled.narrowing.is_none() {
            return Ok(true);
        }
        let left = self
            .narrowed_to(compiled, (0, i64::MAX), SORT_AT_MOST)
            .await?;
        Ok(left > SORT_AT_MOST)
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
        let mut counted = Counted::default();
        for part in query.parts() {
            counted.add(self.counted(query, compiled, *part).await?);
        }
        let sure = if more { seen } else { seen.saturating_sub(1) };
        Ok(counted.totals(query.count_to, sure as u64))
    }

    /// Counts in one part.
    async fn counted(
        &self,
        query: &Query,
        compiled: &Compiled,
        part: i64,
    ) -> Result<Counted, StoreError> {
        let range = range(part);
        let (from, args) = compiled.limited_scan(range, MOST_READ);
        let enough = query.count_to + 1;
        let sql = format!("SELECT CAST(count(*) AS TEXT) FROM (SELECT 1 {from} LIMIT {enough})");
        let hits = self.number(&sql, &args).await?;
        let cut = hits < enough && self.narrowed_to(compiled, range, MOST_READ).await? > MOST_READ;
        Ok(Counted { hits, cut })
    }

    /// How many rows narrowing leaves with numbers in a range, up to one more than `most`; none without narrowing.
    async fn narrowed_to(
        &self,
        compiled: &Compiled,
        (after, before): (i64, i64),
        most: u64,
    ) -> Result<u64, StoreError> {
        let Some(Narrowing { table, query }) = &compiled.narrowing else {
            return Ok(0);
        };
        let sql = format!(
            "SELECT CAST(count(*) AS TEXT) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? \
             AND rowid > ? AND rowid < ? LIMIT {})",
            most + 1
        );
        self.number(&sql, &args![query, after, before]).await
    }

    /// The number that a statement answers.
    pub(super) async fn number(&self, sql: &str, args: &[Arg]) -> Result<u64, StoreError> {
        let rows = self.db.fetch(sql, args).await?;
        Ok(first_int(&rows)?.unwrap_or(0) as u64)
    }

    /// How many records a part has: 0 the valid ones, 1 the others.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn count(&self, part: i64) -> Result<u64, StoreError> {
        let sql = "SELECT CAST(n AS TEXT) FROM counts WHERE part = ?";
        self.number(sql, &args![part]).await
    }
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    hits: u64,
    /// Rows were left that may hold more.
    cut: bool,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.cut |= other.cut;
    }

    /// The total to tell where there are surely more than so many.
    fn totals(self, count_to: u64, sure: u64) -> Totals {
        if self.hits > count_to {
            return Totals {
                count: count_to,
                exact: false,
            };
        }
        if !self.cut {
            return Totals {
                count: self.hits,
                exact: true,
            };
        }
        // "More than" has to be true of the count, and is easier to read of a round one.
        let round = self.hits.saturating_sub(1) / ROUND * ROUND;
        Totals {
            count: round.max(sure),
            exact: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_was_cut_off_says_what_is_sure() {
        let totals = |hits, cut, sure| {
            let totals = Counted { hits, cut }.totals(1000, sure);
            (totals.count, totals.exact)
        };
        assert_eq!(totals(412, false, 50), (412, true));
        assert_eq!(totals(1000, false, 50), (1000, true));
        assert_eq!(totals(1001, false, 50), (1000, false));
        assert_eq!(totals(1001, true, 50), (1000, false));
        assert_eq!(totals(412, true, 50), (400, false));
        assert_eq!(totals(400, true, 50), (300, false));
        assert_eq!(totals(60, true, 50), (50, false));
        // The page reached further than the count.
        assert_eq!(totals(3, true, 50), (50, false));
        assert_eq!(totals(130, true, 150), (150, false));
    }
}
