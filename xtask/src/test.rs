use std::{env, process::ExitCode, thread};

use anyhow::Result;

use crate::{
    browser::Browser,
    cargo::{cargo, run as run_command},
    conformance, npm, packages, schemathesis,
    servers::Servers,
    steps::Steps,
};

/// The variable by which cargo is told how many tests run side by side.
const TEST_THREADS: &str = "RUST_TEST_THREADS";

/// Runs all tests of the workspace, then the recorded cases on all engines. With filters, only the tests whose names
/// contain one of them.
///
/// # Errors
/// When programs are missing, or servers and browser can't be started.
pub fn run(filters: &[String]) -> Result<ExitCode> {
    packages::install_missing(&[
        packages::SERVERS,
        packages::LDAP,
        packages::ACTIVE_DIRECTORY,
        packages::BROWSER,
        packages::SYSTEMD,
        packages::PYTHON,
    ])?;
    npm::install()?;
    let mut steps = Steps::default();
    if !steps.take("cargo build --workspace", build) {
        return Ok(steps.end());
    }
    let servers = Servers::start()?;
    let browser = Browser::start()?;
    steps.take("cargo test --workspace", || {
        let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
        if !filters.is_empty() {
            command.arg("--").args(filters);
        }
        if env::var_os(TEST_THREADS).is_none() {
            command.env(TEST_THREADS, test_threads().to_string());
        }
        servers.name_to(&mut command);
        Ok(run_command(browser.name_to(&mut command))?.success())
    });
    if filters.is_empty() {
        steps.take("conformance --engine all", || {
            let mut command = conformance::command(&["--engine".to_owned(), "all".to_owned()])?;
            Ok(run_command(servers.name_to(&mut command))?.success())
        });
        steps.take("schemathesis", schemathesis::check);
    }
    drop(browser);
    drop(servers);
    Ok(steps.end())
}

/// Twice as many tests as there are cores: most of their time they wait for a database or a browser.
fn test_threads() -> usize {
    2 * thread::available_parallelism().map_or(1, usize::from)
}

/// Runs only what asks REST by its document.
///
/// # Errors
/// As [`run`].
pub fn run_schemathesis() -> Result<ExitCode> {
    packages::install_missing(&[packages::PYTHON])?;
    let mut steps = Steps::default();
    if steps.take("cargo build --workspace", build) {
        steps.take("schemathesis", schemathesis::check);
    }
    Ok(steps.end())
}

/// Builds all programs and tests, so that what follows finds them.
///
/// In one call: cargo picks features for all that is built together, so programs alone would be built with others than
/// the tests need, and much of it twice.
///
/// # Errors
/// When cargo can't be run.
pub fn build() -> Result<bool> {
    let mut command = cargo(&["build", "--workspace", "--bins", "--tests"]);
    Ok(run_command(&mut command)?.success())
}
