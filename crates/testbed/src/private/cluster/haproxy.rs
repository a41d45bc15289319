use std::{fs, net::TcpStream, os::unix::fs::PermissionsExt, process::Command};

use crate::private::{
    Launch, Place, Program, StartError, StopBy, find_program, launch::on_free_port,
};

/// Which server of several may be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// The PostgreSQL that follows no other.
    Primary,
    /// A MariaDB that has all that its cluster has, in the part of the cluster that has the majority.
    Synced,
}

impl Member {
    /// The command that says so by its exit code, with the server's port in `$4`, as HAProxy calls it.
    const fn check(self) -> &'static str {
        match self {
            Self::Primary => {
                "#!/bin/sh\n[ \"$(psql -XAt -h \"$3\" -p \"$4\" -U kartoteka -d postgres \
                 -c 'SELECT pg_is_in_recovery()')\" = f ]\n"
            }
            Self::Synced => {
                "#!/bin/sh\n[ \"$(mariadb --no-defaults -h \"$3\" -P \"$4\" -u root -Nse \
                 \"SELECT CONCAT_WS(' ', @@wsrep_on, (SELECT GROUP_CONCAT(VARIABLE_VALUE ORDER BY VARIABLE_NAME SEPARATOR ' ') \
                 FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN ('WSREP_CLUSTER_STATUS', 'WSREP_LOCAL_STATE')))\" \
                 2>/dev/null)\" = '1 Primary 4' ]\n"
            }
        }
    }
}

/// A proxy before several servers that hands each connection to the first that may be written to.
#[derive(Debug)]
pub struct Haproxy {
    _place: Place,
    port: u16,
}

impl Haproxy {
    /// Starts one before servers on these ports of the loopback address.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(member: Member, ports: &[u16]) -> Result<Self, StartError> {
        let mut place = Place::new()?;
        let program = find_program(Program::Haproxy)?;
        let (folder, _) = place.folder_for_server("haproxy", "haproxy.cfg")?;
        let check = folder.join("check");
        let write = |file: &std::path::Path, text: &str| {
            fs::write(file, text).map_err(StartError::io("write", file))
        };
        write(&check, member.check())?;
        fs::set_permissions(&check, fs::Permissions::from_mode(0o755))
            .map_err(StartError::io("open", &check))?;
        // The check is run by the servers' account, which has to reach it.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))
            .map_err(StartError::io("open", &folder))?;
        let log = place.folder().join("haproxy.log");
        let settings = folder.join("haproxy.cfg");
        let port = on_free_port(None, |port| {
            write(
                &settings,
                &configuration(port, ports, &check.display().to_string()),
            )?;
            let mut command = Command::new(&program);
            command
                .arg("-db")
                .arg("-f")
                .arg(&settings)
                .current_dir(&folder);
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

/// The same as in `docs/clusters.md`, with other ports.
fn configuration(port: u16, servers: &[u16], check: &str) -> String {
    let mut text = format!(
        "global\n    external-check\n    insecure-fork-wanted\n    maxconn 500\n\
         defaults\n    mode tcp\n    timeout connect 2s\n    timeout client 1h\n    timeout server 1h\n    timeout check 2s\n\
         listen database\n    bind 127.0.0.1:{port}\n    balance first\n    option external-check\n    \
         external-check path /usr/bin:/bin:/usr/lib/postgresql/15/bin\n    external-check command {check}\n    \
         default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions\n"
    );
    for (number, server) in servers.iter().enumerate() {
        text.push_str(&format!("    server s{number} 127.0.0.1:{server} check\n"));
    }
    text
}
