//! The tables that field maps describe.

mod columns;
mod many;
mod table;
mod write;

pub use columns::{TableColumn, columns};
pub use table::{Stored, TableStore};
pub use write::Rows;
