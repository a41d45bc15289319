use std::{
    io::Read,
    net::{SocketAddr, TcpStream},
    path::Path,
    process::Command,
    time::Duration,
};

use super::{
    Durability, Launch, Place, Program, StartError, StopBy, find_program,
    launch::{on_free_port, prepare},
};

/// Starts a MariaDB of our own, on the loopback address only, and returns its address without a database's name:
/// `mysql://root@127.0.0.1:PORT`. The user has no password.
pub fn start_mariadb(place: &mut Place, durability: Durability) -> Result<String, StartError> {
    let port = serve(
        place,
        durability,
        "mariadb",
        Program::Mariadbd,
        &[
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_unicode_ci",
        ],
        install,
    )?;
    Ok(format!("mysql://root@127.0.0.1:{port}"))
}

/// Starts a server that is one of a cluster, with the settings that make it so, and returns its port.
pub(super) fn serve_node(
    place: &mut Place,
    durability: Durability,
    cluster: &[String],
) -> Result<u16, StartError> {
    let mut settings = vec![
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_unicode_ci",
    ];
    settings.extend(cluster.iter().map(String::as_str));
    serve(
        place,
        durability,
        "mariadb",
        Program::Mariadbd,
        &settings,
        install,
    )
}

/// Starts a server of MariaDB's family with what is common to them and further settings, in a folder of this name, and
/// returns its port. `install` makes its tables in the folder, writing to a log.
pub(super) fn serve(
    place: &mut Place,
    durability: Durability,
    name: &str,
    program: Program,
    further: &[&str],
    install: impl FnOnce(&Place, &Path, &Path) -> Result<(), StartError>,
) -> Result<u16, StartError> {
    let (data, prepared) = place.folder_for_server(name, "mysql")?;
    let log = place.folder().join(name).with_extension("log");
    if !prepared {
        install(place, &data, &log)?;
    }
    let program = find_program(program)?;
    let port = on_free_port(place.former_port(name), |port| {
        let mut command = Command::new(&program);
        command
            .arg("--no-defaults")
            .arg(format!("--datadir={}", data.display()))
            .arg(format!("--port={port}"))
            .current_dir(&data)
            // The socket's name is taken from the data folder: a long path would not fit into a socket's address.
            .arg(format!("--socket={name}.sock"))
            .arg(format!("--pid-file={name}.pid"))
            .args([
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--max-connections=400",
                "--max-connect-errors=1000000",
            ])
            .args(further);
        if durability == Durability::Off {
            command.args([
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync",
                "--skip-log-bin",
            ]);
        }
        place.run_as_server(&mut command);
        let launch = Launch {
            command,
            stop: if place.is_kept() {
                StopBy::Terminate
            } else {
                StopBy::Kill
            },
            log: log.clone(),
        };
        launch.start(place, || greets(port))
    })?;
    place.remember_port(name, port)?;
    Ok(port)
}

fn install(place: &Place, data: &Path, log: &Path) -> Result<(), StartError> {
    let mut install = Command::new(find_program(Program::MariadbInstallDb)?);
    install
        .arg("--no-defaults")
        .arg(format!("--datadir={}", data.display()))
        .current_dir(data)
        .args([
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve",
        ]);
    place.run_as_server(&mut install);
    prepare(install, log)
}

/// Whether a server with MySQL's protocol answers: its first packet begins, after four bytes, with the version 10.
fn greets(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_secs(2)) else {
        return false;
    };
    let mut start = [0; 5];
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .is_ok()
        && stream.read_exact(&mut start).is_ok()
        && start[4] == 10
}
