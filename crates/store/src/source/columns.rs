//! What columns a table has, asked of the database itself.

use crate::args;
use crate::db::{Db, Engine};
use crate::error::StoreError;

/// A column of an existing table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    pub name: String,
    /// The most characters it holds; none for numbers and unlimited texts.
    pub max_length: Option<usize>,
    /// Whether it holds whole numbers.
    pub whole_number: bool,
}

/// The columns of a table of the connection's own database or schema, in their order; none if there is no such table.
///
/// # Errors
/// When the database does not answer.
pub async fn columns(db: &Db, table: &str) -> Result<Vec<TableColumn>, StoreError> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name, type FROM pragma_table_info(?)",
        Engine::Postgres => {
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT), CAST(character_maximum_length AS TEXT) \
             FROM information_schema.columns WHERE table_schema = ANY (current_schemas(false)) \
             AND table_name = ? ORDER BY ordinal_position"
        }
        Engine::MySql => {
            "SELECT CAST(column_name AS CHAR), CAST(data_type AS CHAR), CAST(character_maximum_length AS CHAR) \
             FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? \
             ORDER BY ordinal_position"
        }
    };
    let rows = db.fetch(sql, &args![table]).await?;
    let column = |row: &crate::TextRow| {
        let declared = row.text(1).to_lowercase();
        let size = declared
            .split_once('(')
            .and_then(|(_, rest)| rest.trim_end_matches(')').parse().ok());
        TableColumn {
            name: row.text(0).to_owned(),
            max_length: size.or_else(|| row.int(2).and_then(|size| usize::try_from(size).ok())),
            whole_number: declared.contains("int") || declared.contains("serial"),
        }
    };
    Ok(rows.iter().map(column).collect())
}
