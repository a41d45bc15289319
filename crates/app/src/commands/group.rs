//! `kartoteka group`: what permissions are given on.

use clap::{Args, Subcommand};
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_records::Records;

use crate::exit::{Ended, Exit};
use crate::fields::{SetOptions, ValidityOption, collect, named};
use crate::opened;
use crate::password::Wish;
use crate::place::Place;
use crate::records::{ListOptions, Saving, list, save, show};

/// What to do with groups.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a group
    Add {
        /// The name
        name: String,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// Change a group
    Edit {
        /// The name
        name: String,
        /// The new name; permissions stay
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// List groups
    List {
        /// Only those whose names hold this: support, sup*port, "first line", !old
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        #[command(flatten)]
        options: ListOptions,
    },
    /// Show a group
    Show {
        /// The name
        name: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

/// The fields of groups beside the name.
#[derive(Debug, Args)]
pub struct Values {
    /// Comment
    #[arg(long)]
    comment: Option<String>,
    /// Whether the group takes part; permissions on an invalid one count for nothing
    #[arg(long, value_enum)]
    validity: Option<ValidityOption>,
}

impl Values {
    fn fields(&self, name: Option<String>) -> Result<Fields, Ended> {
        let options = SetOptions {
            set: vec![],
            validity: self.validity,
        };
        collect(&options, [("Name", &name), ("Comment", &self.comment)])
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::Add { saving, .. } | Self::Edit { saving, .. } => saving.json,
            Self::List { options, .. } => options.json,
            Self::Show { json, .. } => *json,
        }
    }
}

/// Adds, changes, lists and shows groups.
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
    let (operator, kind) = (Actor::operator(), Kind::Group);
    match command {
        Command::Add {
            name,
            values,
            saving,
        } => {
            let fields = values.fields(Some(name))?;
            let plan = Records::of(directory)
                .plan_create(&operator, kind, None, fields)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::Edit {
            name,
            rename,
            values,
            saving,
        } => {
            let plan = Records::of(directory)
                .plan_update(
                    &operator,
                    kind,
                    &name,
                    named(values.fields(rename)?, "group")?,
                    None,
                )
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::List { search, options } => list(directory, kind, search, &options).await,
        Command::Show { name, json } => show(directory, kind, &name, json).await,
    }
}
