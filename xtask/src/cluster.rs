use std::process::ExitCode;

use anyhow::Result;

use crate::{
    cargo::{cargo, run as run_command},
    packages,
    servers::Servers,
    steps::Steps,
    test,
};

/// Runs the tests of several nodes on replicated databases, one after the other: each has servers and proxies of its own.
///
/// # Errors
/// When programs are missing, or servers can't be started.
pub fn run() -> Result<ExitCode> {
    packages::install_missing(&[packages::SERVERS, packages::CLUSTER])?;
    let mut steps = Steps::default();
    if !steps.take("cargo build --workspace", test::build) {
        return Ok(steps.end());
    }
    let servers = Servers::start()?;
    steps.take("clusters", || {
        let mut command = cargo(&[
            "test",
            "--workspace",
            "--test",
            "main",
            "--no-fail-fast",
            "--",
        ]);
        command.args([
            "cluster::",
            "--ignored",
            "--nocapture",
            "--test-threads",
            "1",
        ]);
        Ok(run_command(servers.name_to(&mut command))?.success())
    });
    drop(servers);
    Ok(steps.end())
}
