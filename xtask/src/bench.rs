use std::{env, process::ExitCode};

use anyhow::Result;

use crate::{
    cargo::{cargo, code, root, run as run_command},
    packages,
    servers::Servers,
};

/// Runs the measurements with these options, built for release, where we were called: they may write a file.
///
/// # Errors
/// When the servers or the program can't be started.
pub fn run(options: &[String]) -> Result<ExitCode> {
    packages::install_missing(&[packages::SERVERS])?;
    let build = run_command(&mut cargo(&["build", "-q", "-p", "kartoteka-testbed"]))?;
    if !build.success() {
        return Ok(code(build));
    }
    let servers = Servers::start_durable()?;
    let manifest = root().join("Cargo.toml");
    let mut command = cargo(&[
        "run",
        "--release",
        "-q",
        "-p",
        "kartoteka-bench",
        "--manifest-path",
    ]);
    command
        .arg(manifest)
        .arg("--")
        .args(options)
        .current_dir(env::current_dir()?);
    Ok(code(run_command(servers.name_to(&mut command))?))
}
