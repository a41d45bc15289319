//! A private PostgreSQL.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::server::{self, Server};

pub(crate) fn start() -> Result<Server> {
    let folders: Vec<PathBuf> =
        (13..=20).rev().map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))).collect();
    let missing = "PostgreSQL is not installed: apt-get install postgresql";
    let initdb = server::find(&["initdb"], &folders).context(missing)?;
    let postgres = server::find(&["postgres"], &folders).context(missing)?;
    let user = server::unprivileged("postgres");
    let folder = server::folder(user.as_deref())?;
    let data = folder.path().join("data");
    let made = server::command(&initdb, user.as_deref())
        .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
        .arg(&data)
        .output()?;
    ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    let port = server::free_port()?;
    let mut command = server::command(&postgres, user.as_deref());
    command.arg("-D").arg(&data).arg("-p").arg(port.to_string()).arg("-k").arg(folder.path());
    for setting in ["listen_addresses=127.0.0.1", "fsync=off", "full_page_writes=off", "max_connections=300"] {
        command.arg("-c").arg(setting);
    }
    let log = folder.path().join("log");
    server::start(command, port, format!("postgres://postgres@127.0.0.1:{port}"), folder, &log)
}
