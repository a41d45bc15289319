//! Several nodes on replicated databases, as `docs/clusters.md` describes them. They need servers and proxies that other
//! tests do not, so `cargo xtask cluster` runs them.

pub mod desk;
mod galera;
mod pooled;
mod standby;
