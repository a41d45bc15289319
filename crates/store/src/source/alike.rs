//! Rows whose key or value is the same without regard to case.

use kartoteka_boxed::boxed;
use kartoteka_model::text::{key_forms, same_key};

use super::table::{SourceRow, TableStore};
use crate::db::{Arg, Engine, TextRow, Tx};
use crate::error::StoreError;

impl TableStore {
    /// Rows whose key is the same without regard to case, by the engine's own lower case: finds what the
    /// search index does not know yet. MariaDB's collation disregards case by itself, and its index with it;
    /// PostgreSQL scans a table that has no index on `LOWER(key)`: those that OTOBO made.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn find_ignoring_case(&self, key: &str) -> Result<Option<SourceRow>, StoreError> {
        for form in key_forms(key) {
            let rows = self.rows_like(&self.spec.key, &form).await?;
            let mut stored = rows.iter().map(|row| self.source_row(row));
            let found = stored.find(|stored| same_key(self.key_of(&stored.record), key));
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The key of a row that the engine takes for one with this value in a column: the one for whose sake a unique key
    /// kept another row out, by whatever rule of the table's.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn key_with(
        &self,
        tx: &mut Tx,
        column: &str,
        value: &str,
    ) -> Result<Option<String>, StoreError> {
        // PostgreSQL answers nothing in a transaction in which something was refused.
        if self.engine() == Engine::Postgres {
            return Ok(None);
        }
        let Some((condition, args)) = self.equals(column, value) else {
            return Ok(None);
        };
        let sql = format!("{} WHERE {condition}", self.select());
        let rows = tx.fetch(&sql, &args).await?;
        let stored = rows.first().map(|row| self.source_row(row));
        Ok(stored.map(|stored| self.key_of(&stored.record).to_owned()))
    }

    /// A row other than that of `but` with this value in one of the columns, without regard to case. Scans where the
    /// table has no index for it.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn find_value(
        &self,
        columns: &[String],
        value: &str,
        but: Option<&str>,
    ) -> Result<Option<SourceRow>, StoreError> {
        for column in columns {
            let Some(field) = self.spec.map.find_column(column) else {
                continue;
            };
            let rows = self.rows_like(column, value).await?;
            let found = rows.iter().map(|row| self.source_row(row)).find(|stored| {
                let same = same_key(stored.record.get(&field.name), value);
                same && Some(self.key_of(&stored.record)) != but
            });
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Rows whose column is this value without regard to case, and perhaps a few more.
    async fn rows_like(&self, column: &str, value: &str) -> Result<Vec<TextRow>, StoreError> {
        let Some((condition, args)) = self.same(column, value) else {
            return Ok(vec![]);
        };
        if !self.holds(column, value).await? {
            return Ok(vec![]);
        }
        let sql = format!("{} WHERE {condition}", self.select());
        self.db.fetch(&sql, &args).await
    }

    /// What all rows satisfy whose column is this value without regard to case, and perhaps a few more.
    fn same(&self, column: &str, value: &str) -> Option<(String, Vec<Arg>)> {
        if self.column(column).is_some_and(|one| !one.kind.is_text()) {
            return self.equals(column, value);
        }
        let column = self.engine().quote(column);
        // Composed or not, as it stands.
        let lower: String = value.chars().flat_map(char::to_lowercase).collect();
        if self.engine() == Engine::MySql {
            // Its collation disregards case by itself, and its index with it.
            return Some((format!("{column} = ?"), vec![lower.into()]));
        }
        if lower.is_ascii() || self.engine() != Engine::Sqlite {
            return Some((format!("LOWER({column}) = ?"), vec![lower.into()]));
        }
        // SQLite knows the case of ASCII letters only, so any text may stand for the others.
        let mut pattern = String::new();
        for c in lower.chars() {
            match c {
                '%' | '_' | '!' => pattern.extend(['!', c]),
                c if c.is_ascii() => pattern.push(c),
                _ => pattern.push('%'),
            }
        }
        Some((format!("{column} LIKE ? ESCAPE '!'"), vec![pattern.into()]))
    }
}
