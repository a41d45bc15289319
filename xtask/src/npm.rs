use std::{
    fs,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::cargo::{root, run};

/// The folder with the `package.json` of what browsers are given to run.
const FOLDER: &str = "crates/browser-tests";

/// Brings what the lock file of the browser tests names, unless it is there already: what was brought is noted, and
/// then no network is needed.
///
/// # Errors
/// When npm can't be run, or can't bring it.
pub fn install() -> Result<()> {
    let folder = root().join(FOLDER);
    let wanted =
        fs::read_to_string(folder.join("package-lock.json")).context("package-lock.json")?;
    let noted = folder.join("node_modules/.kartoteka-lock.json");
    if fs::read_to_string(&noted).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("npm ci, in {FOLDER}");
    let mut command = Command::new("npm");
    command
        .arg("ci")
        .current_dir(&folder)
        .stdin(Stdio::null())
        // What it tells isn't our output.
        .stdout(std::io::stderr());
    ensure!(
        run(&mut command)?.success(),
        "npm can't bring what {FOLDER}/package-lock.json names: is its registry in reach?"
    );
    fs::write(&noted, wanted).context("node_modules")
}
