//! `kartoteka permissions`: who may see what, and why; giving and taking.

mod change;
mod explain;
mod past;
mod past_who;
mod who;

use clap::{Args, Subcommand, ValueEnum};
use explain::known;
use kartoteka_directory::Maintenance;
use kartoteka_model::access::Context;

use crate::exit::Exit;
use crate::opened;
use crate::place::Place;
use crate::records::Saving;

const GIVE_HELP: &str = "\
What somebody has already is left alone; rw includes everything else. A dry run says who gains and who loses what.

Examples:
  kartoteka permissions give support ro --person anna --person jan
  kartoteka permissions give support rw --customer MUSTER --dry-run
  kartoteka permissions give support ro --customer MUSTER --context other";

/// What to do with permissions.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what a person or customer has in every group and why, or how many have what in a group
    Show {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        days: Days,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say why a person has a permission, or what stands in the way and what would give it
    Explain {
        /// The login
        login: String,
        /// The name of the group
        group: String,
        /// The permission: ro, create, rw, …
        permission: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// List who has a permission in a group, or had it on a past day, and why
    Who {
        #[command(flatten)]
        asked: HolderQuery,
        #[command(flatten)]
        days: Days,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Give permissions in a group
    #[command(after_help = GIVE_HELP)]
    Give(Change),
    /// Take permissions in a group
    Take(Change),
}

/// Whose permissions are shown.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Of {
    /// The login
    pub login: Option<String>,
    /// The ID of a customer
    #[arg(long, value_name = "ID")]
    pub customer: Option<String>,
    /// The name of a group
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
}

/// Who is listed.
#[derive(Debug, Args)]
pub struct HolderQuery {
    /// The name of the group
    pub group: String,
    /// The permission: ro, create, rw, …
    #[arg(default_value = "ro")]
    pub permission: String,
    /// List customers that have it, not people
    #[arg(long)]
    pub customers: bool,
    /// For customers: which tickets the permission speaks of [default: same]
    #[arg(long, value_enum, requires = "customers")]
    pub context: Option<ContextOption>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// Continue after this: the `next` of the page before
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
}

impl HolderQuery {
    /// The context in which customers are asked about.
    fn context(&self) -> Context {
        self.context.map_or(Context::Same, ContextOption::context)
    }

    fn page(&self) -> (Option<&str>, u32) {
        (self.after.as_deref(), self.limit)
    }
}

/// Which past day, and what to compare it with.
#[derive(Debug, Args)]
pub struct Days {
    /// Show the end of a past day, such as 2026-03-01, or a time such as 2026-03-01T12:00:00Z
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// With --as-of: also what was gained and lost until another day
    #[arg(long, value_name = "DAY", requires = "as_of")]
    pub compare: Option<String>,
}

/// What is given or taken, and of whom.
#[derive(Debug, Args)]
pub struct Change {
    /// The name of the group
    pub group: String,
    /// The permissions: ro, create, rw, …
    #[arg(required = true)]
    pub permissions: Vec<String>,
    #[command(flatten)]
    pub holders: Holders,
    /// For customers: which tickets the permission speaks of
    #[arg(long, value_enum, requires = "customers")]
    pub context: Option<ContextOption>,
    #[command(flatten)]
    pub saving: Saving,
}

/// Who is given something.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct Holders {
    /// The login of a person; may be given more than once
    #[arg(long = "person", value_name = "LOGIN")]
    pub people: Vec<String>,
    /// The ID of a customer, all of whose people get it; may be given more than once
    #[arg(long = "customer", value_name = "ID")]
    pub customers: Vec<String>,
}

/// Which tickets a customer's permission speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ContextOption {
    /// Those of the same customer
    Same,
    /// Those of other customers
    Other,
}

impl ContextOption {
    fn context(self) -> Context {
        match self {
            Self::Same => Context::Same,
            Self::Other => Context::Other,
        }
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::Show { json, .. } | Self::Explain { json, .. } | Self::Who { json, .. } => *json,
            Self::Give(change) | Self::Take(change) => change.saving.json,
        }
    }
}

/// Shows, explains, gives and takes.
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
        Command::Show { of, days, json } => match past::asked(directory, &days).await? {
            Some(past) => past::show(directory, of, past, json).await,
            None => explain::show(directory, of, json).await,
        },
        Command::Explain {
            login,
            group,
            permission,
            json,
        } => explain::explain(directory, &login, &group, &permission, json).await,
        Command::Who { asked, days, json } => {
            known(directory, &asked.permission).await?;
            match past::asked(directory, &days).await? {
                Some(past) => past_who::who(directory, &asked, past, json).await,
                None => who::who(directory, &asked, json).await,
            }
        }
        Command::Give(change) => change::change(directory, change, true).await,
        Command::Take(change) => change::change(directory, change, false).await,
    }
}
