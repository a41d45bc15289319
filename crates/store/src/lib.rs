//! Where data lives: one handle over SQLite, PostgreSQL and MariaDB, OTOBO's tables, and Kartoteka's own.
//!
//! Start with [`db`], the only place that talks to drivers; [`source`] reads and writes the tables that
//! field maps describe; [`access`] holds who may see what.

pub mod access;
pub mod address;
pub mod db;
mod deadline;
mod engine;
pub mod error;
mod files;
pub mod own;
mod pools;
pub mod private;
mod rows;
pub mod schema;
pub mod source;
mod spelling;
mod statement;
pub mod sysconfig;
pub mod time;
mod trouble;
mod tx;
mod unheld;
pub mod values;
mod writer;

pub use db::{Arg, Db, Engine, TextRow, Tx, beside_save, is_saving, saving};
pub use error::StoreError;
pub use spelling::Renamed;
pub use trouble::Trouble;
