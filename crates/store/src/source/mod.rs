//! The tables that field maps describe.

mod add_column;
mod alike;
mod cell;
mod changes;
mod columns;
mod keys;
mod kind;
mod many;
mod shown;
mod table;
mod write;

pub use add_column::{NewColumn, add_column, add_column_sql};
pub use cell::unheld_in;
pub use changes::Seen;
pub use columns::{TableColumn, columns};
pub use kind::{ColumnKind, Misfit};
pub use table::AUDIT;
pub use table::{SourceRow, TableStore};
pub use write::Rows;
