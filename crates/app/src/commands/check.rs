//! `kartoteka check`: explains the settings.

use crate::cli::Place;
use crate::columns;
use crate::exit::Exit;
use crate::opened;
use crate::output::print;

/// Prints every mistake; 1 if there is one that keeps `serve` from starting, 5 if a database is silent.
///
/// # Errors
/// When standard output can't be written.
pub async fn run(place: Place) -> anyhow::Result<Exit> {
    let outcome = opened::read(&place);
    let mut errors = outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .count();
    for diagnostic in &outcome.diagnostics {
        print(&diagnostic.to_string())?;
    }
    let mut silent = false;
    if let Some(settings) = &outcome.settings {
        opened::quiet(settings, &place)?;
        let found = columns::look(settings).await;
        errors += found.mistakes.len();
        silent = !found.silent.is_empty();
        for mistake in &found.mistakes {
            print(&mistake.to_string())?;
        }
        for (source, reason) in &found.silent {
            print(&format!(
                "{source}: not checked against its table: {reason}"
            ))?;
        }
        for table in &found.to_create {
            print(&format!(
                "table {table} is not there yet; `kartoteka migrate` or `serve` creates it"
            ))?;
        }
    }
    let (verdict, exit) = match (errors, silent) {
        (0, false) => ("the settings are fine".to_owned(), Exit::Ok),
        (0, true) => (
            "the settings are fine as far as they could be checked".to_owned(),
            Exit::Unavailable,
        ),
        (1, _) => ("1 mistake".to_owned(), Exit::Refused),
        (count, _) => (format!("{count} mistakes"), Exit::Refused),
    };
    print(&verdict)?;
    Ok(exit)
}
