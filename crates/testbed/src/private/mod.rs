//! Private servers that live no longer than the process that started them.

mod cluster;
mod launch;
mod mariadb;
mod mysql;
mod owner;
mod place;
mod postgres;
mod programs;
mod samba;
mod slapd;
mod start_error;
mod stoppable;

pub use cluster::{Galera, Haproxy, Member, PgBouncer, Pooling, Standby};
use launch::Launch;
pub use mariadb::start_mariadb;
pub use mysql::start_mysql;
use place::StopBy;
pub use place::{Place, random_name};
pub use postgres::start_postgres;
use programs::{Program, find_program};
pub use samba::{ADMINISTRATOR, ActiveDirectory, DOMAIN};
pub use slapd::{ADMIN, Entry, SUFFIX, Slapd};
pub use start_error::StartError;
pub use stoppable::Stoppable;

/// Whether a server keeps what it acknowledged when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is forced to disk: for tests, whose data is thrown away.
    Off,
    /// As the engine does by default: for measurements.
    On,
}
