//! What a table tells of changes that others made: by `change_time`, and by the numbers of its rows.

use super::columns::TableColumn;
use super::kind::ColumnKind;
use super::table::TableStore;
use crate::args;
use crate::db::Engine;
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// The column that OTOBO numbers the rows of `customer_user` by.
const NUMBER: &str = "id";

/// A row, as far as it tells whether it is the one that was seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub key: String,
    /// As [`SourceRow::id`](super::SourceRow::id).
    pub id: Option<i64>,
    /// The `ChangeTime` of the row's record.
    pub changed: String,
}

impl TableStore {
    /// The column that numbers the rows, where the table has one beside the key. What it says is taken as a hint only:
    /// nobody promises that its numbers differ.
    pub(super) fn row_number(&self) -> Option<&str> {
        let counts = |column: &&TableColumn| matches!(column.kind, ColumnKind::Whole { .. });
        let column = self.column(NUMBER).filter(counts)?;
        (!column.name.eq_ignore_ascii_case(&self.spec.key)).then_some(column.name.as_str())
    }

    /// Whether it is the table that numbers its rows, so that a row that is made anew has another number. (SQLite gives the
    /// last one again, unless it is told `AUTOINCREMENT`.)
    pub fn numbers_rows(&self) -> bool {
        let column = self.row_number().and_then(|name| self.column(name));
        let given = column.and_then(|column| column.default.as_deref());
        given.is_some_and(|given| {
            matches!(given, "NULL" | "identity" | "auto_increment") || given.contains("nextval")
        })
    }

    /// Whether rows tell when they were changed.
    pub fn has_change_time(&self) -> bool {
        !self.table.foreign
    }

    /// The time of the database, in UTC as `YYYY-MM-DD HH:MM:SS`.
    ///
    /// # Errors
    /// When it does not answer.
    #[boxed]
    pub async fn now(&self) -> Result<String, StoreError> {
        let sql = match self.engine() {
            Engine::Sqlite => "SELECT strftime('%Y-%m-%d %H:%M:%S', 'now')",
            Engine::Postgres => {
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
            }
            Engine::MySql => "SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s')",
        };
        let rows = self.db.fetch(sql, &[]).await?;
        let now = rows.first().map(|row| row.text(0).to_owned());
        Ok(now.unwrap_or_default())
    }

    /// Rows changed between two times (`YYYY-MM-DD HH:MM:SS`), at most so many, in no order; none where rows do not
    /// tell.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn changed_between(
        &self,
        from: &str,
        until: &str,
        limit: u32,
    ) -> Result<Vec<Seen>, StoreError> {
        if !self.has_change_time() {
            return Ok(vec![]);
        }
        let engine = self.engine();
        let changed = match engine {
            Engine::MySql => "DATE_FORMAT(change_time, '%Y-%m-%d %H:%i:%s')".to_owned(),
            _ => engine.as_text("change_time"),
        };
        let number = self.row_number().map(|column| engine.as_text(column));
        let time = engine.time_placeholder();
        let sql = format!(
            "SELECT {}, {changed}, {} FROM {} WHERE change_time >= {time} AND change_time <= {time} LIMIT {limit}",
            engine.as_text(&self.spec.key),
            number.as_deref().unwrap_or("NULL"),
            engine.quote(&self.table.name),
        );
        let rows = self.db.fetch_many(&sql, 3, &args![from, until]).await?;
        let seen = rows.iter().map(|row| Seen {
            key: row.text(0).to_owned(),
            changed: row.text(1).to_owned(),
            id: row.hint(2),
        });
        Ok(seen.collect())
    }
}
