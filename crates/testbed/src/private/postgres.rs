use std::{fs, process::Command};

use super::{
    Durability, Launch, Place, Program, StartError, StopBy, find_program,
    launch::{on_free_port, prepare},
};

/// Starts a PostgreSQL of our own, on the loopback address only, and returns its address without a database's name:
/// `postgres://kartoteka@127.0.0.1:PORT`. The user may do everything and has no password.
pub fn start_postgres(place: &mut Place, durability: Durability) -> Result<String, StartError> {
    let data = place.folder_for_server("postgres")?;
    let log = place.folder().join("postgres.log");

    let mut initdb = Command::new(find_program(Program::Initdb)?);
    initdb.arg("--pgdata").arg(&data).current_dir(&data).args([
        "--username=kartoteka",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]);
    place.run_as_server(&mut initdb);
    prepare(initdb, &log)?;

    let program = find_program(Program::Postgres)?;
    let port = on_free_port(|port| {
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
        // The file's eighth line is the server's state, padded with spaces.
        let ready = || {
            let text = fs::read_to_string(&status).unwrap_or_default();
            text.lines()
                .nth(7)
                .is_some_and(|state| state.trim() == "ready")
        };
        Launch {
            command,
            stop: StopBy::Quit,
            log: log.clone(),
        }
        .start(place, ready)
    })?;
    Ok(format!("postgres://kartoteka@127.0.0.1:{port}"))
}
