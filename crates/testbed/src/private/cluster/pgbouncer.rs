use super::proxy::{Prepared, Proxy};
use crate::private::{Program, StartError};

/// For how long a client has a connection to the server for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooling {
    /// Until it goes.
    Session,
    /// For a transaction.
    Transaction,
}

/// PgBouncer before a PostgreSQL.
#[derive(Debug)]
pub struct PgBouncer(Proxy);

impl PgBouncer {
    /// Starts one before the server on this port of the loopback address.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(pooling: Pooling, server: u16) -> Result<Self, StartError> {
        let mode = match pooling {
            Pooling::Session => "session",
            Pooling::Transaction => "transaction",
        };
        let started = Prepared::new(Program::Pgbouncer)?.start(&[], |port| {
            format!(
                "[databases]\n* = host=127.0.0.1 port={server} user=kartoteka\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
                 listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = {mode}\nmax_client_conn = 200\n\
                 default_pool_size = 40\nignore_startup_parameters = extra_float_digits\n"
            )
        });
        started.map(Self)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.0.port
    }
}
