use std::{
    path,
    process::{Command, ExitCode},
};

use anyhow::Result;

use crate::{
    cargo::{built, cargo, code, root, run as run_command},
    packages,
    servers::Servers,
};

/// Runs the recorded cases with these options. Nothing is written to the standard output after what they write, whose
/// last line is the result.
///
/// # Errors
/// When the servers or the program can't be started.
pub fn run(options: &[String]) -> Result<ExitCode> {
    let options = from_here(options)?;
    let sqlite_only = options
        .windows(2)
        .any(|pair| pair == ["--engine", "sqlite"]);
    if !sqlite_only {
        // Before the build: it takes minutes, and may be for nothing.
        packages::install_missing(&[packages::SERVERS, packages::LDAP])?;
    }
    let build = run_command(&mut cargo(&[
        "build",
        "-q",
        "-p",
        "kartoteka-conformance",
        "-p",
        "kartoteka-testbed",
    ]))?;
    if !build.success() {
        return Ok(code(build));
    }
    if sqlite_only {
        return Ok(code(run_command(&mut command(&options)?)?));
    }
    let servers = Servers::start()?;
    let status = run_command(servers.name_to(&mut command(&options)?))?;
    Ok(code(status))
}

/// The command that runs the cases, once it is built.
///
/// # Errors
/// When nobody can tell where it is.
pub fn command(options: &[String]) -> Result<Command> {
    let mut command = Command::new(built("kartoteka-conformance")?);
    command.args(options).current_dir(root());
    Ok(command)
}

/// The folder of cases is meant from where we were called, while the command runs in the workspace.
fn from_here(options: &[String]) -> Result<Vec<String>> {
    let mut options = options.to_vec();
    if let Some(at) = options.iter().position(|word| word == "--cases")
        && let Some(folder) = options.get_mut(at + 1)
    {
        *folder = path::absolute(&*folder)?.to_string_lossy().into_owned();
    }
    Ok(options)
}
