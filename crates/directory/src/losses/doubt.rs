//! Who is not answered with, though the index knows them: no proof that they are gone, and in numbers a reason not to
//! believe the source.

use kartoteka_model::source::Origin;
use kartoteka_model::text::lower;

use super::limit::{allowed, is_too_much};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

impl Directory {
    /// Whether a source that did not answer with these keys is not to be believed, as it lacks so many: what was known of
    /// it speaks then, until all of it was compared. That those who are known are missing is noted.
    pub(crate) async fn is_doubtful(
        &self,
        kind: Kind,
        number: usize,
        handle: &SourceHandle,
        keys: &[String],
    ) -> Result<bool> {
        if !handle.is_guarded() || keys.is_empty() {
            return Ok(false);
        }
        let index = self.index_sync(kind).index();
        let marks = index.marks(keys).await.map_err(Error::index)?;
        let marks = marks.into_values().flatten();
        let mut missed = marks.filter(|mark| mark.source == number).peekable();
        if missed.peek().is_none() {
            return Ok(false);
        }
        let missed = handle.losses.miss(missed.map(|mark| lower(&mark.key)));
        // Somebody else found out just now.
        if handle.losses.is_silent() {
            return Ok(true);
        }
        let limit = handle.spec.loss_limit;
        let known = index.count_of_source(number).await;
        let known = known.map_err(Error::index)?.iter().sum();
        let doubtful = missed > allowed(limit, known) || {
            // What is in memory is counted at once.
            let Origin::Csv(_) = handle.spec.origin else {
                return Ok(false);
            };
            let there = handle.probe().await?.count().await;
            let there = there.map_err(|error| handle.failed(error))?;
            is_too_much(limit, known, known.saturating_sub(there), there)
        };
        if doubtful {
            handle.losses.doubt();
        }
        Ok(doubtful)
    }
}
