//! What is known of the losses of a source while the program runs.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::limit::allowed;

/// Losses within so many seconds count together.
const WINDOW: i64 = 3600;

/// So many times as long as comparing all took it is left alone, and at most so long.
const REST: u32 = 20;
const LONGEST: Duration = Duration::from_secs(600);

/// Those who were not answered with are remembered up to so many.
const REMEMBERED: usize = 20_000;

/// What a source lost within a time.
#[derive(Default)]
struct Lost {
    since: i64,
    count: u64,
    /// So many more were agreed to.
    agreed: u64,
}

/// The state of a source's losses.
#[derive(Default)]
pub(crate) struct LossState {
    /// Seconds since 1970; 0 while it is not held.
    held_since: AtomicI64,
    /// So many are gone at once that it has to be compared before it speaks again.
    doubted: AtomicBool,
    /// It came to be held while an index was made.
    just_held: AtomicBool,
    /// Somebody was not answered with.
    wanted: AtomicBool,
    /// Who that was, in lower case.
    missed: Mutex<BTreeSet<String>>,
    lost: Mutex<Lost>,
    /// It is not compared before.
    rests_until: Mutex<Option<Instant>>,
    /// Held from comparing it until what it lost is taken in.
    turn: tokio::sync::Mutex<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl LossState {
    /// One at a time compares it and takes in what it lost: two who did the same would count it twice, and who is lost
    /// next would be held back for it.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Since when an admin is asked about it.
    pub fn held_since(&self) -> Option<i64> {
        let since = self.held_since.load(Ordering::Relaxed);
        (since > 0).then_some(since)
    }

    /// Whether what was known of it speaks in its place.
    pub fn is_silent(&self) -> bool {
        self.held_since().is_some() || self.is_doubted()
    }

    pub fn is_doubted(&self) -> bool {
        self.doubted.load(Ordering::Relaxed)
    }

    pub fn doubt(&self) {
        self.doubted.store(true, Ordering::Relaxed);
        self.want_look();
    }

    /// Notes since when it is held, or that it is not; whether that is other than before.
    pub fn set_held(&self, since: Option<i64>) -> bool {
        let since = since.unwrap_or(0);
        self.held_since.swap(since, Ordering::Relaxed) != since
    }

    /// Notes that it came to be held while an index was made.
    pub fn note_just_held(&self) {
        self.just_held.store(true, Ordering::Relaxed);
    }

    /// Whether it did, once.
    pub fn take_just_held(&self) -> bool {
        self.just_held.swap(false, Ordering::Relaxed)
    }

    /// Asks for a comparison of all.
    pub fn want_look(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }

    /// Asks for one at once.
    pub fn want_look_now(&self) {
        *lock(&self.rests_until) = None;
        self.want_look();
    }

    /// Whether all of it is to be compared now.
    pub fn wants_look(&self) -> bool {
        let rested = lock(&self.rests_until).is_none_or(|until| Instant::now() >= until);
        let wanted = self.wanted.load(Ordering::Relaxed) || self.held_since().is_some();
        self.is_doubted() || wanted && rested
    }

    /// All of it begins to be compared: who is not answered with from here on asks for another time.
    pub fn begin_look(&self) {
        self.wanted.store(false, Ordering::Relaxed);
        lock(&self.missed).clear();
    }

    /// It was compared, which took so long; whether to the end.
    pub fn end_look(&self, took: Duration, is_done: bool) {
        if is_done {
            self.doubted.store(false, Ordering::Relaxed);
        }
        *lock(&self.rests_until) = Some(Instant::now() + (took * REST).min(LONGEST));
    }

    /// Notes that these were not answered with; how many that are by now.
    pub fn miss(&self, keys: impl Iterator<Item = String>) -> u64 {
        self.want_look();
        let mut missed = lock(&self.missed);
        for key in keys {
            if missed.len() < REMEMBERED {
                missed.insert(key);
            }
        }
        missed.len() as u64
    }

    /// How many were lost within the last hour.
    pub fn lost(&self, now: i64) -> u64 {
        let lost = lock(&self.lost);
        match (lost.since..lost.since + WINDOW).contains(&now) {
            true => lost.count,
            false => 0,
        }
    }

    /// Notes that so many are lost.
    pub fn lose(&self, now: i64, count: u64) {
        let mut lost = lock(&self.lost);
        if !(lost.since..lost.since + WINDOW).contains(&now) {
            (lost.since, lost.count) = (now, 0);
        }
        let agreed = count.min(lost.agreed);
        lost.agreed -= agreed;
        lost.count += count - agreed;
    }

    /// Whether so many more may be lost without asking: what was agreed to is asked already.
    pub fn can_lose(&self, now: i64, count: u64, limit: u8, known: u64) -> bool {
        let agreed = lock(&self.lost).agreed;
        self.lost(now) + count.saturating_sub(agreed) <= allowed(limit, known)
    }

    /// What was lost until now was agreed to, and so many more are.
    pub fn agree(&self, agreed: u64) {
        *lock(&self.lost) = Lost {
            agreed,
            ..Lost::default()
        };
    }
}
