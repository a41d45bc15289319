//! `kartoteka serve`: serves an installation.

use kartoteka_login::Logins;
use kartoteka_settings::{Diagnostic, Settings};
use secrecy::ExposeSecret;

use crate::exit::{Ended, Exit};
use crate::output::print;
use crate::place::Place;
use crate::{columns, logging, opened, reload, serving, stop};

/// Serves until stopped.
///
/// # Errors
/// For wrong settings, a database that does not answer, an address that is taken.
pub async fn run(place: Place) -> anyhow::Result<Exit> {
    let stop = stop::on_signal()?;
    let reloads = reload::signals()?;
    let settings = opened::settings_with_otobo(&place).await?;
    logging::start(&settings.log, place.log.as_deref())?;
    let listener = serving::bind(settings.server.listen).await?;
    let address = serving::address(&listener)?;
    let directory = opened::open(settings.clone()).await?;
    check_columns(&settings).await?;
    let mut text = format!("listening on {address}");
    if Logins::of(&directory).setup_needed().await? {
        let code = Logins::of(&directory).make_setup_code().await?;
        text.push_str(&format!(
            "\nset-up code: {}\nNobody can log in yet. Open {address}{}/setup and enter the code; it works once.",
            code.expose_secret(),
            settings.server.base_path,
        ));
    }
    tokio::spawn(reload::on_signal(reloads, place, directory.clone()));
    print(&text)?;
    serving::serve(directory, listener, stop).await?;
    Ok(Exit::Ok)
}

/// Refuses to start on columns that are not there; sources that do not answer are only told.
async fn check_columns(settings: &Settings) -> Result<(), Ended> {
    let found = columns::look(settings).await;
    for (source, reason) in &found.silent {
        tracing::warn!(source, reason, "a source does not answer");
    }
    for mistake in &found.mistakes {
        eprintln!("{mistake}");
    }
    if !found.mistakes.iter().any(Diagnostic::is_error) {
        return Ok(());
    }
    Err(Ended::refused(
        "the settings do not fit the tables; nothing was started",
    ))
}
