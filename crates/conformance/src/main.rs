//! Runs the recorded cases against the real use cases and compares exactly.
//!
//! `kartoteka-conformance [--cases DIR] [--engine sqlite|postgres|mariadb|mysql|all]`; the last line is `N passed, N failed`.
//! A case that `docs/differences.md` names by id is reported apart.

// A case's call is one future over every use case; laid out for release it nests deeper than the default allows.
#![recursion_limit = "256"]

mod access;
mod arguments;
mod calls;
mod compare;
mod config;
mod fixture;
mod input;
mod rows;
mod shapes;
mod whole_sources;
mod world;
mod writes;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use kartoteka_testbed::Engine;
use kartoteka_testbed::ldap::Slapd;
use serde_json::Value;
use tokio::task::JoinSet;

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

/// Worlds of each engine that run cases side by side: a case waits for the disk most of its time.
const LANES: usize = 2;

/// What all lanes share.
struct Cases {
    all: Vec<Value>,
    differences: BTreeSet<String>,
    fixture: Value,
    second: Value,
    /// A server with the recorded tree.
    slapd: Slapd,
}

impl Cases {
    fn read(folder: &Path) -> Result<Self> {
        let with_fixture = fixture_folder(folder)?;
        let fixture = std::fs::read_to_string(with_fixture.join("fixture.json"))?;
        let second = match std::fs::read_to_string(with_fixture.join("fixture_ext.json")) {
            Ok(text) => serde_json::from_str(&text).context("fixture_ext.json")?,
            Err(_) => Value::Null,
        };
        let tree = match std::fs::read_to_string(with_fixture.join("fixture_ldap.json")) {
            Ok(text) => serde_json::from_str(&text).context("fixture_ldap.json")?,
            Err(_) => Value::Null,
        };
        let mut all = vec![];
        for file in case_files(folder)? {
            let text = std::fs::read_to_string(&file)?;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                all.push(serde_json::from_str(line).with_context(|| file.display().to_string())?);
            }
        }
        Ok(Self {
            all,
            differences: differences(),
            fixture: serde_json::from_str(&fixture).context("fixture.json")?,
            second,
            slapd: Slapd::start(&fixture::tree(&tree), ["", ""])?,
        })
    }

    /// Runs the cases of an engine that no other lane has taken, and says at once what differs.
    async fn run(&self, engine: Engine, next: &AtomicUsize) -> Result<Tally> {
        let mut world = World::new(engine, &self.fixture, &self.second, self.slapd.port()).await?;
        let mut tally = Tally::default();
        while let Some(case) = self.all.get(next.fetch_add(1, Ordering::Relaxed)) {
            if !is_of(case, engine) {
                continue;
            }
            let id = case["id"].as_str().unwrap_or_default();
            let name = engine.name();
            match world.run(case).await {
                Ok(()) => tally.passed += 1,
                Err(difference) if self.differences.contains(id) => {
                    tally.apart += 1;
                    println!("differs on purpose: {id} on {name}: {difference:#}");
                }
                Err(difference) => {
                    tally.failed += 1;
                    println!("FAILED {id} on {name}: {difference:#}");
                }
            }
        }
        Ok(tally)
    }
}

/// Whether a case is for an engine.
fn is_of(case: &Value, engine: Engine) -> bool {
    // Cases name MariaDB for its dialect.
    let name = match engine {
        Engine::Mysql => Engine::Mariadb.name(),
        other => other.name(),
    };
    case["engines"]
        .as_array()
        .is_none_or(|all| all.iter().any(|one| one == name))
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    apart: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let asked = asked()?;
    let cases = Arc::new(Cases::read(&asked.cases)?);
    let mut lanes = JoinSet::new();
    for engine in asked.engines {
        let next = Arc::new(AtomicUsize::new(0));
        for _ in 0..LANES {
            let (cases, next) = (cases.clone(), next.clone());
            lanes.spawn(async move { cases.run(engine, &next).await });
        }
    }
    let mut all = Tally::default();
    while let Some(lane) = lanes.join_next().await {
        let tally = lane??;
        all.passed += tally.passed;
        all.failed += tally.failed;
        all.apart += tally.apart;
    }
    if all.apart > 0 {
        println!("{} on purpose (docs/differences.md)", all.apart);
    }
    println!("{} passed, {} failed", all.passed, all.failed);
    if all.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}
