//! Opening the directory and closing it: databases, sources, search indexes.

use std::path::PathBuf;
use std::sync::Arc;

use kartoteka_boxed::boxed;
use kartoteka_settings::{Settings, embedded_file};
use kartoteka_store::private::{self, make_private_folder};
use kartoteka_store::schema::{self, Migration};
use kartoteka_store::{Db, StoreError};

use crate::clock::{Clock, SystemClock};
use crate::definitions::KEY_FILE;
use crate::directory::{Directory, Inner};
use crate::error::{Error, Result};
use crate::generation::{Generation, Generations};
use crate::hashing::Hashing;
use crate::index::pace::Pace;
use crate::log_ins::LogIns;
use crate::work::Work;
use crate::written;

/// What can be asked for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// Nothing can be saved: the database's disk is full, or it is a standby.
    ReadOnly,
}

/// What a door hands in.
pub struct Options {
    pub clock: Arc<dyn Clock>,
    /// Whether what others write to the sources is looked for every few seconds, and sources are read anew when what
    /// is indexed of them is older than their `CacheTTL`.
    pub looks_for_changes: bool,
    /// How it is looked.
    pub pace: Pace,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            looks_for_changes: true,
            pace: Pace::default(),
        }
    }
}

/// Why the directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The home database does not answer, or refused to be brought up to date.
    #[error("the database could not be opened")]
    Database(#[source] StoreError),
    /// The data folder can't be written.
    #[error("the data folder {} can't be written", folder.display())]
    Folder {
        folder: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    /// The search index can't be opened.
    #[error("the search index could not be opened")]
    Index(#[source] StoreError),
}

impl Directory {
    /// The statements that opening would run on the home database.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn migrations(
        settings: &Settings,
        clock: &dyn Clock,
    ) -> Result<Vec<Migration>, OpenError> {
        let home = home(settings).await?;
        let steps = schema::pending(&home, &kartoteka_store::time::text(clock.now()))
            .await
            .map_err(OpenError::Database);
        home.close().await;
        steps
    }

    /// As [`Maintenance::open`](crate::Maintenance::open) says.
    pub(crate) async fn open(settings: Settings, options: Options) -> Result<Self, OpenError> {
        let folder = settings.data_dir.clone();
        make_private_folder(&folder).map_err(|cause| OpenError::Folder {
            folder: folder.clone(),
            cause,
        })?;
        let file = embedded_file(settings.database.url.expose());
        let known = ["kartoteka.toml", kartoteka_settings::FOLDER];
        private::close(&folder, KEY_FILE, &known);
        if let Some(file) = file {
            private::close_file(file.as_ref());
        }
        let home = home(&settings).await?;
        schema::migrate(&home, &kartoteka_store::time::text(options.clock.now()))
            .await
            .map_err(OpenError::Database)?;
        let (layers, refused) = written::first(settings, &home)
            .await
            .map_err(OpenError::Database)?;
        let first = Generation::first(layers, &home, &options.clock);
        let generation = Arc::new(first.await.map_err(OpenError::Index)?);
        let directory = Self {
            inner: Arc::new(Inner {
                clock: options.clock,
                pace: options.pace,
                home,
                generations: Generations::new(&generation),
                stop: tokio::sync::watch::Sender::new(false),
                work: Work::default(),
                hashing: Hashing::default(),
                wrote_fields: tokio::sync::Notify::new(),
                log_ins: LogIns::default(),
            }),
            generation,
            request: None,
        };
        directory.load_held().await.map_err(OpenError::Database)?;
        directory.note_refused(refused);
        directory
            .keep_indexes(options.looks_for_changes)
            .await
            .map_err(OpenError::Index)?;
        if options.looks_for_changes {
            let follower = directory.clone();
            tokio::spawn(async move { follower.follow_written_fields().await });
        }
        Ok(directory)
    }

    /// Whether requests can be answered now: the home database answers, and whether it can be written to.
    ///
    /// # Errors
    /// `Unavailable`.
    #[boxed]
    pub async fn ready(&self) -> Result<Readiness> {
        kartoteka_store::own::journal::head(&self.inner.home)
            .await
            .map_err(Error::home)?;
        Ok(match self.inner.home.takes_writes().await {
            true => Readiness::Ready,
            false => Readiness::ReadOnly,
        })
    }

    /// As [`Maintenance::close`](crate::Maintenance::close) says.
    pub(crate) async fn close(&self) {
        self.inner.stop.send_replace(true);
        // Whoever works on a job finishes the portion and gives it back.
        let _idle = self.inner.work.working.lock().await;
        self.inner.generations.current().close().await;
        self.inner.home.close().await;
    }
}

async fn home(settings: &Settings) -> Result<Db, OpenError> {
    let address = &settings.database.url;
    if let Some(folder) = settings
        .data_dir
        .to_str()
        .filter(|_| address.expose().starts_with("sqlite"))
    {
        make_private_folder(folder.as_ref()).map_err(|cause| OpenError::Folder {
            folder: folder.into(),
            cause,
        })?;
    }
    Db::open(address.expose())
        .await
        .map_err(OpenError::Database)
}
