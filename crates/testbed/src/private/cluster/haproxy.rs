use std::{fs, os::unix::fs::PermissionsExt};

use super::proxy::{Prepared, Proxy};
use crate::private::{Program, StartError};

/// Which server of several may be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// The PostgreSQL that follows no other.
    Primary,
    /// A MariaDB that has all that its cluster has, in the part of the cluster that has the majority.
    Synced,
}

impl Member {
    /// The command that says so by its exit code, as HAProxy calls it: with the server's address and port as third and fourth
    /// argument.
    const fn check(self) -> &'static str {
        match self {
            Self::Primary => {
                "#!/bin/sh\n[ \"$(psql -XAt -h \"$3\" -p \"$4\" -U kartoteka -d postgres \
                 -c 'SELECT pg_is_in_recovery()')\" = f ]\n"
            }
            Self::Synced => {
                "#!/bin/sh\n[ \"$(mariadb --no-defaults -h \"$3\" -P \"$4\" -u root -Nse \
                 \"SELECT GROUP_CONCAT(VARIABLE_VALUE ORDER BY VARIABLE_NAME SEPARATOR ' ') \
                 FROM information_schema.GLOBAL_STATUS \
                 WHERE VARIABLE_NAME IN ('WSREP_CLUSTER_STATUS', 'WSREP_LOCAL_STATE')\")\" = 'Primary 4' ]\n"
            }
        }
    }
}

/// A proxy before several servers that hands each connection to the first that may be written to.
#[derive(Debug)]
pub struct Haproxy(Proxy);

impl Haproxy {
    /// Starts one before servers on these ports of the loopback address.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(member: Member, ports: &[u16]) -> Result<Self, StartError> {
        let prepared = Prepared::new(Program::Haproxy)?;
        let check = prepared.folder.join("check");
        fs::write(&check, member.check()).map_err(StartError::io("write", &check))?;
        fs::set_permissions(&check, fs::Permissions::from_mode(0o755))
            .map_err(StartError::io("open", &check))?;
        let check = check.display().to_string();
        let started = prepared.start(&["-db", "-f"], |port| configuration(port, ports, &check));
        started.map(Self)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.0.port
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
