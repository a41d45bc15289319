//! Which sources failed while an index was made.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::handle::SourceHandle;

/// A source that failed in the middle is not read from its beginning again for so long: what made it fail may stay.
const UNREADABLE: Duration = Duration::from_secs(600);

/// Sources that failed while they were read, and when.
#[derive(Default)]
pub(crate) struct Unreadable(Mutex<BTreeMap<String, Instant>>);

impl Unreadable {
    pub fn note(&self, handle: &SourceHandle) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(handle.spec.id.clone(), Instant::now());
    }

    pub fn has(&self, handle: &SourceHandle) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = all.get(&handle.spec.id);
        since.is_some_and(|since| since.elapsed() < UNREADABLE)
    }
}
