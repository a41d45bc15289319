use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::StartError;
use crate::MYSQLD;

/// A program of the database servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    Initdb,
    Postgres,
    MariadbInstallDb,
    Mariadbd,
    Mysqld,
    PgBasebackup,
    /// A library of MariaDB's rather than a program.
    Galera,
    Rsync,
    Haproxy,
    Pgbouncer,
    Slapd,
    Slapadd,
    Samba,
    SambaTool,
}

impl Program {
    /// The name of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initdb => "initdb",
            Self::Postgres => "postgres",
            Self::MariadbInstallDb => "mariadb-install-db",
            Self::Mariadbd => "mariadbd",
            Self::Mysqld => "mysqld",
            Self::PgBasebackup => "pg_basebackup",
            Self::Galera => "libgalera_smm.so",
            Self::Rsync => "rsync",
            Self::Haproxy => "haproxy",
            Self::Pgbouncer => "pgbouncer",
            Self::Slapd => "slapd",
            Self::Slapadd => "slapadd",
            Self::Samba => "samba",
            Self::SambaTool => "samba-tool",
        }
    }

    /// What to do to have it.
    pub fn remedy(self) -> String {
        let package = match self {
            Self::Initdb | Self::Postgres | Self::PgBasebackup => "postgresql",
            Self::Galera => "galera-4",
            Self::Rsync => "rsync",
            Self::Haproxy => "haproxy",
            Self::Pgbouncer => "pgbouncer",
            Self::Slapd | Self::Slapadd => "slapd",
            Self::Samba | Self::SambaTool => "samba-ad-dc samba-ad-provision samba-dsdb-modules",
            Self::MariadbInstallDb | Self::Mariadbd => "mariadb-server",
            Self::Mysqld => return format!("name the file of MySQL's server in {MYSQLD}"),
        };
        format!("install it, on Debian with `apt-get install {package}`")
    }
}

/// The file of a program: on the `PATH`, or where distributions put servers, which often is not on it; MySQL's is named.
pub fn find_program(program: Program) -> Result<PathBuf, StartError> {
    if program == Program::Mysqld {
        return env::var_os(MYSQLD)
            .map(PathBuf::from)
            .filter(|file| file.is_file())
            .ok_or(StartError::Missing(program));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(
            [
                "/usr/sbin",
                "/usr/local/sbin",
                "/usr/libexec",
                "/opt/homebrew/bin",
            ]
            .map(PathBuf::from),
        )
        .chain(postgres_folders())
        .map(|folder| folder.join(program.name()))
        .find(|file| file.is_file())
        .ok_or(StartError::Missing(program))
}

/// Where Debian (`/usr/lib/postgresql/15/bin`) and Red Hat (`/usr/pgsql-15/bin`) keep PostgreSQL, newest first.
fn postgres_folders() -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (parent, prefix) in [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")] {
        for entry in fs::read_dir(Path::new(parent))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name();
            let version = name
                .to_str()
                .and_then(|name| name.strip_prefix(prefix))
                .and_then(|rest| rest.parse().ok());
            if let Some(version) = version {
                found.push((version, entry.path().join("bin")));
            }
        }
    }
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, folder)| folder).collect()
}
