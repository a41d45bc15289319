//! `kartoteka migrate`: creates the tables that are missing.

use anyhow::Context;
use clap::Args;
use kartoteka_directory::{Directory, SystemClock};
use kartoteka_model::source::Address;
use kartoteka_settings::{Settings, embedded_file};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::opened;
use crate::output::{print, print_json};
use crate::place::Place;

/// How to migrate.
#[derive(Debug, Args)]
pub struct Options {
    /// Print the SQL, and run nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Shows or runs what is pending.
///
/// # Errors
/// When the database does not answer or refuses a statement.
pub async fn run(place: Place, options: Options) -> anyhow::Result<Exit> {
    let mut settings = opened::settings(&place)?;
    opened::quiet(&settings, &place)?;
    let address = settings.database.url.masked();
    if options.dry_run && is_new(&settings) {
        // Asked of an empty database in memory, so that a dry run leaves nothing behind.
        settings.database.url = Address::new("sqlite::memory:");
        settings.data_dir = std::env::temp_dir();
    }
    let steps = Directory::migrations(&settings, &SystemClock).await;
    let steps = steps.with_context(|| format!("could not look at {address}"))?;
    if !options.dry_run && !steps.is_empty() {
        opened::open(settings).await?.close().await;
    }
    if options.json {
        let steps: Vec<Value> = steps
            .iter()
            .map(|step| json!({"name": step.name, "statements": step.statements}))
            .collect();
        print_json(&json!({"database": address, "dry_run": options.dry_run, "steps": steps}))?;
        return Ok(Exit::Ok);
    }
    if steps.is_empty() {
        print(&format!("{address} is up to date"))?;
        return Ok(Exit::Ok);
    }
    if options.dry_run {
        for step in &steps {
            let statements: Vec<String> = step
                .statements
                .iter()
                .map(|sql| format!("{};", sql.trim_end()))
                .collect();
            print(&format!("-- {}\n{}\n", step.name, statements.join("\n")))?;
        }
        return Ok(Exit::Ok);
    }
    let done: Vec<String> = steps
        .iter()
        .map(|step| format!("done: {}", step.name))
        .collect();
    print(&format!("{}\n{address} is up to date", done.join("\n")))?;
    Ok(Exit::Ok)
}

/// Whether the embedded database is still to be made.
fn is_new(settings: &Settings) -> bool {
    let file = embedded_file(settings.database.url.expose());
    file.is_some_and(|file| !std::path::Path::new(&file).exists())
}
