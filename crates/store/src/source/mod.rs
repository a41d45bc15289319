//! The tables that field maps describe.

mod alike;
mod cell;
mod changes;
mod columns;
mod keys;
mod kind;
mod many;
mod table;
mod write;

pub use cell::unheld_in;
pub use changes::Seen;
pub use columns::{TableColumn, columns};
pub use kind::{ColumnKind, Misfit};
pub use table::AUDIT;
pub use table::{Stored, TableStore};
pub use write::Rows;
