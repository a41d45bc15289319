use std::{fs, net::TcpStream, process::Command};

use crate::private::{
    Launch, Place, Program, StartError, StopBy, find_program, launch::on_free_port,
};

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
pub struct PgBouncer {
    _place: Place,
    port: u16,
}

impl PgBouncer {
    /// Starts one before the server on this port of the loopback address.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(pooling: Pooling, server: u16) -> Result<Self, StartError> {
        let mut place = Place::new()?;
        let program = find_program(Program::Pgbouncer)?;
        let (folder, _) = place.folder_for_server("pgbouncer", "pgbouncer.ini")?;
        let log = place.folder().join("pgbouncer.log");
        let settings = folder.join("pgbouncer.ini");
        let mode = match pooling {
            Pooling::Session => "session",
            Pooling::Transaction => "transaction",
        };
        let port = on_free_port(None, |port| {
            let text = format!(
                "[databases]\n* = host=127.0.0.1 port={server} user=kartoteka\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
                 listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = {mode}\nmax_client_conn = 200\n\
                 default_pool_size = 40\nignore_startup_parameters = extra_float_digits\n"
            );
            fs::write(&settings, text).map_err(StartError::io("write", &settings))?;
            let mut command = Command::new(&program);
            command.arg(&settings).current_dir(&folder);
            // The folder belongs to the servers' account and is closed to others; the file is read before it changes.
            fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o755))
                .map_err(StartError::io("open", &folder))?;
            place.run_as_server(&mut command);
            let launch = Launch {
                command,
                stop: StopBy::Kill,
                log: log.clone(),
            };
            launch.start(&mut place, || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            })
        })?;
        Ok(Self {
            _place: place,
            port,
        })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }
}
