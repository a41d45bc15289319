//! Private servers that live no longer than the process that started them.
//!
//! This folder uses nothing but the standard library: `xtask` compiles it too (by path), so that the servers of a
//! whole test run and those of one test are started by the same code.

mod launch;
mod mariadb;
mod owner;
mod place;
mod postgres;
mod programs;
mod start_error;

pub use launch::{Launch, free_port};
pub use mariadb::start_mariadb;
pub use place::{Place, StopBy, random_name};
pub use postgres::start_postgres;
pub use programs::{Program, find_program};
pub use start_error::StartError;

/// Whether a server keeps what it acknowledged when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is forced to disk: for tests, whose data is thrown away.
    Off,
    /// As the engine does by default: for measurements.
    On,
}
