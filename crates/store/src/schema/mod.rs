//! Tables: OTOBO's as OTOBO makes them, Kartoteka's own, and bringing a database up to date.

mod altered;
mod ddl;
mod indexes;
mod losses;
mod migrate;
mod own;
mod reviews;
mod tables;

pub use ddl::{Column, Index, Table, Type};
pub use migrate::{Migration, VERSION, migrate, migrate_unlocked, pending};
pub use own::own_tables;
pub use tables::otobo_tables;
