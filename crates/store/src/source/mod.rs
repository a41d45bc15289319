//! The tables that field maps describe.

mod changes;
mod columns;
mod many;
mod table;
mod write;

pub use changes::Seen;
pub use columns::{TableColumn, columns};
pub use table::{Stored, TableStore};
pub use write::Rows;
