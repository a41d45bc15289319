//! `kartoteka restore`: a backup into an empty data directory.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use kartoteka_directory::{Actor, JournalVerdict, make_private_folder};
use kartoteka_model::source::Address;
use kartoteka_settings::{Settings, embedded_file};
use serde_json::json;

use super::backup::sync_folder;
use crate::exit::{Ended, Exit};
use crate::output::{print, print_json};
use crate::place::Place;
use crate::{opened, progress, soundness};

/// What to restore.
#[derive(Debug, Args)]
pub struct Options {
    /// A file that `kartoteka backup` made
    pub from: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Checks the backup, copies it, and checks the journal in it.
///
/// # Errors
/// When there is a database already, or the backup is damaged.
pub async fn run(place: Place, options: Options) -> anyhow::Result<Exit> {
    let settings = opened::settings(&place)?;
    opened::quiet(&settings, &place)?;
    let Some(file) = embedded_file(settings.database.url.expose()).map(PathBuf::from) else {
        let remedy = "use pg_restore, mariadb or mysql for other databases";
        return Err(
            Ended::refused(format!("restore is for the embedded database; {remedy}")).into(),
        );
    };
    // What a database left behind would be taken for a part of the restored one.
    for ending in ["", "-wal", "-shm"] {
        let there = PathBuf::from(format!("{}{ending}", file.display()));
        if there.exists() {
            let message = format!(
                "{} exists; restore into an empty data directory",
                there.display()
            );
            return Err(Ended {
                exit: Exit::Conflict,
                message,
            }
            .into());
        }
    }
    let data = settings.data_dir.clone();
    let made = Made {
        folder: (!data.exists()).then_some(data.clone()),
        data,
        file: file.clone(),
    };
    let verdict = match bring(&options.from, settings, &made).await {
        Ok(verdict) => verdict,
        Err(error) => {
            made.undo();
            return Err(error);
        }
    };
    let (journal, exit) = match &verdict.fault {
        None => (
            format!("{} journal entries, unbroken", verdict.entries),
            Exit::Ok,
        ),
        Some((entry, _)) => (
            format!("the journal is broken at entry {entry}"),
            Exit::Refused,
        ),
    };
    if options.json {
        let fault = verdict.fault.map(|(entry, _)| entry);
        let journal = json!({"entries": verdict.entries, "broken_at": fault});
        print_json(&json!({"file": file.display().to_string(), "journal": journal}))?;
        return Ok(exit);
    }
    print(&format!("restored {}: {journal}", file.display()))?;
    Ok(exit)
}

/// What restoring makes, so that nothing is left of it when it fails.
struct Made {
    file: PathBuf,
    data: PathBuf,
    /// The data directory, if there was none.
    folder: Option<PathBuf>,
}

impl Made {
    fn undo(&self) {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", self.file.display()));
        }
        let _ = forget_indexes(&self.data);
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Copies the checked backup, makes the indexes and checks the journal.
async fn bring(from: &Path, settings: Settings, made: &Made) -> anyhow::Result<JournalVerdict> {
    copy_checked(from, &made.file, &settings).await?;
    forget_indexes(&made.data)?;
    let directory = opened::open(settings).await?;
    let spinner = progress::spinner("making the search index");
    let waited = directory.wait_for_index().await;
    spinner.finish_and_clear();
    let verdict = directory.verify_journal(&Actor::operator()).await;
    directory.close().await;
    waited.context("the search index could not be made")?;
    Ok(verdict?)
}

/// Removes search indexes of a database that was here before: they would answer for people who are gone.
fn forget_indexes(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?
    {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("search-") && name.contains(".index") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Copies beside the goal, checks there, and only then gives it the right name.
async fn copy_checked(from: &Path, to: &Path, settings: &Settings) -> anyhow::Result<()> {
    if !begins_as_sqlite(from).with_context(|| format!("{} can't be read", from.display()))? {
        return Err(
            Ended::refused(format!("{} is not a backup of Kartoteka", from.display())).into(),
        );
    }
    let folder = to
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    make_private_folder(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    let copying = tempfile::Builder::new()
        .prefix(".restoring-")
        .tempdir_in(folder)
        .context("no room for the copy")?;
    let part = copying.path().join("part.db");
    std::fs::copy(from, &part)
        .with_context(|| format!("{} could not be copied", from.display()))?;
    let address = kartoteka_settings::Database::in_dir(copying.path()).url;
    let address = Address::new(address.expose().replace("kartoteka.db", "part.db"));
    soundness::check(from, &address, settings).await?;
    std::fs::File::open(&part)?.sync_all()?;
    std::fs::rename(&part, to)?;
    sync_folder(to)
}

fn begins_as_sqlite(file: &Path) -> std::io::Result<bool> {
    use std::io::Read;
    let mut beginning = Vec::with_capacity(16);
    std::fs::File::open(file)?
        .take(16)
        .read_to_end(&mut beginning)?;
    Ok(beginning == *b"SQLite format 3\0")
}
