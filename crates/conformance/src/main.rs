//! Runs the recorded cases against the real use cases and compares exactly.
//!
//! `kartoteka-conformance [--cases DIR] [--engine sqlite|postgres|mariadb|mysql|all]`; the last line is `N passed, N failed`.
//! A case that `docs/differences.md` names by id is reported apart.

// A case's call is one future over every use case; laid out for release it nests deeper than the default allows.
#![recursion_limit = "256"]

mod access;
mod calls;
mod compare;
mod config;
mod fixture;
mod rows;
mod shapes;
mod whole_sources;
mod world;
mod writes;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use kartoteka_testbed::Engine;
use serde_json::Value;

use world::World;

struct Asked {
    cases: PathBuf,
    engines: Vec<Engine>,
}

fn asked() -> Result<Asked> {
    let mut asked = Asked {
        cases: PathBuf::from("conformance"),
        engines: Engine::all(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words
            .next()
            .with_context(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--cases" => asked.cases = value.into(),
            "--engine" if value == "all" => {}
            "--engine" => {
                asked.engines =
                    vec![Engine::parse(&value).with_context(|| format!("no engine {value}"))?]
            }
            _ => bail!("unknown option {word}"),
        }
    }
    Ok(asked)
}

/// All case files in a folder and the folders in it.
fn case_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(case_files(&path)?);
        } else if path.extension().is_some_and(|end| end == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn fixture_folder(cases: &Path) -> Result<PathBuf> {
    let folders = [
        Some(cases),
        cases.parent(),
        cases.parent().and_then(Path::parent),
    ];
    let found = folders
        .into_iter()
        .flatten()
        .find(|folder| folder.join("fixture.json").is_file());
    found
        .map(Path::to_path_buf)
        .context("no fixture.json in the folder or above it")
}

/// Ids of cases that `docs/differences.md` names.
fn differences() -> BTreeSet<String> {
    let text = std::fs::read_to_string("docs/differences.md").unwrap_or_default();
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let id = |word: &&str| {
        word.rsplit_once('-')
            .is_some_and(|(_, number)| number.chars().all(|c| c.is_ascii_digit()))
    };
    words.filter(id).map(str::to_owned).collect()
}

#[tokio::main]
async fn main() -> Result<()> {
    let asked = asked()?;
    let folder = fixture_folder(&asked.cases)?;
    let fixture: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("fixture.json"))?)?;
    let second = match std::fs::read_to_string(folder.join("fixture_ext.json")) {
        Ok(text) => serde_json::from_str(&text).context("fixture_ext.json")?,
        Err(_) => Value::Null,
    };
    let differences = differences();
    let (mut passed, mut failed, mut apart) = (0, 0, 0);
    for engine in &asked.engines {
        let world = World::new(*engine, &fixture, &second).await?;
        for file in case_files(&asked.cases)? {
            for line in std::fs::read_to_string(&file)?
                .lines()
                .filter(|line| !line.trim().is_empty())
            {
                let case: Value =
                    serde_json::from_str(line).with_context(|| file.display().to_string())?;
                // Cases name MariaDB for its dialect.
                let name = match engine {
                    Engine::Mysql => Engine::Mariadb.name(),
                    other => other.name(),
                };
                let wanted = case["engines"]
                    .as_array()
                    .is_none_or(|all| all.iter().any(|one| one == name));
                if !wanted {
                    continue;
                }
                let id = case["id"].as_str().unwrap_or_default();
                match world.run(&case).await {
                    Ok(()) => passed += 1,
                    Err(difference) if differences.contains(id) => {
                        apart += 1;
                        println!(
                            "differs on purpose: {id} on {}: {difference:#}",
                            engine.name()
                        );
                    }
                    Err(difference) => {
                        failed += 1;
                        println!("FAILED {id} on {}: {difference:#}", engine.name());
                    }
                }
            }
        }
    }
    if apart > 0 {
        println!("{apart} on purpose (docs/differences.md)");
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}
