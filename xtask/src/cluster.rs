use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::{
    cargo::{cargo, run as run_command},
    packages,
    servers::Servers,
    steps::Steps,
    test,
};

/// How long a soak takes unless it is said, in minutes.
const SOAK: u64 = 20;

/// Runs the tests of several nodes on replicated databases, one after the other: each has servers and proxies of its own.
///
/// # Errors
/// When programs are missing, or servers can't be started.
pub fn run() -> Result<ExitCode> {
    run_ignored("clusters", "cluster::", SOAK)
}

/// Runs two nodes on one database for a long time, for so many minutes as are named.
///
/// # Errors
/// When programs are missing, or the number is none.
pub fn soak(minutes: &[String]) -> Result<ExitCode> {
    let minutes = match minutes {
        [] => SOAK,
        [minutes] => minutes.parse().context("soak takes a number of minutes")?,
        _ => bail!("soak takes one number of minutes"),
    };
    run_ignored("soak", "soak::", minutes)
}

fn run_ignored(name: &'static str, filter: &str, minutes: u64) -> Result<ExitCode> {
    packages::install_missing(&[packages::SERVERS, packages::CLUSTER])?;
    let mut steps = Steps::default();
    if !steps.take("cargo build --workspace", test::build) {
        return Ok(steps.end());
    }
    let servers = Servers::start()?;
    steps.take(name, || {
        let mut command = cargo(&[
            "test",
            "--workspace",
            "--test",
            "main",
            "--no-fail-fast",
            "--",
        ]);
        command.args([filter, "--ignored", "--nocapture", "--test-threads", "1"]);
        command.env("KARTOTEKA_SOAK_MINUTES", minutes.to_string());
        Ok(run_command(servers.name_to(&mut command))?.success())
    });
    drop(servers);
    Ok(steps.end())
}
