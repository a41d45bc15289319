use std::{
    fs,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use crate::cargo::{built, root};

/// Committed files, and the command of the program that prints them.
const FILES: [(&str, &str); 2] = [
    ("docs/openapi.json", "openapi"),
    ("docs/kartoteka.schema.json", "config-schema"),
];

/// Whether committed files are what the program, as built, prints; tells which aren't.
pub fn check() -> Result<bool> {
    let program = built("kartoteka")?;
    let mut current = true;
    for (file, command) in FILES {
        let committed = fs::read_to_string(root().join(file)).context(file)?;
        let printed = Command::new(&program)
            .arg(command)
            .current_dir(root())
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("can't run kartoteka {command}"))?;
        let text = String::from_utf8_lossy(&printed.stdout);
        if !printed.status.success() || text.trim_end() != committed.trim_end() {
            eprintln!("{file} is not what `kartoteka {command}` prints");
            current = false;
        }
    }
    Ok(current)
}
