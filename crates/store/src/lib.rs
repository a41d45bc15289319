//! Where data lives: one handle over SQLite, PostgreSQL and MariaDB, OTOBO's tables, Kartoteka's own
//! tables, and the search index.
//!
//! Start with [`db`], the only place that talks to drivers; [`source`] reads and writes the tables that
//! field maps describe; [`index`] answers searches; [`access`] holds who may see what.

pub mod access;
pub mod address;
pub mod db;
mod deadline;
pub mod error;
mod files;
pub mod index;
pub mod own;
mod rows;
pub mod schema;
pub mod source;
mod spelling;
mod unheld;
mod values;

pub use db::{Arg, Db, Engine, TextRow, Tx};
pub use error::StoreError;
