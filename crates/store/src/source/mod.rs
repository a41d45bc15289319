//! The tables that field maps describe.

mod columns;
mod table;

pub use columns::{TableColumn, columns};
pub use table::{Stored, TableStore};
