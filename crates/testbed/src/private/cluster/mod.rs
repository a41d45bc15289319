//! Replicated databases: what administrators of several machines run, on one.

mod haproxy;
mod pgbouncer;
mod proxy;
mod standby;

pub use haproxy::Haproxy;
pub use pgbouncer::{PgBouncer, Pooling};
pub use standby::Standby;
