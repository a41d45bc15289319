//! The statements that a source's table is asked, for people to read, and counting that has an end.

use super::table::TableStore;
use crate::error::StoreError;
use crate::values::counted;
use kartoteka_boxed::boxed;

impl TableStore {
    /// The statement that reads everybody, a portion after the other.
    pub fn shown_reading(&self) -> String {
        let key = self.engine().quote(&self.spec.key);
        let named = self.named();
        format!("{} WHERE {named} ORDER BY {key} LIMIT …", self.select())
    }

    /// The statement that looks one row up by its key.
    pub fn shown_look_up(&self) -> String {
        let condition = self.equals(&self.spec.key, "");
        let key = || format!("{} = ?", self.engine().quote(&self.spec.key));
        let condition = condition.map_or_else(key, |(condition, _)| condition);
        format!("{} WHERE {condition}", self.select())
    }

    /// How many rows there are, counted up to so many.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn count_up_to(&self, most: u64) -> Result<u64, StoreError> {
        let engine = self.engine();
        let table = engine.quote(&self.table.name);
        let sql = format!(
            "SELECT {} FROM (SELECT 1 FROM {table} LIMIT {most}) rows_counted",
            engine.counted()
        );
        counted(&self.db.fetch(&sql, &[]).await?)
    }
}
