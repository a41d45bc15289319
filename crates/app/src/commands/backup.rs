//! `kartoteka backup`: a consistent copy of the embedded database.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use kartoteka_directory::{Actor, Clock, SystemClock};
use serde_json::json;

use crate::exit::{Ended, Exit};
use crate::output::{print, print_json};
use crate::place::Place;
use crate::{opened, progress};

/// Where to copy.
#[derive(Debug, Args)]
pub struct Options {
    /// A new file, or a directory in which a file with date and time is made
    pub to: PathBuf,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Copies while the server may go on.
///
/// # Errors
/// For databases that have tools of their own, a file that exists, and a disk that is full.
pub async fn run(place: Place, options: Options) -> anyhow::Result<Exit> {
    let settings = opened::settings(&place)?;
    opened::quiet(&settings, &place)?;
    if !settings.database.is_sqlite() {
        return Err(Ended::refused(own_tool(settings.database.url.expose())).into());
    }
    opened::existing(&settings, &place)?;
    let to = target(&options.to)?;
    let directory = opened::open(settings).await?;
    let spinner = progress::spinner("copying");
    let copied = copy(&directory, &to).await;
    spinner.finish_and_clear();
    directory.close().await;
    copied?;
    let size = std::fs::metadata(&to)?.len();
    let path = to.display();
    if options.json {
        print_json(&json!({"file": path.to_string(), "bytes": size}))?;
        return Ok(Exit::Ok);
    }
    print(&format!(
        "{path} ({size} bytes)\nBring it back with: kartoteka restore {path} --data EMPTY_DIR"
    ))?;
    Ok(Exit::Ok)
}

fn own_tool(address: &str) -> String {
    let tool = if address.starts_with("postgres") {
        "pg_dump --format=custom --file=kartoteka.dump DATABASE, and back with pg_restore"
    } else {
        "mariadb-dump (on MySQL mysqldump) --single-transaction DATABASE > kartoteka.sql, and back with mariadb (mysql) \
         DATABASE < kartoteka.sql"
    };
    format!(
        "this database has its own tool for backups: {tool}. The data directory holds only search indexes, which \
             are made anew"
    )
}

fn target(to: &Path) -> Result<PathBuf, Ended> {
    let to = if to.is_dir() {
        let now = Timestamp::from_second(SystemClock.now()).unwrap_or_default();
        to.join(format!("kartoteka-{}.db", now.strftime("%Y%m%d-%H%M%S")))
    } else {
        to.to_owned()
    };
    if to.exists() {
        return Err(Ended {
            exit: Exit::Conflict,
            message: format!("{} exists; nothing was written", to.display()),
        });
    }
    Ok(to)
}

/// Copies under another name first: what has the right name is complete.
async fn copy(directory: &kartoteka_directory::Directory, to: &Path) -> anyhow::Result<()> {
    let mut name = to.file_name().context("the file has no name")?.to_owned();
    name.push(".part");
    let part = to.with_file_name(name);
    let finish = async {
        // Made here so that nobody else can read it, whatever the usual permissions are.
        private_file(&part).with_context(|| format!("{} can't be written", part.display()))?;
        directory
            .backup(&Actor::operator(), &part)
            .await
            .context("the copy failed")?;
        std::fs::File::open(&part)?.sync_all()?;
        std::fs::rename(&part, to)?;
        sync_folder(to)
    };
    let outcome: anyhow::Result<()> = finish.await;
    if outcome.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    outcome
}

fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Makes the name of a file last, not only its content.
///
/// # Errors
/// When the folder can't be opened.
pub fn sync_folder(file: &Path) -> anyhow::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
