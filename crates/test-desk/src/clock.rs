use std::sync::atomic::{AtomicI64, Ordering};

use kartoteka_directory::{Clock, SystemClock};

/// A clock that tests move: the machine's, or one that stands until it is moved.
#[derive(Debug, Default)]
pub struct TestClock {
    stands_at: Option<i64>,
    moved: AtomicI64,
}

impl TestClock {
    /// One that stands at a time, in milliseconds since 1970.
    pub fn standing_at(milliseconds: i64) -> Self {
        Self {
            stands_at: Some(milliseconds),
            moved: AtomicI64::default(),
        }
    }

    /// Lets so many seconds pass.
    pub fn wait(&self, seconds: i64) {
        self.moved.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        let begins = self.stands_at.unwrap_or_else(|| SystemClock.now_ms());
        begins + self.moved.load(Ordering::SeqCst)
    }
}
