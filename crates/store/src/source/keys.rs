//! Keys in the columns of a source's table: who has one, how often, and in which spellings.

use super::table::TableStore;
use crate::db::Engine;
use crate::error::StoreError;
use crate::spelling::{KeyColumn, bytes};
use crate::values::counted;
use kartoteka_boxed::boxed;

impl TableStore {
    /// Keys of at most so many rows whose column has exactly this value.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn keys_where(
        &self,
        column: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let engine = self.engine();
        let Some((condition, args)) = self.equals(column, value) else {
            return Ok(vec![]);
        };
        if !self.holds(column, value).await? {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT {} FROM {} WHERE {condition} LIMIT {limit}",
            engine.as_text(&self.spec.key),
            engine.quote(&self.table.name),
        );
        let rows = self.db.fetch(&sql, &args).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }

    /// Whether another row has this key in another case, as PostgreSQL lets others write them. Nobody else writes to an
    /// embedded database.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn has_twin(&self, key: &str) -> Result<bool, StoreError> {
        let column = &self.spec.key;
        let embedded = self.engine() == Engine::Sqlite;
        if embedded || self.is_typed(column) || !self.holds(column, key).await? {
            return Ok(false);
        }
        self.keys_in(column).has_twin(&self.db, key).await
    }

    /// How many rows have a key that is to become another in a column.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn count_key(&self, column: &str, key: &str, twin: bool) -> Result<u64, StoreError> {
        if !self.holds(column, key).await? {
            return Ok(0);
        }
        if self.is_typed(column) {
            return self.count_typed(column, key).await;
        }
        let spelled = self.keys_in(column).spellings(&self.db, key).await?;
        let meant = spelled.iter().filter(|(one, _)| !twin || one == key);
        Ok(meant.map(|(_, rows)| rows).sum())
    }

    /// How many keys several rows have, each in another case.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn count_twins(&self) -> Result<u64, StoreError> {
        let engine = self.engine();
        if self.is_typed(&self.spec.key) {
            return Ok(0);
        }
        let key = format!("LOWER({})", engine.quote(&self.spec.key));
        let key = match engine {
            // To which letters with an accent are those without, and one key is enough of those.
            Engine::MySql => bytes(&key),
            Engine::Sqlite | Engine::Postgres => key,
        };
        let sql = format!(
            "SELECT {} FROM (SELECT 1 AS one FROM {} WHERE {} GROUP BY {key} HAVING COUNT(*) > 1) twins",
            engine.counted(),
            engine.quote(&self.table.name),
            self.named(),
        );
        let rows = self.db.fetch(&sql, &[]).await?;
        counted(&rows)
    }

    pub(super) fn keys_in<'a>(&'a self, column: &'a str) -> KeyColumn<'a> {
        KeyColumn {
            table: &self.table.name,
            column,
            only: "",
        }
    }
}
