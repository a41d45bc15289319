use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo::{cargo, root};

/// Packages whose library has another name.
const LIBRARIES: [(&str, &str); 1] = [("md-5", "md5")];

/// Whether every dependency that a package declares is named in its code, and every one of the workspace declared by a
/// package; tells which are not.
pub fn check() -> Result<bool> {
    let output = cargo(&["metadata", "--no-deps", "--format-version", "1"]).output();
    let output = output.context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let mut unused = vec![];
    let mut of_packages = BTreeSet::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let folder = Path::new(manifest).parent().unwrap_or(root());
        let mut words = BTreeSet::new();
        for part in ["src", "tests", "benches", "build.rs"] {
            read(&folder.join(part), &mut words)?;
        }
        let declared = package["dependencies"].as_array().into_iter().flatten();
        let declared: Vec<&str> = declared
            .filter_map(|one| one["rename"].as_str().or(one["name"].as_str()))
            .collect();
        let unnamed = unnamed(declared.iter().copied(), &words).into_iter();
        unused.extend(unnamed.map(|name| format!("{manifest}: {name}")));
        of_packages.extend(declared);
    }
    let manifest = root().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).context("Cargo.toml")?;
    let idle = of_workspace(&text).filter(|name| !of_packages.contains(name));
    unused.extend(idle.map(|name| format!("{}: {name}", manifest.display())));
    for one in &unused {
        eprintln!("{one} is declared and not used");
    }
    Ok(unused.is_empty())
}

/// The dependencies that the manifest of a workspace declares.
pub(super) fn of_workspace(manifest: &str) -> impl Iterator<Item = &str> {
    let lines = manifest.lines().map(str::trim);
    let section = lines.skip_while(|line| *line != "[workspace.dependencies]");
    let section = section.skip(1).take_while(|line| !line.starts_with('['));
    section.filter_map(|line| Some(line.split_once('=')?.0.trim()))
}

/// Those of these dependencies that no code names.
pub(super) fn unnamed<'a>(
    declared: impl Iterator<Item = &'a str>,
    words: &BTreeSet<String>,
) -> Vec<&'a str> {
    let library = |name: &str| {
        let named = LIBRARIES.iter().find(|(package, _)| *package == name);
        named.map_or_else(
            || name.replace('-', "_"),
            |(_, library)| (*library).to_owned(),
        )
    };
    declared
        .filter(|name| !words.contains(&library(name)))
        .collect()
}

/// The words of a text of Rust.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

fn read(path: &Path, found: &mut BTreeSet<String>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            read(&entry?.path(), found)?;
        }
    } else if path.is_file() && path.extension().is_some_and(|ending| ending == "rs") {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        found.extend(code.flat_map(words).map(str::to_owned));
    }
    Ok(())
}
