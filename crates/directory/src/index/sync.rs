//! An index as it is kept in step: the file that answers, and how far it is.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_index::{IndexFiles, SearchIndex};
use kartoteka_store::StoreError;
use tokio::sync::{Mutex, watch};

use crate::error::{Error, Result};
use crate::index::unreadable::Unreadable;
use crate::search::IndexState;

/// How long a search waits at the start for what others wrote while the program did not run, and for the first file at all.
const START_TIMEOUT: Duration = Duration::from_secs(5);

/// An index and how far it is.
pub(crate) struct IndexSync {
    pub files: IndexFiles,
    current: RwLock<Arc<SearchIndex>>,
    pub following: Mutex<()>,
    pub building: AtomicBool,
    pub done: AtomicU64,
    /// Records are written in bulk by this program; the index is made anew afterwards.
    pub filling: AtomicBool,
    /// It could not be written when it had to follow: it lacks what was saved since.
    pub lagging: AtomicBool,
    /// Something could not be read, since its source did not answer: the index lacks it.
    pub incomplete: AtomicBool,
    /// Sources that failed while they were read.
    pub unreadable: Unreadable,
    /// Whether it was looked what others wrote since the index was last kept in step.
    caught_up: watch::Sender<bool>,
}

impl IndexSync {
    /// Opens the index of these files.
    #[boxed]
    pub async fn open(files: IndexFiles) -> Result<Self, StoreError> {
        let index = files.open().await?;
        let incomplete = is_incomplete(&index).await?;
        Ok(Self {
            files,
            current: RwLock::new(Arc::new(index)),
            following: Mutex::new(()),
            building: AtomicBool::new(false),
            done: AtomicU64::new(0),
            filling: AtomicBool::new(false),
            lagging: AtomicBool::new(false),
            incomplete: AtomicBool::new(incomplete),
            unreadable: Unreadable::default(),
            caught_up: watch::Sender::new(true),
        })
    }

    /// The file that answers now. Whoever asks several things of it asks the same file: another one has other places.
    pub fn index(&self) -> Arc<SearchIndex> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// Closes the file that answers, which may be removed then.
    #[boxed]
    pub async fn close(&self) {
        self.index().close().await;
        self.files.let_go();
    }

    /// Removes files of other settings that nobody uses.
    pub fn tidy(&self) -> Result<(), StoreError> {
        self.files.tidy()
    }

    /// Goes over to a file, unless it has gone over to a later one; whether it did.
    pub fn go_over_to(&self, index: Arc<SearchIndex>) -> bool {
        let current = self.current.write();
        let mut current = current.unwrap_or_else(PoisonError::into_inner);
        let newer = index.is_newer(&current);
        if newer {
            *current = index;
        }
        newer
    }

    /// Goes over to the file that another process made, if there is one; whether everything was read into it.
    pub async fn go_over(&self) -> Result<bool, StoreError> {
        let Some(newer) = self.files.newer(&self.index()).await? else {
            return Ok(false);
        };
        let built = newer.is_built().await?;
        let incomplete = is_incomplete(&newer).await?;
        if self.go_over_to(Arc::new(newer)) {
            self.incomplete.store(incomplete, Ordering::Relaxed);
        }
        Ok(built)
    }

    /// Whether everything that is saved is in the index, so that it can say what there is not.
    pub fn is_complete(&self) -> bool {
        self.state() == IndexState::Current && !self.incomplete.load(Ordering::Relaxed)
    }

    /// Notes whether the index lacks something, also for the next start.
    pub(crate) async fn note_incomplete(&self, incomplete: bool) -> Result<()> {
        if self.incomplete.swap(incomplete, Ordering::Relaxed) != incomplete {
            let value = if incomplete { "1" } else { "" };
            let noted = self.index().set_meta("incomplete", value).await;
            noted.map_err(Error::index)?;
        }
        Ok(())
    }

    /// What others wrote since it was kept in step is to be looked for first.
    pub fn is_to_catch_up(&self) {
        self.caught_up.send_replace(false);
    }

    /// It was looked what others wrote, as far as they answer.
    pub fn is_caught_up(&self) {
        self.caught_up.send_replace(true);
    }

    /// Waits a while for that.
    pub async fn caught_up(&self) {
        if !*self.caught_up.borrow() {
            let mut seen = self.caught_up.subscribe();
            let _ = tokio::time::timeout(START_TIMEOUT, seen.wait_for(|done| *done)).await;
        }
    }

    /// Waits a while at the first start of all until there is a file that answers: most directories are read in no time.
    pub async fn begun(&self) {
        let begun = async {
            while self.building.load(Ordering::Acquire) {
                match self.index().progress().await {
                    Ok(progress) if progress.position.is_none() && !progress.is_replaced => {
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                    // What can't be read is told by whoever searches.
                    _ => return,
                }
            }
        };
        let _ = tokio::time::timeout(START_TIMEOUT, begun).await;
    }

    /// It answers as it is.
    pub fn is_built(&self) {
        // Whoever sees this sees the file, too.
        self.building.store(false, Ordering::Release);
    }

    pub fn state(&self) -> IndexState {
        if self.building.load(Ordering::Acquire) || self.lagging.load(Ordering::Relaxed) {
            IndexState::Building {
                done: self.done.load(Ordering::Relaxed),
            }
        } else {
            IndexState::Current
        }
    }
}

/// Whether a file notes that it lacks something.
async fn is_incomplete(index: &SearchIndex) -> Result<bool, StoreError> {
    Ok(index.meta("incomplete").await?.as_deref() == Some("1"))
}
