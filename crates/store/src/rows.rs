//! Reading thousands of rows.

use crate::db::{Arg, Db, Engine, TextRow};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

impl Db {
    /// The rows that a statement answers, as [`Db::fetch`], where they are thousands. An embedded database hands each row
    /// from its thread to ours, which takes longer than finding it; so it hands over all of them in one. `columns` is
    /// how many there are.
    #[boxed]
    pub async fn fetch_many(
        &self,
        sql: &str,
        columns: usize,
        args: &[Arg],
    ) -> Result<Vec<TextRow>, StoreError> {
        if self.engine() != Engine::Sqlite {
            return self.fetch(sql, args).await;
        }
        let names: Vec<String> = (0..columns).map(|at| format!("c{at}")).collect();
        let names = names.join(", ");
        let sql = format!(
            "WITH found({names}) AS ({sql}) SELECT json_group_array(json_array({names})) FROM found"
        );
        let rows = self.fetch(&sql, args).await?;
        let texts = rows.first().map_or("[]", |row| row.text(0));
        let rows: Vec<Vec<Option<String>>> = serde_json::from_str(texts)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(rows.into_iter().map(TextRow).collect())
    }
}
