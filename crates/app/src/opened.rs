//! Settings and directory, as the command line names them.

use std::path::{Path, PathBuf};

use anyhow::Context;
use kartoteka_directory::{Maintenance, Options};
use kartoteka_settings::{Diagnostic, Log, Settings, embedded_file};

use crate::cli::{LISTEN_EXAMPLE, Place};
use crate::exit::Ended;
use crate::{logging, progress};

const SETTINGS_FILE: &str = "kartoteka.toml";

/// Reads the settings; all mistakes go to standard error.
///
/// # Errors
/// When there is a mistake that keeps the program from starting.
pub fn settings(place: &Place) -> Result<Settings, Ended> {
    let outcome = read(place);
    for diagnostic in &outcome.diagnostics {
        eprintln!("{diagnostic}");
    }
    let mistakes = outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .count();
    outcome.settings.ok_or_else(|| {
        let noun = if mistakes == 1 { "mistake" } else { "mistakes" };
        Ended::refused(format!(
            "the settings have {mistakes} {noun}; nothing was started"
        ))
    })
}

/// Reads the settings file, the environment and the options, the later ones over the earlier.
pub fn read(place: &Place) -> kartoteka_settings::Outcome {
    let mut variables: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let options = options(place);
    let laid = options
        .iter()
        .map(|option| (option.variable.to_owned(), option.value.clone()));
    variables.extend(laid);
    let here = Path::new(SETTINGS_FILE);
    let file = place
        .config
        .as_deref()
        .or_else(|| here.is_file().then_some(here));
    let mut outcome = kartoteka_settings::read(file, variables);
    for option in &options {
        let of_option = |diagnostic: &&mut Diagnostic| diagnostic.place.file == option.variable;
        for diagnostic in outcome.diagnostics.iter_mut().filter(of_option) {
            option.blame(diagnostic);
        }
    }
    outcome
}

/// An option that was given, and the variable that it is read as.
struct Given {
    name: &'static str,
    variable: &'static str,
    value: String,
    /// What could be written instead.
    example: &'static str,
}

impl Given {
    /// Has a mistake speak of the option: nobody wrote the variable.
    fn blame(&self, diagnostic: &mut Diagnostic) {
        diagnostic.place.file = self.name.to_owned();
        if diagnostic.is_error() && diagnostic.what_to_write().is_some() {
            diagnostic.remedy = Some(format!("{} {}", self.name, self.example));
        }
    }
}

fn options(place: &Place) -> Vec<Given> {
    let given = |name, variable, example, value: Option<String>| {
        value.map(|value| Given {
            name,
            variable,
            value,
            example,
        })
    };
    let data = place.data.as_ref();
    let data = data.map(|path| path.to_string_lossy().into_owned());
    let listen = place.listen.map(|address| address.to_string());
    let url = "postgres://kartoteka@localhost/otobo";
    [
        given("--data", "KARTOTEKA_DATA_DIR", "data", data),
        given(
            "--database",
            "KARTOTEKA_DATABASE__URL",
            url,
            place.database.clone(),
        ),
        given(
            "--listen",
            "KARTOTEKA_SERVER__LISTEN",
            LISTEN_EXAMPLE,
            listen,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Opens the directory for one command at the terminal, which logs warnings only.
///
/// # Errors
/// For wrong settings, and when the database does not answer.
pub async fn directory(place: &Place) -> anyhow::Result<Maintenance> {
    let settings = settings(place)?;
    quiet(&settings, place)?;
    existing(&settings, place)?;
    open(settings).await
}

/// Refuses to go on where there is no embedded database, or no place for one: a directory that was mistyped would be
/// taken for one that is empty. Other databases are not made by the way; beside them stand search indexes only.
///
/// # Errors
/// When it is not there.
pub fn existing(settings: &Settings, place: &Place) -> Result<(), Ended> {
    let Some(file) = embedded_file(settings.database.url.expose()).map(PathBuf::from) else {
        return Ok(());
    };
    let (missing, path) = if !settings.data_dir.is_dir() {
        ("data directory", &settings.data_dir)
    } else if place.reads_only && !file.exists() {
        ("database", &file)
    } else {
        return Ok(());
    };
    Err(Ended::refused(format!(
        "there is no {missing} {}; name another with --data, or make it with `kartoteka migrate` or `serve`",
        path.display()
    )))
}

/// Logs for a command at the terminal: warnings only, unless asked for more.
pub fn quiet(settings: &Settings, place: &Place) -> Result<(), Ended> {
    let log = Log {
        level: "warn".into(),
        ..settings.log.clone()
    };
    logging::start(&log, place.log.as_deref())
}

/// Opens the directory.
///
/// # Errors
/// When the database does not answer, or the data directory can't be written.
pub async fn open(settings: Settings) -> anyhow::Result<Maintenance> {
    let address = settings.database.url.masked();
    Maintenance::open(settings, Options::default())
        .await
        .with_context(|| format!("could not start on {address}"))
}

/// Brings the search indexes up to date: a short-lived process may come before the server had a chance to.
///
/// # Errors
/// When a source does not answer, or an index can't be written.
pub async fn settle(directory: &Maintenance) -> anyhow::Result<()> {
    let spinner = progress::spinner("bringing the search index up to date");
    let settled = directory.settle().await;
    spinner.finish_and_clear();
    Ok(settled?)
}
