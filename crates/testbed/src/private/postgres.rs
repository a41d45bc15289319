use std::{fs, path::Path, process::Command};

use super::{
    Durability, Launch, Place, Program, StartError, StopBy, find_program,
    launch::{on_free_port, prepare},
};

/// Starts a PostgreSQL of our own, on the loopback address only, and returns its address without a database's name:
/// `postgres://kartoteka@127.0.0.1:PORT`. The user may do everything and has no password.
pub fn start_postgres(place: &mut Place, durability: Durability) -> Result<String, StartError> {
    let (data, prepared) = place.folder_for_server("postgres", "PG_VERSION")?;
    let log = place.folder().join("postgres.log");
    if !prepared {
        initialise(place, &data, &log)?;
    }
    let program = find_program(Program::Postgres)?;
    let port = on_free_port(place.former_port("postgres"), |port| {
        let mut command = Command::new(&program);
        command
            .arg("-D")
            .arg(&data)
            .current_dir(&data)
            .args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=400",
        ] {
            command.args(["-c", setting]);
        }
        if durability == Durability::Off {
            for setting in [
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
            ] {
                command.args(["-c", setting]);
            }
        }
        place.run_as_server(&mut command);
        let status = data.join("postmaster.pid");
        let read = || fs::read_to_string(&status).unwrap_or_default();
        // A server that was killed left its own.
        let stale = read();
        let ready = || {
            let text = read();
            text != stale && is_ready(&text)
        };
        Launch {
            command,
            stop: if place.is_kept() {
                StopBy::Interrupt
            } else {
                StopBy::Quit
            },
            log: log.clone(),
        }
        .start(place, ready)
    })?;
    place.remember_port("postgres", port)?;
    Ok(format!("postgres://kartoteka@127.0.0.1:{port}"))
}

fn initialise(place: &Place, data: &Path, log: &Path) -> Result<(), StartError> {
    let mut initdb = Command::new(find_program(Program::Initdb)?);
    initdb.arg("--pgdata").arg(data).current_dir(data).args([
        "--username=kartoteka",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]);
    place.run_as_server(&mut initdb);
    prepare(initdb, log)
}

/// Whether the text of the status file says so: its eighth line is the state, padded with spaces.
fn is_ready(status: &str) -> bool {
    status
        .lines()
        .nth(7)
        .is_some_and(|state| state.trim() == "ready")
}
