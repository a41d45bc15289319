use std::{fs, process::Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{allowed::allowed_licences, expression::Expression};
use crate::cargo::{cargo, root};

/// Whether every package of `Cargo.lock`, on whatever platform, may be used under licences that `deny.toml` allows;
/// tells which may not.
pub fn check() -> Result<bool> {
    let policy = fs::read_to_string(root().join("deny.toml")).context("deny.toml")?;
    let allowed = allowed_licences(&policy)?;
    let output = cargo(&["metadata", "--locked", "--format-version", "1"])
        .stderr(Stdio::inherit())
        .output()
        .context("can't run cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    let mut passed = true;
    for package in packages {
        if let Err(reason) = judge(package["license"].as_str(), &allowed) {
            let [name, version] =
                ["name", "version"].map(|key| package[key].as_str().unwrap_or("?"));
            eprintln!("{name} {version}: {reason}");
            passed = false;
        }
    }
    Ok(passed)
}

/// Why a package with this licence may not be used.
pub(super) fn judge(licence: Option<&str>, allowed: &[String]) -> Result<(), String> {
    let text = licence.ok_or("states no licence")?;
    let expression = Expression::parse(text).map_err(|error| format!("{text}: {error}"))?;
    if expression.holds(&|name| allowed.iter().any(|known| known == name)) {
        Ok(())
    } else {
        Err(format!("{text} is not allowed"))
    }
}
