use std::process::ExitCode;

use anyhow::Result;

use crate::{
    browser::Browser,
    cargo::{cargo, root, run as run_command},
    conformance, packages,
    servers::Servers,
    steps::Steps,
};

/// Runs all tests of the workspace, then the recorded cases on all engines.
///
/// # Errors
/// When programs are missing, or servers and browser can't be started.
pub fn run() -> Result<ExitCode> {
    packages::install_missing(&[packages::SERVERS, packages::BROWSER])?;
    let servers = Servers::start()?;
    let browser = Browser::start()?;
    let mut steps = Steps::default();
    steps.take("cargo test --workspace", || {
        let mut command = cargo(&["test", "--workspace"]);
        servers.name_to(&mut command);
        Ok(run_command(browser.name_to(&mut command))?.success())
    });
    if root().join("crates/conformance").is_dir() {
        steps.take("conformance --engine all", || {
            let mut command = conformance::command(&["--engine".to_owned(), "all".to_owned()]);
            Ok(run_command(servers.name_to(&mut command))?.success())
        });
    }
    drop(browser);
    drop(servers);
    Ok(steps.end())
}
