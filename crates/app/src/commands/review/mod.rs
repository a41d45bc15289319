//! `kartoteka review`: access reviews, from the first item to the export.

mod changed;
mod render;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use kartoteka_directory::Maintenance;
use kartoteka_reviews::{Decision, ReviewState};

use crate::exit::Exit;
use crate::opened;
use crate::place::Place;

const DECIDE_HELP: &str = "\
Examples:
  kartoteka review decide 7 revoke --item 3 --item 12 --comment \"left the company\"
  kartoteka review decide 7 confirm --all --only undecided --search acme";

const SIGN_OFF_HELP: &str = "\
Refused while items are undecided that are still given. A dry run says what would be taken away and who loses what.";

/// What to do with reviews.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List reviews, the latest first
    List {
        /// Only reviews in this state
        #[arg(long, value_enum)]
        state: Option<StateOption>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Continue after this: the `next` of the page before
        #[arg(long, value_name = "CURSOR")]
        after: Option<i64>,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Begin a review of what a group or customer was given
    Start {
        #[command(flatten)]
        of: Of,
        /// What the review is for
        #[arg(long, default_value = "")]
        note: String,
        /// Only say what it would go through
        #[arg(long)]
        dry_run: bool,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show how far a review is, and its items
    Show {
        /// The number of the review
        review: i64,
        #[command(flatten)]
        which: Which,
        /// At most so many items
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Continue after this: the `next` of the page before
        #[arg(long, value_name = "CURSOR")]
        after: Option<i64>,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Confirm or revoke items
    #[command(after_help = DECIDE_HELP)]
    Decide {
        /// The number of the review
        review: i64,
        /// What is decided
        #[arg(value_enum)]
        decision: DecisionOption,
        #[command(flatten)]
        items: Items,
        #[command(flatten)]
        which: Which,
        /// Why
        #[arg(long)]
        comment: Option<String>,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Take what was given since the review began into it
    TakeIn {
        /// The number of the review
        review: i64,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Take away what is revoked and close the review
    #[command(after_help = SIGN_OFF_HELP)]
    SignOff {
        /// The number of the review
        review: i64,
        /// A note that is kept with the result
        #[arg(long, default_value = "")]
        note: String,
        /// Only say what it would come to
        #[arg(long)]
        dry_run: bool,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Close a review without taking anything away
    Cancel {
        /// The number of the review
        review: i64,
        /// A note that is kept with it
        #[arg(long, default_value = "")]
        note: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write a review with all its items
    Export {
        /// The number of the review
        review: i64,
        /// As a table for spreadsheets, or as JSON
        #[arg(long, value_enum, default_value_t = FormatOption::Csv)]
        format: FormatOption,
        /// The file to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// What is reviewed.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Of {
    /// The name of a group
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// The ID of a customer
    #[arg(long, value_name = "ID")]
    pub customer: Option<String>,
}

/// Which items.
#[derive(Debug, Args)]
pub struct Which {
    /// Only items with this decision
    #[arg(long, value_enum)]
    pub only: Option<DecisionOption>,
    /// Only items with these words in the name, key, group or permission
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub search: String,
}

/// What is decided on.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Items {
    /// The number of an item; may be given more than once
    #[arg(long = "item", value_name = "NUMBER")]
    pub numbers: Vec<i64>,
    /// Every item that --only and --search leave
    #[arg(long)]
    pub all: bool,
}

/// How far a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StateOption {
    Open,
    SignedOff,
    Cancelled,
}

impl StateOption {
    fn state(self) -> ReviewState {
        match self {
            Self::Open => ReviewState::Open,
            Self::SignedOff => ReviewState::SignedOff,
            Self::Cancelled => ReviewState::Cancelled,
        }
    }
}

/// A decision by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecisionOption {
    Undecided,
    Confirm,
    Revoke,
}

impl DecisionOption {
    fn decision(self) -> Decision {
        match self {
            Self::Undecided => Decision::Undecided,
            Self::Confirm => Decision::Confirm,
            Self::Revoke => Decision::Revoke,
        }
    }
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatOption {
    Csv,
    Json,
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json, .. }
            | Self::Start { json, .. }
            | Self::Show { json, .. }
            | Self::Decide { json, .. }
            | Self::TakeIn { json, .. }
            | Self::SignOff { json, .. }
            | Self::Cancel { json, .. } => *json,
            Self::Export { format, .. } => *format == FormatOption::Json,
        }
    }
}

/// Lists, starts, shows, decides, signs off, cancels and exports.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = answer(&directory, command).await;
    directory.close().await;
    outcome
}

async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    opened::wait_for_index(directory).await?;
    match command {
        Command::List {
            state,
            limit,
            after,
            json,
        } => {
            render::list(
                directory,
                state.map(StateOption::state),
                (after, limit),
                json,
            )
            .await
        }
        Command::Start {
            of,
            note,
            dry_run,
            json,
        } => changed::start(directory, of, &note, dry_run, json).await,
        Command::Show {
            review,
            which,
            limit,
            after,
            json,
        } => render::show(directory, review, which, (after, limit), json).await,
        Command::Decide {
            review,
            decision,
            items,
            which,
            comment,
            json,
        } => {
            let decided = (decision.decision(), comment);
            changed::decide(directory, review, items, which, decided, json).await
        }
        Command::TakeIn { review, json } => changed::take_in(directory, review, json).await,
        Command::SignOff {
            review,
            note,
            dry_run,
            json,
        } => changed::sign_off(directory, review, &note, dry_run, json).await,
        Command::Cancel { review, note, json } => {
            changed::cancel(directory, review, &note, json).await
        }
        Command::Export {
            review,
            format,
            output,
        } => render::export(directory, review, format, output).await,
    }
}
