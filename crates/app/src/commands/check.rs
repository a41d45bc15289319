//! `kartoteka check`: explains the settings.

use clap::Args;
use kartoteka_settings::Diagnostic;
use serde_json::{Value, json};

use crate::columns;
use crate::exit::Exit;
use crate::opened;
use crate::output::{print, print_json};
use crate::place::Place;

/// How to tell what was found.
#[derive(Debug, Args)]
pub struct Options {
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Prints every mistake; 1 if there is one that keeps `serve` from starting, 5 if a database is silent.
///
/// # Errors
/// When standard output can't be written.
pub async fn run(place: Place, options: Options) -> anyhow::Result<Exit> {
    let (outcome, silent) = opened::read_with_otobo(&place).await;
    let mut mistakes = outcome.diagnostics;
    let mut tables = columns::Findings::default();
    if let Some(settings) = &outcome.settings {
        opened::quiet(settings, &place)?;
        tables = columns::look_through(settings).await;
        mistakes.append(&mut tables.mistakes);
        let table = kartoteka_settings::OTOBO_SETTINGS.to_owned();
        tables.silent.extend(silent.map(|reason| (table, reason)));
    }
    let errors = mistakes.iter().filter(|mistake| mistake.is_error()).count();
    let (verdict, exit) = match (errors, !tables.silent.is_empty()) {
        (0, false) => ("the settings are fine".to_owned(), Exit::Ok),
        (0, true) => (
            "the settings are fine as far as they could be checked".to_owned(),
            Exit::Unavailable,
        ),
        (1, _) => ("1 mistake".to_owned(), Exit::Refused),
        (count, _) => (format!("{count} mistakes"), Exit::Refused),
    };
    if options.json {
        let silent = tables.silent.iter();
        let silent: Vec<Value> = silent
            .map(|(source, reason)| json!({"source": source, "reason": reason.to_string()}))
            .collect();
        let mistakes: Vec<Value> = mistakes.iter().map(document).collect();
        print_json(&json!({
            "mistakes": mistakes,
            "not_checked": silent,
            "tables_to_create": tables.to_create,
        }))?;
        return Ok(exit);
    }
    for mistake in &mistakes {
        print(&mistake.to_string())?;
    }
    for (source, reason) in &tables.silent {
        print(&format!(
            "{source}: not checked against its table: {reason}"
        ))?;
    }
    for table in &tables.to_create {
        print(&format!(
            "table {table} is not there yet; `kartoteka migrate` or `serve` creates it"
        ))?;
    }
    print(&verdict)?;
    Ok(exit)
}

fn document(mistake: &Diagnostic) -> Value {
    json!({
        "severity": if mistake.is_error() { "error" } else { "warning" },
        "place": mistake.place.to_string(),
        "mistake": mistake.mistake.key(),
        "text": mistake.text(),
        "found": mistake.found,
        "write_instead": mistake.what_to_write(),
    })
}
