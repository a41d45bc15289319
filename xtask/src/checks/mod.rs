//! What can be said of the code without running it.

mod allowed;
mod circles;
mod deny;
mod expression;
mod generated;
mod inside;
mod length;
mod licences;
mod numbers;
mod size;
#[cfg(test)]
mod tests;
mod unused;

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    cargo::{cargo, run as run_command},
    steps::Steps,
    test,
};

/// Checks format, clippy's lints, the licences of dependencies, the length of files, the size of crates and of circles
/// of files in them, that numbers
/// which can't be read are errors, that doors stay out of what is inside the directory, that dependencies are used,
/// and that files which are generated are current.
///
/// # Errors
/// None at present: a check that can't be made counts as failed.
pub fn run() -> Result<ExitCode> {
    let mut steps = Steps::default();
    let command = |arguments: &[&str]| Ok(run_command(&mut cargo(arguments))?.success());
    steps.take("cargo fmt", || command(&["fmt", "--all", "--check"]));
    steps.take("length of files", length::check);
    steps.take("size of crates", size::check);
    steps.take("circles of files", circles::check);
    steps.take("numbers out of rows", numbers::check);
    steps.take("doors outside", inside::check);
    steps.take("dependencies in use", unused::check);
    steps.take("licences", licences::check);
    steps.take("cargo deny", deny::check);
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
    if steps.take("cargo build --workspace", test::build) {
        steps.take("generated files", generated::check);
    }
    Ok(steps.end())
}

/// Checks only the licences.
///
/// # Errors
/// None at present, as above.
pub fn run_licences() -> Result<ExitCode> {
    let mut steps = Steps::default();
    steps.take("licences", licences::check);
    Ok(steps.end())
}
