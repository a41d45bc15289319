use std::{env, process::Command};

use anyhow::Result;

use crate::cargo::{root, run};

/// Whether cargo-deny agrees. It looks at more than our own check, by the same `deny.toml`, but takes minutes to
/// compile: so it is asked where it is installed.
pub fn check() -> Result<bool> {
    let path = env::var_os("PATH").unwrap_or_default();
    if !env::split_paths(&path).any(|folder| folder.join("cargo-deny").is_file()) {
        eprintln!("not installed: left out");
        return Ok(true);
    }
    let mut command = Command::new("cargo-deny");
    command.args(["check", "licenses", "bans", "sources"]);
    Ok(run(command.current_dir(root()))?.success())
}
