//! Replicated databases: what administrators of several machines run, on one.

mod galera;
mod haproxy;
mod pgbouncer;
mod proxy;
mod standby;

pub use galera::Galera;
pub use haproxy::{Haproxy, Member};
pub use pgbouncer::{PgBouncer, Pooling};
pub use standby::Standby;
