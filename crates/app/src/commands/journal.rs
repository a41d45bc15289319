//! `kartoteka journal`: the record of every change.

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::tz::TimeZone;
use kartoteka_access::{Access, UndoPlan};
use kartoteka_directory::{
    Actor, DOORS, HistoryEntry, JournalFault, JournalFilter, Maintenance, Topic, span_of_day,
};
use serde_json::json;

use super::settings;
use crate::effects::effect_text;
use crate::exit::Exit;
use crate::output::{Table, print, print_json, time};
use crate::password::Wish;
use crate::place::Place;
use crate::records::{self, Saving};
use crate::{opened, relations};

/// What to do with the journal.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List entries, the latest first
    List {
        /// Only of one kind of record
        #[arg(long, value_parser = topic())]
        kind: Option<Topic>,
        /// Only of the record with this login, customer ID or name
        #[arg(long)]
        key: Option<String>,
        /// Only what this agent, token or program did: ewa, token:import, operator
        #[arg(long)]
        who: Option<String>,
        /// Only what came in by this way
        #[arg(long, value_parser = PossibleValuesParser::new(DOORS))]
        door: Option<String>,
        /// Not before this day (2026-03-01) or time (2026-03-01T12:00:00Z)
        #[arg(long, value_name = "DAY", value_parser = span)]
        since: Option<(i64, i64)>,
        /// Not after this day or time
        #[arg(long, value_name = "DAY", value_parser = span)]
        until: Option<(i64, i64)>,
        /// Only entries before this number
        #[arg(long, value_name = "NUMBER")]
        before: Option<i64>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Take back what an entry says, with all that was written together with it
    ///
    /// It leads back to what was before, as a change of its own; what was created becomes invalid. Passwords can't
    /// be taken back.
    Undo {
        /// The number of the entry
        entry: i64,
        #[command(flatten)]
        saving: Saving,
    },
    /// Check the whole chain; names the first entry that was tampered with, removed or moved
    Verify {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

/// A day in the zone of the machine, or a time.
fn span(text: &str) -> Result<(i64, i64), &'static str> {
    span_of_day(text, &TimeZone::system())
        .ok_or("write a day as 2026-03-01, or a time as 2026-03-01T12:00:00Z")
}

/// The words for what entries are about.
fn topic() -> impl TypedValueParser<Value = Topic> {
    let names = PossibleValuesParser::new(Topic::ALL.map(Topic::name));
    names.try_map(|name| Topic::parse(&name).ok_or("no kind of entry has this name"))
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json, .. } | Self::Verify { json } => *json,
            Self::Undo { saving, .. } => saving.json,
        }
    }
}

/// Lists, takes back or verifies.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = match command {
        Command::List {
            kind,
            key,
            who,
            door,
            since,
            until,
            before,
            limit,
            json,
        } => {
            let filter = JournalFilter {
                topic: kind,
                key,
                who,
                door,
                since: since.map(|(begins, _)| begins),
                until: until.map(|(_, ends)| ends),
                before,
                limit,
            };
            list(&directory, &filter, json).await
        }
        Command::Undo { entry, saving } => undo(&directory, entry, saving).await,
        Command::Verify { json } => verify(&directory, json).await,
    };
    directory.close().await;
    outcome
}

async fn list(
    directory: &Maintenance,
    filter: &JournalFilter,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let entries = directory.journal(&Actor::operator(), filter).await?;
    if as_json {
        print_json(&json!({"items": entries}))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["No.", "When", "Who", "Door", "Action", "Record", "What"]);
    for entry in &entries {
        table.row([
            entry.id.to_string(),
            time(entry.at),
            entry.who.clone(),
            entry.door.clone(),
            entry.action.clone(),
            format!("{} {}", entry.kind, entry.key),
            summary(entry),
        ]);
    }
    print(&table.to_string())?;
    Ok(Exit::Ok)
}

async fn undo(directory: &Maintenance, entry: i64, how: Saving) -> anyhow::Result<Exit> {
    // Whose permissions grow or shrink by it is worked out with the index.
    opened::wait_for_index(directory).await?;
    match Access::of(directory)
        .plan_undo(&Actor::operator(), entry)
        .await?
    {
        UndoPlan::Relations(plan) => relations::finish(directory, plan, how).await,
        UndoPlan::Record(plan) => records::save(directory, *plan, how, &Wish::Nothing).await,
        UndoPlan::Settings(plan) => settings::finish(directory, plan, how).await,
    }
}

fn summary(entry: &HistoryEntry) -> String {
    const SHOWN: usize = 4;
    let changes = entry
        .changes
        .iter()
        .take(SHOWN)
        .map(|change| match change.before.as_str() {
            "" => format!("{}={}", change.field, change.after),
            before => format!("{}: {before} → {}", change.field, change.after),
        });
    let mut parts: Vec<String> = changes
        .chain(entry.effects.iter().map(effect_text))
        .collect();
    if entry.changes.len() > SHOWN {
        parts.push(format!("and {} more", entry.changes.len() - SHOWN));
    }
    parts.join(", ")
}

async fn verify(directory: &Maintenance, as_json: bool) -> anyhow::Result<Exit> {
    let verdict = directory.verify_journal(&Actor::operator()).await?;
    let exit = if verdict.fault.is_none() {
        Exit::Ok
    } else {
        Exit::Refused
    };
    if as_json {
        let fault = verdict
            .fault
            .map(|(entry, fault)| json!({"entry": entry, "fault": fault}));
        let last = verdict
            .last
            .map(|(entry, hash)| json!({"entry": entry, "hash": hash}));
        print_json(&json!({"entries": verdict.entries, "fault": fault, "last": last}))?;
        return Ok(exit);
    }
    match verdict.fault {
        None => {
            print(&format!("{} entries, unbroken", verdict.entries))?;
            if let Some((entry, hash)) = verdict.last {
                print(&format!("the last is entry {entry} with the hash {hash}"))?;
            }
        }
        Some((entry, fault)) => {
            let what = match fault {
                JournalFault::Tampered => "was tampered with: its content does not fit its hash",
                JournalFault::Missing => "does not follow its predecessor: entries are missing",
                JournalFault::Reordered => {
                    "does not continue the chain: entries were moved or replaced"
                }
                JournalFault::EndMissing => {
                    "is missing, and so is all that followed it: the journal ends too early"
                }
                JournalFault::LinksAltered => {
                    "concerns other records than is noted beside it: the journal's links were changed"
                }
                JournalFault::ReviewAltered => {
                    "signed off a review that is not any more as it was then"
                }
            };
            print(&format!("entry {entry} {what}"))?;
        }
    }
    Ok(exit)
}
