//! A private MariaDB.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::server::{self, Server};

pub(crate) fn start() -> Result<Server> {
    let folders = [PathBuf::from("/usr/sbin"), PathBuf::from("/usr/bin")];
    let missing = "MariaDB is not installed: apt-get install mariadb-server";
    let install = server::find(&["mariadb-install-db", "mysql_install_db"], &folders).context(missing)?;
    let daemon = server::find(&["mariadbd", "mysqld"], &folders).context(missing)?;
    let user = server::unprivileged("mysql");
    let folder = server::folder(user.as_deref())?;
    let data = folder.path().join("data");
    let made = server::command(&install, user.as_deref())
        .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
        .arg(format!("--datadir={}", data.display()))
        .output()?;
    ensure!(made.status.success(), "mariadb-install-db: {}", String::from_utf8_lossy(&made.stderr));
    let port = server::free_port()?;
    let mut command = server::command(&daemon, user.as_deref());
    command
        .args(["--no-defaults", "--bind-address=127.0.0.1", "--character-set-server=utf8mb4"])
        .args(["--collation-server=utf8mb4_unicode_ci", "--innodb-flush-log-at-trx-commit=0"])
        .args(["--skip-name-resolve", "--max-connections=300", "--innodb-buffer-pool-size=256M"])
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--port={port}"))
        .arg(format!("--socket={}", folder.path().join("socket").display()))
        .arg(format!("--pid-file={}", folder.path().join("pid").display()));
    let log = folder.path().join("log");
    server::start(command, port, format!("mysql://root@127.0.0.1:{port}"), folder, &log)
}
