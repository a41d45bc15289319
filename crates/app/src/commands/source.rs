//! `kartoteka source`: where people and customers come from, and what is wrong with such a place.

use std::path::Path;

use clap::Subcommand;
use kartoteka_directory::doctor::{Outcome, Step};
use kartoteka_directory::{Actor, Clock, Maintenance, SourceState, SystemClock, test_of_settings};
use kartoteka_model::text::same_key;
use kartoteka_settings::Settings;
use kartoteka_texts::findings;
use kartoteka_texts::language::Language;
use kartoteka_wire::{sources as wire, time};
use serde_json::json;

use crate::commands::{source_held, source_held_back, source_setup};
use crate::exit::{Ended, Exit};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::place::Place;

const TEST_HELP: &str = "\
What the settings say is tested, whether a server runs with them or not: name resolution, connection, certificate, login,
base or table, columns or attributes, count, keys, a sample, and a look-up, each with its time and what to do about it.
Nothing is changed. Exit code 5 when a step fails.

Examples:
  kartoteka source test CustomerUser1
  kartoteka source test branch.toml
  kartoteka --config next.toml source test CustomerUser1 --json";

/// What to do with sources.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List sources, and how each is
    List {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show a source with its fields
    Show {
        /// The section of the settings, or the name
        name: String,
        /// What its section says, of a source that is set up here; without passwords
        #[arg(long)]
        settings: bool,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Go through a source step by step, as the settings or a file say it
    #[command(after_help = TEST_HELP)]
    Test {
        /// The section of the settings, the name, or a file of TOML with such a section
        name: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Read a source anew, with the others of its kind
    Refresh {
        /// The section of the settings, or the name
        name: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// List the logins or customer IDs that a source shares with others; the first source counts
    Conflicts {
        /// The section of the settings, or the name
        name: String,
        /// Begin after this place: the `next` of the page before
        #[arg(long)]
        after: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    #[command(flatten)]
    Held(source_held::Command),
    #[command(flatten)]
    HeldBack(source_held_back::Command),
    #[command(flatten)]
    Setup(source_setup::Command),
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json }
            | Self::Show { json, .. }
            | Self::Test { json, .. }
            | Self::Refresh { json, .. }
            | Self::Conflicts { json, .. } => *json,
            Self::Held(command) => command.json(),
            Self::HeldBack(command) => command.json(),
            Self::Setup(command) => command.json(),
        }
    }
}

/// Lists, shows, tests and reads sources anew.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    if let Command::Test { name, json } = command {
        let settings = opened::settings(&place)?;
        let file = Path::new(&name);
        let unknown = id_of(&settings, &name).err();
        if file.is_file() || unknown.is_some() {
            let place = Place {
                reads_only: true,
                ..place
            };
            // What pages set up is in the database, if there is one.
            match unknown.filter(|_| !file.is_file()) {
                Some(unknown) if opened::existing(&settings, &place).is_err() => {
                    return Err(unknown.into());
                }
                _ => {}
            }
            let directory = opened::directory(&place).await?;
            let outcome = match file.is_file() {
                true => source_setup::test(&directory, file, json).await,
                false => test_in_force(&directory, &name, json).await,
            };
            directory.close().await;
            return outcome;
        }
        opened::quiet(&settings, &place)?;
        return test(&settings, &name, json).await;
    }
    let directory = opened::directory(&place).await?;
    let outcome = answer(&directory, command).await;
    directory.close().await;
    outcome
}

async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let settings = directory.settings();
    match command {
        Command::Held(command) => source_held::answer(directory, command).await,
        Command::HeldBack(command) => source_held_back::answer(directory, command).await,
        Command::Setup(command) => source_setup::answer(directory, command).await,
        Command::List { json } => list(directory, json).await,
        Command::Show {
            name,
            settings: true,
            json,
        } => source_setup::show(directory, &name, json).await,
        Command::Show { name, json, .. } => {
            let id = id_of(settings, &name)?;
            let state = directory.source_state(&operator, &id).await?;
            show(&state, json)
        }
        Command::Refresh { name, json } => {
            let id = id_of(settings, &name)?;
            let state = directory.refresh_source(&operator, &id).await?;
            directory.rebuild_index(state.kind).await?;
            let state = directory.source_state(&operator, &id).await?;
            show(&state, json)
        }
        Command::Conflicts {
            name,
            after,
            limit,
            json,
        } => {
            let id = id_of(settings, &name)?;
            opened::wait_for_index(directory).await?;
            let kind = directory.source_state(&operator, &id).await?.kind;
            let found = directory
                .source_conflicts(&operator, kind, Some(&id), after.as_deref(), limit)
                .await?;
            if json {
                print_json(&wire::conflicts(&found))?;
                return Ok(Exit::Ok);
            }
            let mut table = Table::new(&["Key", "Counts", "Also in"]);
            for one in &found.items {
                table.row([&one.key, &one.first, &one.later]);
            }
            print(&table.to_string())?;
            if let Some(next) = &found.next {
                print(&format!("more with --after {next}"))?;
            }
            Ok(Exit::Ok)
        }
        // It needs no directory, and was answered before.
        Command::Test { name, json } => test(settings, &name, json).await,
    }
}

/// The section of a source, by that or by its name.
pub fn id_of(settings: &Settings, name: &str) -> Result<String, Ended> {
    let people = settings.customer_users.iter().map(|source| &source.spec);
    let customers = settings.customers.iter().map(|source| &source.spec);
    let all: Vec<_> = people.chain(customers).collect();
    let mut by_id = all.iter().filter(|spec| same_key(&spec.id, name));
    let by_name: Vec<_> = all
        .iter()
        .filter(|spec| same_key(&spec.name, name))
        .collect();
    match (by_id.next(), by_name.as_slice()) {
        (Some(spec), _) => Ok(spec.id.clone()),
        (None, [spec]) => Ok(spec.id.clone()),
        (None, []) => {
            let known: Vec<&str> = all.iter().map(|spec| spec.id.as_str()).collect();
            Err(Ended {
                exit: Exit::NotFound,
                message: format!(
                    "there is no source {name:?}; there are {}",
                    known.join(", ")
                ),
            })
        }
        _ => Err(Ended::usage(format!(
            "several sources are named {name:?}: name the section"
        ))),
    }
}

async fn list(directory: &Maintenance, as_json: bool) -> anyhow::Result<Exit> {
    let states = directory.source_states(&Actor::operator()).await?;
    let now = now();
    if as_json {
        let items: Vec<_> = states
            .iter()
            .map(|state| wire::source(state, now))
            .collect();
        print_json(&json!({"items": items}))?;
        return Ok(exit(&states));
    }
    let mut table = Table::new(&[
        "Source",
        "Name",
        "Kind",
        "State",
        "Records",
        "Copy",
        "Conflicts",
    ]);
    for state in &states {
        table.row([
            state.status.id.clone(),
            state.status.name.clone(),
            state.module.to_owned(),
            told(state),
            (state.records[0] + state.records[1]).to_string(),
            state.in_step_at.map(time::text).unwrap_or_default(),
            state.conflicts.to_string(),
        ]);
    }
    print(&table.to_string())?;
    Ok(exit(&states))
}

fn exit(states: &[SourceState]) -> Exit {
    let down = |state: &SourceState| state.status.unavailable_since.is_some();
    match states.iter().any(down) {
        true => Exit::Unavailable,
        false => Exit::Ok,
    }
}

fn told(state: &SourceState) -> String {
    match (state.status.unavailable_since, state.asked) {
        (Some(since), _) => format!("no answer since {}", time::text(since)),
        (None, true) => "answers".into(),
        (None, false) => "not asked yet".into(),
    }
}

fn show(state: &SourceState, as_json: bool) -> anyhow::Result<Exit> {
    let now = now();
    let exit = exit(std::slice::from_ref(state));
    if as_json {
        print_json(&wire::source_with_fields(state, now))?;
        return Ok(exit);
    }
    let writable = match state.status.writable {
        true => "can be changed here",
        false => "read only",
    };
    let [valid, others] = state.records;
    let mut lines = vec![
        format!("{}: {}", state.status.id, state.status.name),
        format!("{} {}, {writable}", state.module, state.origin),
        told(state),
        format!("{valid} valid, {others} others"),
        format!("tells changes by: {}", state.tells_changes.name()),
    ];
    if let Some(at) = state.in_step_at {
        lines.push(format!("copy as of {}", time::text(at)));
    }
    if let Some(error) = &state.last_error {
        let text = findings::text(&error.finding, Language::En);
        lines.push(format!("last error, {}: {text}", time::text(error.at)));
    }
    if state.conflicts > 0 {
        lines.push(format!(
            "shares {} keys with other sources",
            state.conflicts
        ));
    }
    print(&lines.join("\n"))?;
    let mut table = Table::new(&["Field", "Label", "Column"]);
    for field in &state.fields {
        table.row([&field.name, &field.label, &field.column]);
    }
    print(&table.to_string())?;
    Ok(exit)
}

async fn test(settings: &Settings, name: &str, as_json: bool) -> anyhow::Result<Exit> {
    let id = id_of(settings, name)?;
    let steps = test_of_settings(settings, &id, &SystemClock)
        .await
        .unwrap_or_default();
    tested(&id, &steps, as_json)
}

async fn test_in_force(directory: &Maintenance, name: &str, json: bool) -> anyhow::Result<Exit> {
    let id = id_of(directory.settings(), name)?;
    let steps = directory.test_source(&Actor::operator(), &id).await?;
    tested(&id, &steps, json)
}

/// Prints what a test found.
///
/// # Errors
/// When nothing can be printed.
pub fn tested(id: &str, steps: &[Step], as_json: bool) -> anyhow::Result<Exit> {
    let failed = steps.iter().any(|step| step.outcome() == Outcome::Failed);
    let exit = match failed {
        true => Exit::Unavailable,
        false => Exit::Ok,
    };
    if as_json {
        print_json(&wire::test(id, steps))?;
        return Ok(exit);
    }
    for step in steps {
        print(&rendered(step))?;
    }
    Ok(exit)
}

/// A step in lines of text.
pub fn rendered(step: &Step) -> String {
    let on = step.on.as_ref().map(|on| format!(" ({on})"));
    let mut lines = vec![format!(
        "{:<7} {}{}, {} ms",
        step.outcome().name(),
        step.name.name(),
        on.unwrap_or_default(),
        step.took.as_millis()
    )];
    for finding in &step.findings {
        lines.push(format!("        {}", findings::text(finding, Language::En)));
        if let Some(remedy) = findings::remedy(finding, Language::En) {
            lines.push(format!("        → {remedy}"));
        }
    }
    if let Some(asked) = &step.asked {
        lines.push(format!("        asked: {asked}"));
    }
    for (name, value) in &step.fields {
        lines.push(format!("        {name}: {value}"));
    }
    let text = lines.join("\n");
    text.chars()
        .filter(|sign| *sign == '\n' || !sign.is_control())
        .collect()
}

fn now() -> i64 {
    SystemClock.now()
}
