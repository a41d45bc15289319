//! The command line.

use std::path::PathBuf;

use clap::Parser;
use kartoteka_model::Collation;
use kartoteka_model::collation::ROOT;
use kartoteka_testbed::Engine;

use crate::parts::Part;

/// Measures Kartoteka on a made-up directory: in process, and over HTTP on the real program.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench")]
pub struct Options {
    /// How many people the directory has [default: 10000, or as many as a reused one has]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(100..))]
    pub people: Option<u64>,
    /// sqlite, postgres or mariadb [default: sqlite, or that of a reused directory]
    #[arg(long, value_parser = engine)]
    pub engine: Option<Engine>,
    /// In which order lists stand, as in the settings
    #[arg(long, value_name = "NAME", default_value = ROOT, value_parser = Collation::parse)]
    pub collation: Collation,
    /// Measure this part only; may be given several times
    #[arg(long, value_name = "PART", value_enum)]
    pub only: Vec<Part>,
    /// How often each reading operation is measured; others are measured less often
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(10..))]
    pub runs: u32,
    /// Let the journal grow to so many entries, and look at a past day at each power of ten on the way
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1000..))]
    pub journal: Option<u64>,
    /// Write the figures to this file, too, as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Make the directory here, and keep it for --reuse
    #[arg(long, value_name = "DIR", conflicts_with = "reuse")]
    pub keep: Option<PathBuf>,
    /// Measure a directory that --keep made; its people were added then, so that is not measured
    #[arg(long, value_name = "DIR")]
    pub reuse: Option<PathBuf>,
}

impl Options {
    /// The parts to measure, in the order in which they are.
    pub fn parts(&self) -> Vec<Part> {
        let wanted = |part: &Part| match self.only.is_empty() {
            true => !matches!(part, Part::Ways | Part::Sources),
            false => self.only.contains(part),
        };
        Part::ALL.into_iter().filter(wanted).collect()
    }
}

fn engine(name: &str) -> Result<Engine, String> {
    let names: Vec<&str> = Engine::all().into_iter().map(Engine::name).collect();
    let names = names.join(", ");
    Engine::parse(name).ok_or_else(|| format!("one of {names}"))
}
