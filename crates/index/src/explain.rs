//! How SQLite asks the index.

use kartoteka_boxed::boxed;
use kartoteka_store::StoreError;

use super::SearchIndex;
use super::query::{COLUMNS, Compiled, Query, range};

impl SearchIndex {
    /// What SQLite says it will do for a question: asserted in tests, so that no search scans by accident.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn explain(&self, query: &Query) -> Result<Vec<String>, StoreError> {
        let compiled = Compiled::new(&query.condition, &self.layout);
        let mut steps = vec![];
        for part in query.parts() {
            let (from, args) = compiled.from(range(*part));
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT {COLUMNS} {from} ORDER BY {} LIMIT 51",
                compiled.number()
            );
            steps.extend(
                self.db
                    .fetch(&sql, &args)
                    .await?
                    .iter()
                    .map(|row| row.text(3).to_owned()),
            );
        }
        Ok(steps)
    }
}
