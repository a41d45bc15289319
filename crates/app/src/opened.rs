//! Settings and directory, as the command line names them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use kartoteka_directory::{Clock, Maintenance, Options};
use kartoteka_settings::{Diagnostic, Layer, Log, Modified, Outcome, Settings, embedded_file};
use kartoteka_store::{Db, sysconfig};

use crate::exit::Ended;
use crate::place::{LISTEN_EXAMPLE, Place};
use crate::{logging, progress};

const SETTINGS_FILE: &str = "kartoteka.toml";

/// How long the database may take to say what was set in OTOBO's pages.
const OTOBO_TIMEOUT: Duration = Duration::from_secs(6);

/// Reads the settings; all mistakes go to standard error.
///
/// # Errors
/// When there is a mistake that keeps the program from starting.
pub fn settings(place: &Place) -> Result<Settings, Ended> {
    started(read(place))
}

fn started(outcome: Outcome) -> Result<Settings, Ended> {
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

/// The same with what was set in OTOBO's pages, where the home database is OTOBO's.
///
/// # Errors
/// When there is a mistake that keeps the program from starting.
pub async fn settings_with_otobo(place: &Place) -> Result<Settings, Ended> {
    let (outcome, silent) = read_with_otobo(place).await;
    if let Some(reason) = silent {
        eprintln!("what was set in OTOBO's pages could not be read: {reason}");
    }
    started(outcome)
}

/// Reads the settings, and again over what was set in OTOBO's pages, where the home database is OTOBO's; or why that
/// could not be read.
pub async fn read_with_otobo(place: &Place) -> (Outcome, Option<String>) {
    let outcome = read(place);
    let Some(settings) = &outcome.settings else {
        return (outcome, None);
    };
    match set_in_otobo(settings).await {
        Ok(rows) if rows.is_empty() => (outcome, None),
        Ok(rows) => (read_over(place, &rows), None),
        Err(reason) => (outcome, Some(reason)),
    }
}

async fn set_in_otobo(settings: &Settings) -> Result<Vec<Modified>, String> {
    let address = settings.database.url.expose();
    // A database that is not there yet has no settings, and is not made by looking.
    if embedded_file(address).is_some_and(|file| !Path::new(&file).exists()) {
        return Ok(vec![]);
    }
    let names = kartoteka_settings::otobo_settings();
    let looked = async {
        let db = Db::open_foreign(address).await?;
        let rows = sysconfig::deployed(&db, &names).await;
        db.close().await;
        rows
    };
    let rows = match tokio::time::timeout(OTOBO_TIMEOUT, looked).await {
        Ok(Ok(rows)) => rows,
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err("the database does not answer".into()),
    };
    let modified = |row: sysconfig::Row| Modified {
        name: row.name,
        value: row.value,
        is_valid: row.is_valid,
    };
    Ok(rows.into_iter().map(modified).collect())
}

/// The variables of the environment that are text.
pub fn variables() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Reads the configuration of an OTOBO, the settings file, the environment and the options, the later ones over the
/// earlier.
pub fn read(place: &Place) -> Outcome {
    read_over(place, &[])
}

fn read_over(place: &Place, modified: &[Modified]) -> Outcome {
    let mut variables = variables();
    let below = match &place.otobo_config {
        None if modified.is_empty() => Layer::default(),
        file => Layer::read_over(modified, file.as_deref(), &variables),
    };
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
    let mut outcome = kartoteka_settings::read_over(below, file, variables);
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
    let settings = settings_with_otobo(place).await?;
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
    open_at(settings, Options::default().clock).await
}

/// The same at the times of a clock.
///
/// # Errors
/// As [`open`].
pub async fn open_at(settings: Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Maintenance> {
    let address = settings.database.url.masked();
    let options = Options {
        clock,
        ..Options::default()
    };
    Maintenance::open(settings, options)
        .await
        .with_context(|| format!("could not start on {address}"))
}

/// Brings the search indexes up to date: a short-lived process may come before the server had a chance to.
///
/// # Errors
/// When a source does not answer, or an index can't be written.
pub async fn wait_for_index(directory: &Maintenance) -> anyhow::Result<()> {
    let spinner = progress::spinner("bringing the search index up to date");
    let waited = directory.wait_for_index().await;
    spinner.finish_and_clear();
    Ok(waited?)
}
