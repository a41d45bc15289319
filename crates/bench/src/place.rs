//! Where the directory that is measured is: a folder with the program's data and the server's, for this run or kept.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use kartoteka_directory::{Maintenance, Options as Opening};
use kartoteka_model::Collation;
use kartoteka_model::source::Address;
use kartoteka_settings::{Database, Lists, Settings};
use kartoteka_testbed::{Engine, Servers};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::options::Options;

/// The database on PostgreSQL and MariaDB.
const DATABASE: &str = "bench";

/// What was made, in a folder that is kept.
const NOTE: &str = "bench.json";

/// People of a directory whose size nobody said.
const FEW: u64 = 10_000;

/// A directory to measure.
pub struct Place {
    pub engine: Engine,
    pub people: u64,
    /// There is a directory here already.
    pub is_made: bool,
    folder: PathBuf,
    database: Address,
    collation: Collation,
    // In this order: the server stops before its folder goes.
    _servers: Option<Servers>,
    _temporary: Option<TempDir>,
}

impl Place {
    /// Finds or makes the folder, and starts the server that the engine needs: one that keeps what it acknowledges.
    ///
    /// # Errors
    /// When there is no directory to reuse, or another one than was asked for, and when the server does not start.
    pub async fn find(options: &Options) -> Result<Self> {
        let (made, temporary, folder) = match (&options.reuse, &options.keep) {
            (Some(folder), _) => (Some(read_note(folder, options)?), None, folder.clone()),
            (None, Some(folder)) => {
                fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
                let empty = fs::read_dir(folder)?.next().is_none();
                ensure!(empty, "{} is not empty", folder.display());
                (None, None, folder.clone())
            }
            (None, None) => {
                let temporary = tempfile::Builder::new()
                    .prefix("kartoteka-bench-")
                    .tempdir()?;
                let folder = temporary.path().to_owned();
                (None, Some(temporary), folder)
            }
        };
        let is_made = made.is_some();
        let (engine, people) = made.unwrap_or((
            options.engine.unwrap_or(Engine::Sqlite),
            options.people.unwrap_or(FEW),
        ));
        let data = data(&folder);
        fs::create_dir_all(&data).with_context(|| data.display().to_string())?;
        // The program works in another folder than we do.
        let folder = folder.canonicalize()?;
        let data = self::data(&folder);
        let (servers, database) = match engine {
            Engine::Sqlite => (None, Database::in_dir(&data).url),
            _ => {
                let kept = temporary.is_none().then(|| folder.join("server"));
                let servers = Servers::durable(kept.as_deref())?;
                let address = database(&servers, engine, is_made).await?;
                (Some(servers), Address::new(address))
            }
        };
        Ok(Self {
            engine,
            people,
            is_made,
            folder,
            database,
            collation: options.collation.clone(),
            _servers: servers,
            _temporary: temporary,
        })
    }

    /// The program's data directory.
    pub fn data(&self) -> PathBuf {
        data(&self.folder)
    }

    /// The database's address.
    pub fn database(&self) -> &Address {
        &self.database
    }

    /// In which order its lists stand.
    pub fn collation(&self) -> &str {
        self.collation.name()
    }

    /// Opens the directory in this process.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(&self) -> Result<Maintenance> {
        let lists = Lists {
            collation: self.collation.clone(),
            ..Lists::default()
        };
        let settings = Settings {
            lists,
            data_dir: self.data(),
            database: Database {
                url: self.database.clone(),
            },
            ..Settings::default()
        };
        Ok(Maintenance::open(settings, Opening::default()).await?)
    }

    /// Notes that the directory is complete, so that it can be reused.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn note(&self) -> Result<()> {
        let note = json!({"engine": self.engine.name(), "people": self.people});
        Ok(fs::write(self.folder.join(NOTE), note.to_string())?)
    }

    /// Megabytes that files of this kind (`.db`) take in the data directory, with what SQLite keeps beside them.
    pub fn megabytes(&self, kind: &str) -> Result<f64> {
        let mut bytes = 0;
        for entry in fs::read_dir(self.data())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().contains(kind) {
                bytes += entry.metadata()?.len();
            }
        }
        Ok(bytes as f64 / 1_048_576.0)
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

async fn database(servers: &Servers, engine: Engine, is_made: bool) -> Result<String> {
    if !is_made {
        return Ok(servers.fresh_database(engine, DATABASE).await?);
    }
    let server = match engine {
        Engine::Sqlite => bail!("SQLite has no server"),
        Engine::Postgres => servers.postgres()?,
        Engine::Mariadb => servers.mariadb()?,
        Engine::Mysql => servers.mysql()?,
    };
    Ok(format!("{server}/{DATABASE}"))
}

/// Engine and size of the directory in a folder; they must be those asked for, if any were.
fn read_note(folder: &Path, options: &Options) -> Result<(Engine, u64)> {
    let text = fs::read_to_string(folder.join(NOTE)).with_context(|| {
        format!(
            "there is no complete directory in {}; --keep makes one",
            folder.display()
        )
    })?;
    let note: Value = serde_json::from_str(&text)?;
    let engine = note["engine"].as_str().and_then(Engine::parse);
    let (Some(engine), Some(people)) = (engine, note["people"].as_u64()) else {
        bail!("{NOTE} in {} can't be read", folder.display());
    };
    ensure!(
        options.engine.is_none_or(|wanted| wanted == engine)
            && options.people.is_none_or(|wanted| wanted == people),
        "{} holds {people} people on {engine}",
        folder.display()
    );
    Ok((engine, people))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[tokio::test]
    async fn a_directory_is_reused_only_when_it_is_the_one_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let options = |words: &[&str]| Options::parse_from([&["bench"], words].concat());
        let kept = options(&["--people", "500", "--keep", path]);
        let reused = options(&["--reuse", path]);
        assert!(Place::find(&reused).await.is_err(), "nothing is there yet");
        let place = Place::find(&kept).await.unwrap();
        assert!(!place.is_made);
        assert!(Place::find(&reused).await.is_err(), "it is not complete");
        place.note().unwrap();
        let again = Place::find(&reused).await.unwrap();
        assert!(again.is_made);
        assert_eq!((again.engine, again.people), (Engine::Sqlite, 500));
        let larger = options(&["--people", "501", "--reuse", path]);
        assert!(Place::find(&larger).await.is_err());
        assert!(Place::find(&kept).await.is_err(), "it would be overwritten");
    }
}
