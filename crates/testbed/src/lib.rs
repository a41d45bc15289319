//! Fresh databases for tests, on every engine that Kartoteka supports.
//!
//! ```no_run
//! # async fn example() -> Result<(), kartoteka_testbed::FreshError> {
//! for engine in kartoteka_testbed::Engine::all() {
//!     let address = kartoteka_testbed::fresh_database(engine).await?;
//!     // … open it, and test.
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `cargo xtask test` starts one PostgreSQL and one MariaDB for the whole run and names them in the environment. A test
//! that is run without it (`cargo test -p …`) starts them itself, once per process and only those it asks for. Either
//! way they are private: on free ports of the loopback address, in a temporary folder, gone with the process.
//!
//! MySQL is a further engine for those who have it: [`MYSQLD`] names its server's program.

mod engine;
mod fresh;
mod private;
mod servers;
mod statements;
#[cfg(test)]
mod tests;

pub use engine::Engine;
pub use fresh::{FreshError, create_database, fresh_database, fresh_database_on};
/// LDAP servers for tests.
pub mod ldap {
    pub use crate::private::{ADMIN, ADMINISTRATOR, ActiveDirectory, DOMAIN, Entry, SUFFIX, Slapd};
}
pub use private::{Galera, Haproxy, Member, PgBouncer, Pooling, Standby, StartError, Stoppable};
pub use servers::{MARIADB, MYSQL, MYSQLD, POSTGRES, Servers};
pub use statements::statements;
