//! How far a source's changes were taken in: its watermark, kept with the index.
//!
//! A watermark is a time of the source's database, in seconds since 1970: that at which it was last looked for changes,
//! or began to be read from the beginning. It goes on only when what was found is in the index.

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::IndexKeeper;
use crate::time;

/// Under which name an index keeps the watermark of a source.
pub(crate) fn name(handle: &SourceHandle) -> String {
    format!("watermark {}", handle.spec.id)
}

/// A watermark, as it was when it was looked at.
pub(crate) struct Watermark {
    name: String,
    /// As it is kept; one that is not kept is the beginning of time.
    kept: Option<String>,
}

impl Watermark {
    /// The one that a source has.
    pub async fn of(keeper: &IndexKeeper, handle: &SourceHandle) -> Result<Self> {
        let name = name(handle);
        let kept = keeper.index().meta(&name).await.map_err(Error::index)?;
        Ok(Self { name, kept })
    }

    /// The time itself. What can't be read counts as not kept: all changes are looked at again.
    pub fn at(&self) -> i64 {
        let kept = self.kept.as_ref().and_then(|kept| kept.parse().ok());
        kept.unwrap_or(0)
    }

    /// Moves it to a time. One that somebody else set meanwhile stays as it is: the sources may have been read from the
    /// beginning.
    pub async fn advance(self, keeper: &IndexKeeper, to: i64) -> Result<()> {
        let to = to.to_string();
        match self.kept {
            Some(kept) => {
                let moved = keeper.index().advance_meta(&self.name, &kept, &to).await;
                moved.map(|_| ()).map_err(Error::index)
            }
            None => {
                let set = keeper.index().set_meta(&self.name, &to).await;
                set.map_err(Error::index)
            }
        }
    }
}

/// The time of a source's database, in seconds since 1970.
pub(crate) async fn now(handle: &SourceHandle) -> Result<i64> {
    let table = handle.table().await?;
    let now = table.now().await.map_err(|error| handle.failed(error))?;
    let unreadable = || Error::internal(std::io::Error::other(format!("no time: {now}")));
    time::seconds(&now).ok_or_else(unreadable)
}
