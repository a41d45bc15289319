//! `kartoteka source held-back|decide`: what logins had that are other people's now.

use clap::{Subcommand, ValueEnum};
use kartoteka_directory::{Actor, Directory, HeldBack, HeldBackOf, Whose};
use kartoteka_wire::held_back::held_back;
use serde_json::json;

use crate::exit::Exit;
use crate::output::{Table, print, print_json, time};

/// Whose it is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum WhoseName {
    /// The person is the same: everything is theirs
    Same,
    /// The person is another: it is removed
    Another,
}

/// What to do with what is held back.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what is held back since a login is another person's than before
    HeldBack {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say whose it is what was held back: give it to whoever has the login now, or remove it
    Decide {
        /// The source: CustomerUser1
        name: String,
        /// Whether the person is the same
        whose: WhoseName,
        /// One login
        #[arg(long, required_unless_present = "all", conflicts_with = "all")]
        login: Option<String>,
        /// One of several identities that had the login
        #[arg(long, requires = "login")]
        identity: Option<i64>,
        /// All of the source
        #[arg(long)]
        all: bool,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub fn json(&self) -> bool {
        let (Self::HeldBack { json } | Self::Decide { json, .. }) = self;
        *json
    }
}

/// Lists what is held back, and decides whose it is.
///
/// # Errors
/// For a login of which nothing is held back, and a database that does not answer.
pub async fn answer(directory: &Directory, command: Command) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    match command {
        Command::HeldBack { json } => {
            let list = directory.held_back(&operator).await?;
            if json {
                print_json(&held_back(&list))?;
            } else {
                print(&table(&list.items))?;
                if list.count > list.items.len() as u64 {
                    let first = list.items.len();
                    print(&format!("the last {first} of {}", list.count))?;
                }
            }
        }
        Command::Decide {
            name,
            whose,
            login,
            identity,
            json,
            ..
        } => {
            let of = HeldBackOf {
                source: name,
                login,
                identity,
            };
            let whose = match whose {
                WhoseName::Same => Whose::Same,
                WhoseName::Another => Whose::Another,
            };
            let decided = directory.decide_held_back(&operator, &of, whose).await?;
            if json {
                print_json(&json!({"decided": decided}))?;
            } else {
                let done = match whose {
                    Whose::Same => "given to whoever has the login now",
                    Whose::Another => "removed",
                };
                print(&format!("what {decided} logins had is {done}"))?;
            }
        }
    }
    Ok(Exit::Ok)
}

fn table(items: &[HeldBack]) -> String {
    let mut table = Table::new(&["Login", "Source", "Since", "Identity", "Now", "Given"]);
    for one in items {
        let given = one.relations.iter().map(|relation| {
            let (kind, name) = relation.in_words();
            format!("{kind} {name}")
        });
        let mut given: Vec<String> = given.collect();
        if one.others > 0 {
            given.push(format!("{} preferences and others", one.others));
        }
        table.row([
            one.login.clone(),
            one.source.clone(),
            time(one.since),
            one.identity.to_string(),
            one.found.to_string(),
            given.join(", "),
        ]);
    }
    table.to_string()
}
