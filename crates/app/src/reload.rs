//! Settings that change while the program serves: SIGHUP reads them again.

use kartoteka_directory::Maintenance;
use kartoteka_settings::{Diagnostic, Settings};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::place::Place;
use crate::{columns, opened};

/// SIGHUP, from now on; before, it ends the program.
///
/// # Errors
/// When signals can't be listened to.
pub fn signals() -> std::io::Result<Signal> {
    signal(SignalKind::hangup())
}

/// Reads the settings again with each signal, and has the directory go by them. With a mistake in them it goes on as before.
pub async fn on_signal(mut signals: Signal, place: Place, directory: Maintenance) {
    while signals.recv().await.is_some() {
        if let Some(settings) = checked(&place, &directory).await {
            reload(&directory, settings).await;
        }
    }
}

/// The settings as they are now, if they have no mistake and fit the tables.
async fn checked(place: &Place, directory: &Maintenance) -> Option<Settings> {
    let (outcome, silent) = opened::read_with_otobo(place).await;
    if let Some(reason) = silent {
        tracing::error!(
            reason,
            "what was set in OTOBO's pages could not be read; the settings before stay in force"
        );
        return None;
    }
    log_diagnostics(&outcome.diagnostics);
    let found = match &outcome.settings {
        Some(settings) => columns::look(&directory.in_force(settings.clone()).0).await,
        None => columns::Findings::default(),
    };
    log_diagnostics(&found.mistakes);
    for (source, reason) in &found.silent {
        tracing::warn!(source, reason, "a source does not answer");
    }
    let fit = !found.mistakes.iter().any(Diagnostic::is_error);
    let settings = outcome.settings.filter(|_| fit);
    if settings.is_none() {
        tracing::error!("the settings have mistakes; those before stay in force");
    }
    settings
}

fn log_diagnostics(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        match diagnostic.is_error() {
            true => tracing::error!("{diagnostic}"),
            false => tracing::warn!("{diagnostic}"),
        }
    }
}

async fn reload(directory: &Maintenance, settings: Settings) {
    match directory.reload(settings).await {
        Ok(reloaded) => {
            if !reloaded.after_restart.is_empty() {
                let sections = reloaded.after_restart.join(", ");
                tracing::warn!(sections, "these settings count from the next start only");
            }
            let generation = reloaded.generation;
            match reloaded.is_new {
                true => tracing::info!(generation, "the settings are in force"),
                false => tracing::info!(generation, "the settings are as before"),
            }
        }
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the settings could not be put in force; those before stay"
        ),
    }
}
