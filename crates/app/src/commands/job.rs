//! `kartoteka job`: jobs of whoever ordered them, stopped and taken back.

use clap::{Subcommand, ValueEnum};
use kartoteka_directory::{Actor, Maintenance};
use kartoteka_jobs::{ItemState, Jobs};
use kartoteka_texts::language::Language;
use kartoteka_wire::jobs as wire;

use crate::exit::Exit;
use crate::jobs::{follow, show, show_list, show_preview, show_templates};
use crate::output::print_json;
use crate::place::Place;
use crate::records::Saving;
use crate::{opened, stop};

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List jobs, the latest first
    List {
        /// Only jobs before this number
        #[arg(long, value_name = "NUMBER")]
        before: Option<i64>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show how far a job is, and what became of its people
    Show {
        /// Its number
        id: i64,
        /// Only people in this state [default: refused]
        #[arg(long, value_enum)]
        state: Option<StateOption>,
        /// Continue after this number of a person in the job
        #[arg(long, value_name = "NUMBER", default_value_t = 0)]
        after: i64,
        /// At most so many people
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// List templates: named sets of changes for `kartoteka bulk --template`
    Templates {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Stop a job after the portion in work; what is done stays
    Stop {
        /// Its number
        id: i64,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Take back what a job changed, but for what somebody changed since
    Undo {
        /// Its number
        id: i64,
        #[command(flatten)]
        saving: Saving,
    },
}

/// What became of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StateOption {
    /// Not done yet
    Waiting,
    Changed,
    /// Everything was so already
    Already,
    Refused,
    /// All of them
    All,
}

impl StateOption {
    fn state(self) -> Option<ItemState> {
        Some(match self {
            Self::Waiting => ItemState::Waiting,
            Self::Changed => ItemState::Changed,
            Self::Already => ItemState::Already,
            Self::Refused => ItemState::Refused,
            Self::All => return None,
        })
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json, .. }
            | Self::Show { json, .. }
            | Self::Templates { json }
            | Self::Stop { json, .. } => *json,
            Self::Undo { saving, .. } => saving.json,
        }
    }
}

/// Lists, shows, stops and takes back.
///
/// # Errors
/// For a job that is not there; as the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = answer(&directory, command).await;
    directory.close().await;
    outcome
}

async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    match command {
        Command::List {
            before,
            limit,
            json,
        } => {
            let jobs = Jobs::of(directory).jobs(&operator, before, limit).await?;
            show_list(&jobs, limit, json)
        }
        Command::Show {
            id,
            state,
            after,
            limit,
            json,
        } => {
            let job = Jobs::of(directory).job(&operator, id).await?;
            let state = state.unwrap_or(StateOption::Refused).state();
            let items = Jobs::of(directory)
                .job_items(&operator, id, state, after, limit)
                .await?;
            show(&job, &items, limit, json)
        }
        Command::Templates { json } => {
            let templates = Jobs::of(directory).templates(&operator).await?;
            show_templates(&templates, json)
        }
        Command::Stop { id, json } => {
            let job = Jobs::of(directory).stop_job(&operator, id).await?;
            match json {
                true => print_json(&wire::job(&job, Language::En))?,
                false => crate::output::print(&format!("job {id} is {}", job.state.name()))?,
            }
            Ok(Exit::Ok)
        }
        Command::Undo { id, saving } => {
            let stop = stop::on_signal()?;
            opened::wait_for_index(directory).await?;
            if saving.dry_run {
                let preview = Jobs::of(directory).preview_job_undo(&operator, id).await?;
                return show_preview(&preview, saving.json);
            }
            let job = Jobs::of(directory).undo_job(&operator, id, true).await?;
            follow(directory, job.id, &stop, saving.json).await
        }
    }
}
