//! What can be said of the code without running it.

mod allowed;
mod expression;
mod length;
mod licences;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    cargo::{cargo, run as run_command},
    steps::Steps,
};

/// Checks format, clippy's lints, the licences of dependencies, and the length of files.
///
/// # Errors
/// None at present: a check that can't be made counts as failed.
pub fn run() -> Result<ExitCode> {
    let mut steps = Steps::default();
    let command = |arguments: &[&str]| Ok(run_command(&mut cargo(arguments))?.success());
    steps.take("cargo fmt", || command(&["fmt", "--all", "--check"]));
    steps.take("length of files", length::check);
    steps.take("licences", licences::check);
    steps.take("cargo clippy", || {
        command(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])
    });
    Ok(steps.end())
}
