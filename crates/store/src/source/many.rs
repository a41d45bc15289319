//! Looking many rows of a source's table up at once.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_model::text::key_forms;

use super::table::{SourceRow, TableStore};
use crate::access::{among, portion};
use crate::db::Engine;
use crate::error::StoreError;
use crate::values::counted;

impl TableStore {
    /// The rows with exactly these keys, in no order.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn find_many(&self, keys: &[String]) -> Result<Vec<SourceRow>, StoreError> {
        let mut found = match self.is_typed(&self.spec.key) {
            true => self.typed_among(keys).await?,
            false => {
                let keys = self.held(&self.spec.key, keys).await?;
                let column = self.engine().quote(&self.spec.key);
                self.rows_among(&column, &keys).await?
            }
        };
        // MariaDB's collation answers for other spellings as well.
        let asked: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        found.retain(|stored| asked.contains(self.key_of(&stored.record)));
        Ok(found)
    }

    /// Rows whose keys are the same as these without regard to case, and perhaps a few more, as
    /// [`TableStore::find_ignoring_case`] finds them.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn find_many_ignoring_case(
        &self,
        keys: &[String],
    ) -> Result<Vec<SourceRow>, StoreError> {
        if self.is_typed(&self.spec.key) {
            return self.typed_among(keys).await;
        }
        let held = self.held(&self.spec.key, keys).await?;
        let lower: Vec<String> = held
            .iter()
            .flat_map(|key| key_forms(key))
            .map(|form| form.chars().flat_map(char::to_lowercase).collect())
            .collect();
        let column = self.engine().quote(&self.spec.key);
        match self.engine() {
            Engine::MySql => self.rows_among(&column, &lower).await,
            Engine::Postgres => self.rows_among(&format!("LOWER({column})"), &lower).await,
            Engine::Sqlite => {
                // SQLite knows the case of ASCII letters only.
                let (plain, others): (Vec<String>, Vec<String>) =
                    lower.into_iter().partition(|key| key.is_ascii());
                let mut found = self.rows_among(&format!("LOWER({column})"), &plain).await?;
                for key in others {
                    found.extend(self.find_ignoring_case(&key).await?);
                }
                Ok(found)
            }
        }
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn count_rows(&self) -> Result<u64, StoreError> {
        let engine = self.engine();
        let sql = format!(
            "SELECT {} FROM {}",
            engine.counted(),
            engine.quote(&self.table.name)
        );
        counted(&self.db.fetch(&sql, &[]).await?)
    }

    async fn rows_among(
        &self,
        column: &str,
        keys: &[String],
    ) -> Result<Vec<SourceRow>, StoreError> {
        let mut found = vec![];
        for keys in keys.chunks(portion(self.engine())) {
            let (condition, args) = among(self.engine(), column, keys);
            let sql = format!("{} WHERE {condition}", self.select());
            let rows = self.db.fetch(&sql, &args).await?;
            found.extend(rows.iter().map(|row| self.source_row(row)));
        }
        Ok(found)
    }
}
