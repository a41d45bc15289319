//! The files of an index in their folder: one that answers, and perhaps one that is made beside it, which then takes its
//! place. Files are numbered, and no number comes twice: no log of one is ever read with another.
//!
//! A file has its name only when it is complete in itself. The one before says which came after it, so a process that
//! has it open goes over with its next question; its connections hold it until then, though it is gone from the folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{IndexLayout, SearchIndex};
use kartoteka_boxed::boxed;
use kartoteka_store::StoreError;
use kartoteka_store::db::Db;

/// What the files of an index are called, and for what they are made.
#[derive(Debug, Clone)]
pub struct IndexFiles {
    folder: PathBuf,
    /// What all files of this kind of record begin with, whatever they were made for.
    kind: String,
    /// What those begin with that were made for this layout.
    stem: String,
    pub(super) layout: Arc<IndexLayout>,
    /// Says to other processes, and to this one with other settings, that these files are used.
    used: Arc<Mutex<Option<File>>>,
}

/// The lock of all who use files of a layout: those of others nobody uses are removed.
const USED: &str = "used";

/// The lock of whoever makes an index: two would mix their records.
pub(super) const MAKING: &str = "lock";

fn failed(error: io::Error) -> StoreError {
    StoreError::Unavailable(error.into())
}

/// Removes a file that may not be there.
fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
        _ => Ok(()),
    }
}

/// Removes a file that was being made, with its journal.
pub(super) fn drop_file(path: &Path) -> Result<(), StoreError> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    remove(path)?;
    remove(journal.as_ref())
}

impl IndexFiles {
    /// Those that begin with a name in a folder.
    pub fn new(folder: &Path, name: &str, layout: IndexLayout) -> Self {
        let fingerprint = layout.fingerprint();
        Self {
            folder: folder.to_owned(),
            kind: format!("{name}."),
            stem: format!("{name}.{}", &fingerprint[..8]),
            layout: Arc::new(layout),
            used: Arc::default(),
        }
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{}.{number}.index", self.stem))
    }

    /// A file that belongs to the making of an index.
    pub(super) fn beside(&self, what: &str) -> PathBuf {
        self.folder.join(format!("{}.index.{what}", self.stem))
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = self.folder.read_dir().map_err(failed)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let names: io::Result<Vec<String>> = names.collect();
        let mut names = names.map_err(failed)?;
        names.retain(|name| name.starts_with(&self.kind));
        Ok(names)
    }

    /// The number of the last file; zero before the first.
    fn last(&self) -> Result<u64, StoreError> {
        let number = |name: &String| {
            let name = name.strip_prefix(&self.stem)?.strip_prefix('.')?;
            name.strip_suffix(".index")?.parse().ok()
        };
        Ok(self.names()?.iter().filter_map(number).max().unwrap_or(0))
    }

    /// Opens the file that answers. Where there is none an empty one is made; one that can't be read gets one beside it.
    ///
    /// # Errors
    /// When the folder can't be read or written.
    #[boxed]
    pub async fn open(&self) -> Result<SearchIndex, StoreError> {
        let used = self.lock_file(USED)?;
        used.lock_shared().map_err(failed)?;
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Some(used);
        // Of processes that begin at once one makes it.
        let _opening = self.lock("opening").await?;
        let last = self.last()?;
        if last > 0 {
            match self.open_number(last).await {
                // What is in it can be made anew.
                Err(StoreError::Database(_) | StoreError::Unreadable(_)) => {}
                opened => return opened,
            }
        }
        self.make_empty().await
    }

    /// Opens the file that came after one, if any did.
    ///
    /// # Errors
    /// When it can't be opened.
    #[boxed]
    pub async fn newer(&self, than: &SearchIndex) -> Result<Option<SearchIndex>, StoreError> {
        let last = self.last()?;
        if last <= than.number {
            return Ok(None);
        }
        self.open_number(last).await.map(Some)
    }

    async fn open_number(&self, number: u64) -> Result<SearchIndex, StoreError> {
        let db = Db::open_index(&self.path(number)).await?;
        let index = SearchIndex::of(db, Arc::clone(&self.layout), number);
        match index.meta("layout").await?.as_deref() == Some(&self.layout.fingerprint()) {
            true => Ok(index),
            false => Err(StoreError::Unreadable(format!(
                "{} is no index of its name",
                self.path(number).display()
            ))),
        }
    }

    async fn make_empty(&self) -> Result<SearchIndex, StoreError> {
        let path = self.beside("empty");
        drop_file(&path)?;
        let db = Db::open_making(&path).await?;
        let mut tx = db.begin().await?;
        for statement in self.layout.create_statements() {
            tx.execute(&statement, &[]).await?;
        }
        let sql = "INSERT INTO meta (name, value) VALUES ('layout', ?)";
        tx.execute(sql, &kartoteka_store::args![self.layout.fingerprint()])
            .await?;
        tx.commit().await?;
        into_use(db).await?;
        self.name(&path).await
    }

    /// Gives a file that was made its name, and opens it.
    pub(super) async fn name(&self, path: &Path) -> Result<SearchIndex, StoreError> {
        let number = self.last()? + 1;
        std::fs::rename(path, self.path(number)).map_err(failed)?;
        self.open_number(number).await
    }

    /// Sends everybody who has one file open to another that came after it, and removes what is of no use any more.
    ///
    /// # Errors
    /// When the first can't be written, or a file can't be removed.
    #[boxed]
    pub async fn replace(&self, old: &SearchIndex, new: &SearchIndex) -> Result<(), StoreError> {
        old.set_meta("next", &new.number.to_string()).await?;
        let stays = format!("{}.{}.index", self.stem, new.number);
        let of_making = format!("{}.index.", self.stem);
        for name in self.names()? {
            let own = self.stem_of(&name) == self.stem;
            if own && !name.starts_with(&stays) && !name.starts_with(&of_making) {
                remove(&self.folder.join(name))?;
            }
        }
        self.tidy()
    }

    /// Removes files of other layouts, unless somebody makes or uses them.
    ///
    /// # Errors
    /// When the folder can't be read or a file not be removed.
    pub fn tidy(&self) -> Result<(), StoreError> {
        for name in self.names()? {
            let stem = self.stem_of(&name);
            if stem != self.stem && !self.is_locked(&stem, MAKING) && !self.is_locked(&stem, USED) {
                remove(&self.folder.join(name))?;
            }
        }
        Ok(())
    }

    /// Says that nobody uses these files here any more.
    pub fn let_go(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What a file's name begins with for the sake of its layout.
    fn stem_of(&self, name: &str) -> String {
        let layout = name[self.kind.len()..].split('.').next();
        format!("{}{}", self.kind, layout.unwrap_or_default())
    }

    /// Whether somebody has a lock of this stem.
    fn is_locked(&self, stem: &str, what: &str) -> bool {
        let lock = File::open(self.folder.join(format!("{stem}.index.{what}")));
        lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }

    fn lock_file(&self, what: &str) -> Result<File, StoreError> {
        let mut options = File::options();
        let options = options.create(true).truncate(false).write(true);
        options.open(self.beside(what)).map_err(failed)
    }

    /// Waits until no other process has this lock; the system lets go of it should the process end.
    pub(super) async fn lock(&self, what: &str) -> Result<File, StoreError> {
        let file = self.lock_file(what)?;
        let lock = move || file.lock().map(|()| file).map_err(failed);
        aside(lock).await
    }
}

/// Runs what takes the processor's time, or waits, away from the threads that answer requests.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(failed(io::Error::other(error))))
}

/// Ends the making of a file: it can be read while it is written from now on.
pub(super) async fn into_use(db: Db) -> Result<(), StoreError> {
    db.fetch("PRAGMA journal_mode = WAL", &[]).await?;
    db.close().await;
    Ok(())
}
