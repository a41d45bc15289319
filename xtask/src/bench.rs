use std::{
    env,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{
    cargo::{built, cargo, code, root, run as run_command},
    packages,
};

/// Builds the program and the measurements for release and runs them with these options, where we were called: they
/// may write a file. They start the database servers that they need themselves: other than for tests, these have to
/// keep what they acknowledge.
///
/// # Errors
/// When the programs can't be built or started.
pub fn run(options: &[String]) -> Result<ExitCode> {
    packages::install_missing(&[packages::SERVERS, packages::LDAP])?;
    let mut build = cargo(&["build", "--release", "-q"]);
    build.args(["-p", "kartoteka", "-p", "kartoteka-bench"]);
    if let Some(revision) = revision() {
        build.env("KARTOTEKA_REVISION", revision);
    }
    let build = run_command(&mut build)?;
    if !build.success() {
        return Ok(code(build));
    }
    // Beside the folder that the build for development has left us in.
    let own = built("kartoteka-bench")?;
    let folders = own.ancestors().nth(2).context("where are we?")?;
    let mut command = Command::new(folders.join("release/kartoteka-bench"));
    command.args(options).current_dir(env::current_dir()?);
    Ok(code(run_command(&mut command)?))
}

/// The commit that is built, with a mark if there is more; the figures are to name it.
fn revision() -> Option<String> {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--dirty"]);
    let output = git.current_dir(root()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
