//! The story's clock.

use std::sync::atomic::{AtomicI64, Ordering};

use kartoteka_directory::{Clock, SystemClock};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A clock that is set to times of past days, and goes on from there; in the end it is the machine's.
#[derive(Debug, Default)]
pub struct StoryClock {
    /// Milliseconds before now.
    behind: AtomicI64,
}

impl StoryClock {
    /// Goes to an hour and minute (UTC) so many days ago; 0 is now, whatever the hour.
    pub fn go_to(&self, days_ago: i64, hour: i64, minute: i64) {
        let now = SystemClock.now_ms();
        let behind = match days_ago {
            0 => 0,
            _ => {
                let midnight = now - now.rem_euclid(DAY);
                now - (midnight - days_ago * DAY + (hour * 60 + minute) * MINUTE)
            }
        };
        self.behind.store(behind, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now_ms(&self) -> i64 {
        SystemClock.now_ms() - self.behind.load(Ordering::SeqCst)
    }
}
