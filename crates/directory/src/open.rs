//! Opening the directory: databases, sources, search indexes.

use std::path::PathBuf;
use std::sync::Arc;

use kartoteka_boxed::boxed;
use kartoteka_settings::{Settings, embedded_file};
use kartoteka_store::private::{self, make_private_folder};
use kartoteka_store::schema::{self, Migration};
use kartoteka_store::{Db, StoreError};

use crate::definitions::KEY_FILE;
use crate::error::{Error, Result};
use crate::generation::{Generation, Generations};
use crate::hashing::Hashing;
use crate::index::pace::Pace;
use crate::inside::Inside;
use crate::log_ins::LogIns;
use crate::replies::Begun;
use crate::work::Work;
use crate::written;

/// What can be asked for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// Nothing can be saved: the database's disk is full, or it is a standby.
    ReadOnly,
}

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// Now, in milliseconds since 1970 UTC.
    fn now_ms(&self) -> i64;

    /// Now, in seconds since 1970 UTC.
    fn now(&self) -> i64 {
        self.now_ms() / 1000
    }
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where time comes in"
    )]
    fn now_ms(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_millis() as i64)
    }
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

/// The directory as it looked when somebody began to ask it: cheap to clone, shared by all doors. Whoever asks for long
/// looks for the [`current`](Self::current) one now and then.
#[derive(Clone)]
pub struct Directory {
    pub(crate) inner: Arc<Inner>,
    pub(crate) generation: Arc<Generation>,
    /// The request that is answered with it, if it is one that has to be done once.
    pub(crate) request: Option<Arc<Begun>>,
}

/// What stays as it is for as long as the program runs.
pub(crate) struct Inner {
    pub clock: Arc<dyn Clock>,
    pub pace: Pace,
    pub home: Db,
    pub generations: Generations,
    pub stop: tokio::sync::watch::Sender<bool>,
    pub work: Work,
    pub hashing: Hashing,
    /// Wakes who follows what pages write of fields.
    pub wrote_fields: tokio::sync::Notify,
    pub log_ins: LogIns,
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

impl Inside<'_> {
    /// Now, as the tables write times.
    pub fn now_text(self) -> String {
        kartoteka_store::time::text(self.inner.clock.now())
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
