//! `kartoteka source held|release|keep`: sources that lost so much that an admin is asked.

use clap::Subcommand;
use kartoteka_directory::{Actor, Directory, HeldRefresh};
use kartoteka_wire::held::held_sources;
use serde_json::json;

use crate::exit::Exit;
use crate::output::{Table, print, print_json, time};

/// What to do with sources that are held.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the sources of which nothing is taken in, since they lost so much, and how many records are missing
    Held {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Let through what a source lost: who is gone from it is missing then
    Release {
        /// The source: CustomerUser1
        name: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Go on with what was known of a source, without asking again
    Keep {
        /// The source: CustomerUser1
        name: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub fn json(&self) -> bool {
        let (Self::Held { json } | Self::Release { json, .. } | Self::Keep { json, .. }) = self;
        *json
    }
}

/// Lists sources that are held, and decides about them.
///
/// # Errors
/// For a source that is not held, and a database that does not answer.
pub async fn answer(directory: &Directory, command: Command) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    match command {
        Command::Held { json } => {
            let (held, missing) = directory.held_and_missing(&operator).await?;
            if json {
                print_json(&held_sources(&held, &missing))?;
            } else {
                print(&table(&held))?;
                for (_, list) in &missing {
                    print(&format!(
                        "{} records are missing from {}",
                        list.count, list.source
                    ))?;
                }
            }
        }
        Command::Release { name, json } => {
            directory.let_through(&operator, &name).await?;
            if json {
                print_json(&json!({"id": name, "released": true}))?;
            } else {
                print(&format!(
                    "what {name} lost is let through; servers take it in within seconds"
                ))?;
            }
        }
        Command::Keep { name, json } => {
            directory.keep(&operator, &name).await?;
            if json {
                print_json(&json!({"id": name, "kept": true}))?;
            } else {
                print(&format!("what was known of {name} is gone on with"))?;
            }
        }
    }
    Ok(Exit::Ok)
}

fn table(held: &[HeldRefresh]) -> String {
    let mut table = Table::new(&[
        "Source",
        "Name",
        "Since",
        "Known",
        "Now",
        "Gone",
        "No longer valid",
        "Kept by",
    ]);
    for one in held {
        table.row([
            one.source.clone(),
            one.name.clone(),
            time(one.since),
            one.known.to_string(),
            one.there.to_string(),
            one.gone.to_string(),
            one.invalid.to_string(),
            one.kept_by.clone().map(|(by, _)| by).unwrap_or_default(),
        ]);
    }
    table.to_string()
}
