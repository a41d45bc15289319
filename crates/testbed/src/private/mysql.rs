use std::{fs, path::Path, process::Command};

use super::{
    Durability, Place, Program, StartError, find_program, launch::prepare, mariadb::serve,
};

/// MySQL knows its first user by the name of the machine only, which is not looked up.
const FIRST_USER: &str = "\
CREATE USER 'root'@'127.0.0.1' IDENTIFIED BY '';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
";

/// Starts a MySQL of our own, as [`super::start_mariadb`] does. Its settings are the ones that it has by itself, its
/// collation `utf8mb4_0900_ai_ci` among them; only the protocol X stays off, which would take a port of its own, and the
/// folder for files of data, which is there only where MySQL was installed.
pub fn start_mysql(place: &mut Place, durability: Durability) -> Result<String, StartError> {
    let port = serve(
        place,
        durability,
        "mysql",
        Program::Mysqld,
        &["--mysqlx=OFF", "--secure-file-priv=NULL"],
        install,
    )?;
    Ok(format!("mysql://root@127.0.0.1:{port}"))
}

fn install(place: &Place, data: &Path, log: &Path) -> Result<(), StartError> {
    // Beside the folder of data, which has to be empty.
    let statements = data.with_extension("sql");
    fs::write(&statements, FIRST_USER).map_err(StartError::io("write", &statements))?;
    let mut install = Command::new(find_program(Program::Mysqld)?);
    install
        .arg("--no-defaults")
        .arg(format!("--datadir={}", data.display()))
        .arg("--initialize-insecure")
        .arg(format!("--init-file={}", statements.display()))
        .current_dir(data);
    place.run_as_server(&mut install);
    prepare(install, log)
}
