//! How far a source's changes were taken in: its watermark, kept with the index.
//!
//! A watermark is what the source said when it was last looked for changes, or began to be read from the beginning. It goes
//! on only when what was found is in the index.

use kartoteka_boxed::boxed;
use kartoteka_sources::{Source, Watermark};

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::sync::IndexSync;

/// Under which name an index keeps the watermark of a source.
pub(crate) fn name(handle: &SourceHandle) -> String {
    format!("watermark {}", handle.spec.id)
}

/// A watermark, as it was when it was looked at.
pub(crate) struct Kept {
    name: String,
    /// None is the beginning of time.
    pub mark: Option<Watermark>,
}

impl Kept {
    /// The one that a source has.
    #[boxed]
    pub async fn of(index_sync: &IndexSync, handle: &SourceHandle) -> Result<Self> {
        let name = name(handle);
        let kept = index_sync.index().meta(&name).await.map_err(Error::index)?;
        let mark = kept.map(Watermark::kept);
        Ok(Self { name, mark })
    }

    /// Moves it. One that somebody else set meanwhile stays as it is: the sources may have been read from the beginning.
    #[boxed]
    pub async fn advance(self, index_sync: &IndexSync, to: &Watermark) -> Result<()> {
        let to = to.as_str();
        match &self.mark {
            Some(kept) => {
                let index = index_sync.index();
                let moved = index.advance_meta(&self.name, kept.as_str(), to).await;
                moved.map(|_| ()).map_err(Error::index)
            }
            None => {
                let set = index_sync.index().set_meta(&self.name, to).await;
                set.map_err(Error::index)
            }
        }
    }
}

/// The watermark that a source has now.
pub(crate) async fn of(handle: &SourceHandle, source: &Source) -> Result<Watermark> {
    let now = source.watermark(handle.now()).await;
    now.map_err(|error| handle.failed(error))
}
