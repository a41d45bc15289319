//! What is measured, one file per part.

mod access;
pub mod bulk;
mod crowd;
mod detail;
mod list;
mod pages;
mod past;
mod person;
mod save;
mod search;
mod sources;
mod start;
mod ways;

use anyhow::{Result, ensure};
use clap::ValueEnum;
use kartoteka_directory::{Actor, Kind, Maintenance};
use serde_json::Value;

use crate::doors::Doors;
use crate::measure::{measure, measure_in};
use crate::place::Place;
use crate::questions::{Question, Shape};
use crate::report::{Door, Report};
use crate::sample::Sample;

/// A part of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Adding everybody; measured whenever a directory is made
    Bulk,
    /// Searches by text, and the program's memory after them
    Search,
    /// Detail searches
    Detail,
    /// The list, first and far pages
    List,
    /// One person by login
    Person,
    /// Pages that are no lists
    Pages,
    /// Adding and changing
    Save,
    /// Adding by 128 at once, and reading meanwhile
    Crowd,
    /// Who may see what: gives groups, services and relations to everybody first
    Access,
    /// A person on a past day, with a journal that grows as long as --journal says
    Past,
    /// The searches by the engine's own means beside ours; only when named
    Ways,
    /// As many people in an LDAP server; only when named
    Sources,
    /// Starting the program, and its memory then
    Start,
}

/// What the parts share.
pub struct Bench {
    pub report: Report,
    /// How often a reading operation is done.
    pub runs: usize,
    pub sample: Sample,
    /// How many people there are.
    pub people: u64,
    /// How long the journal is to grow.
    pub journal: Option<u64>,
}

impl Part {
    /// All parts, in the order in which they are measured. Saving comes late: it changes the directory.
    pub const ALL: [Self; 13] = [
        Self::Bulk,
        Self::Search,
        Self::Detail,
        Self::List,
        Self::Person,
        Self::Pages,
        Self::Save,
        Self::Crowd,
        Self::Access,
        Self::Past,
        Self::Ways,
        Self::Sources,
        Self::Start,
    ];

    /// What the part measures in this process.
    ///
    /// # Errors
    /// Whatever the operations meet.
    pub async fn in_process(
        self,
        bench: &mut Bench,
        directory: &Maintenance,
        place: &Place,
    ) -> Result<()> {
        match self {
            Self::Search => ask_directory(bench, directory, &search::shapes(&bench.sample)).await,
            Self::Detail => ask_directory(bench, directory, &detail::shapes(&bench.sample)).await,
            Self::List => {
                let shapes = list::shapes(directory).await?;
                ask_directory(bench, directory, &shapes).await
            }
            Self::Person => person::in_process(bench, directory).await,
            Self::Save => save::in_process(bench, directory).await,
            Self::Access => access::in_process(bench, directory).await,
            Self::Past => past::in_process(bench, directory, place).await,
            Self::Ways => ways::in_process(bench, directory, place).await,
            Self::Sources => sources::in_process(bench).await,
            Self::Bulk | Self::Pages | Self::Crowd | Self::Start => Ok(()),
        }
    }

    /// What it measures on the program that serves.
    ///
    /// # Errors
    /// Whatever the operations meet.
    pub async fn over_http(self, bench: &mut Bench, doors: &mut Doors) -> Result<()> {
        match self {
            Self::Search => {
                ask_program(bench, doors, &search::shapes(&bench.sample)).await?;
                let memory = doors.program.resident();
                note_memory(bench, "memory, after the searches", Door::Program, memory);
                Ok(())
            }
            Self::Detail => ask_program(bench, doors, &detail::shapes(&bench.sample)).await,
            Self::List => {
                let shapes = list::shapes_over_rest(&mut doors.rest).await?;
                ask_program(bench, doors, &shapes).await
            }
            Self::Person => person::over_rest(bench, doors).await,
            Self::Pages => pages::over_http(bench, doors).await,
            Self::Save => save::over_http(bench, doors).await,
            Self::Crowd => crowd::over_http(bench, doors).await,
            Self::Access => access::over_http(bench, doors).await,
            Self::Bulk | Self::Past | Self::Ways | Self::Sources | Self::Start => Ok(()),
        }
    }

    /// What it measures with programs that it starts itself.
    ///
    /// # Errors
    /// Whatever the operations meet.
    pub async fn by_starting(self, bench: &mut Bench, place: &Place) -> Result<()> {
        match self {
            Self::Start => start::by_starting(bench, place).await,
            _ => Ok(()),
        }
    }
}

async fn ask_directory(bench: &mut Bench, directory: &Maintenance, shapes: &[Shape]) -> Result<()> {
    let actor = Actor::operator();
    for shape in shapes {
        let searches: Vec<_> = shape.questions.iter().map(Question::search).collect();
        let times = measure(bench.runs, async |run| {
            let search = &searches[run % searches.len()];
            directory.search(&actor, Kind::CustomerUser, search).await?;
            Ok(())
        });
        bench.report.times(shape.name, Door::Process, times.await?);
    }
    Ok(())
}

async fn ask_program(bench: &mut Bench, doors: &mut Doors, shapes: &[Shape]) -> Result<()> {
    let process = doors.program.process();
    for shape in shapes {
        for question in &shape.questions {
            compare(doors, question).await?;
        }
        let times = measure_in(process, bench.runs, async |run| {
            doors.rest.get(&shape.question(run).rest()).await?;
            Ok(())
        });
        bench.report.times(shape.name, Door::Rest, times.await?);
        let times = measure_in(process, bench.runs, async |run| {
            doors.page.get(&shape.question(run).page()).await?;
            Ok(())
        });
        bench.report.times(shape.name, Door::Page, times.await?);
    }
    Ok(())
}

/// Makes sure that the page shows what REST finds: a fast wrong answer is no figure.
async fn compare(doors: &mut Doors, question: &Question) -> Result<()> {
    let answer = doors.rest.get(&question.rest()).await?;
    let found: Value = serde_json::from_slice(&answer.body)?;
    ensure!(
        found["index"]["state"] == "current",
        "the search index is not complete"
    );
    // Where a page is numbered and REST has a cursor, they show different people.
    if question.after.is_some() {
        return Ok(());
    }
    let page = doors.plain.get(&question.page()).await?;
    // Where a login may be broken.
    let page = String::from_utf8(page.body)?.replace("<wbr>", "");
    let items = found["items"].as_array().map_or(&[][..], Vec::as_slice);
    for item in items {
        let login = item["UserLogin"].as_str().unwrap_or_default();
        ensure!(
            page.contains(login),
            "{} does not show {login}",
            question.page()
        );
    }
    Ok(())
}

fn note_memory(bench: &mut Bench, name: &str, door: Door, megabytes: Option<u64>) {
    if let Some(megabytes) = megabytes {
        bench.report.value(name, door, megabytes as f64, "MB");
    }
}
