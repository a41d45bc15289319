use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus},
};

use anyhow::{Context, Result};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// The cargo that runs us, in the folder of the workspace.
///
/// What it told us about our own package isn't passed on: build scripts that look at these variables would run anew.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    for (name, _) in env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if ours {
            command.env_remove(&name);
        }
    }
    command
}

/// A program of the workspace, as the last build for development left it: beside ourselves.
///
/// Asking cargo to run it instead could compile much anew, since cargo picks the features of dependencies for the
/// packages that it is asked for.
///
/// # Errors
/// When nobody can tell where we are.
pub fn built(program: &str) -> Result<PathBuf> {
    let own = env::current_exe().context("where are we?")?;
    Ok(own.with_file_name(program))
}

/// Runs a command to its end.
///
/// # Errors
/// When it can't be started.
pub fn run(command: &mut Command) -> Result<ExitStatus> {
    let name = command.get_program().to_string_lossy().into_owned();
    command
        .status()
        .with_context(|| format!("can't run {name}"))
}

/// The code that a command ended with, as ours; 1 when a signal ended it.
pub fn code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(1))
}
