//! Hashing passwords: never more at once than there are cores, since each hash takes one, and much memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kartoteka_passwords::Work;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::error::{Error, Result};

/// Log-ins for each core that may wait or be in work: with more, who waits longest has given up.
const PLACES: usize = 8;

/// What is said to log-ins that find no place: by then those that have one are through.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// What hashes passwords.
pub struct Hashing {
    free: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// How many places each network has, and how many it may have: a flood from one leaves room for others.
    taken: Mutex<HashMap<String, usize>>,
    share: usize,
    /// The work of the forms that agents' passwords are stored in, and when that was looked at.
    pub(crate) works: Mutex<Option<(Instant, Arc<[Work]>)>>,
}

impl Default for Hashing {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            free: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(cores * PLACES)),
            taken: Mutex::default(),
            share: cores * PLACES / 2,
            works: Mutex::new(None),
        }
    }
}

/// A place among the log-ins, for as long as it is kept.
pub struct Place<'a> {
    hashing: &'a Hashing,
    network: &'a str,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.hashing.taken();
        if let Some(count) = taken.get_mut(self.network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(self.network);
            }
        }
    }
}

impl Hashing {
    /// A place for a log-in from a network.
    ///
    /// # Errors
    /// `Busy` when all are taken, or those that one network may have.
    pub fn place<'a>(&'a self, network: &'a str) -> Result<Place<'a>> {
        let busy = || Error::Busy {
            retry_after: RETRY_AFTER,
        };
        let permit = self.places.clone().try_acquire_owned();
        let permit = permit.map_err(|_| busy())?;
        let mut taken = self.taken();
        let count = taken.entry(network.to_owned()).or_default();
        if *count >= self.share {
            return Err(busy());
        }
        *count += 1;
        Ok(Place {
            hashing: self,
            network,
            _permit: permit,
        })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does work that takes a core, off the threads that answer.
    ///
    /// # Errors
    /// `Internal` when the work panics.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let free = self.free.clone().acquire_owned().await;
        let free = free.map_err(Error::internal)?;
        let work = move || {
            // Kept until it is done, also where nobody waits for it any more.
            let _free = free;
            work()
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::disallowed_methods,
        reason = "hashing blocks its thread, and so does what stands for it here"
    )]

    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test(flavor = "multi_thread")]
    async fn no_more_is_hashed_at_once_than_there_are_cores() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let hashing = Arc::new(Hashing::default());
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let all = (0..cores * 10).map(|_| {
            let (hashing, now, most) = (hashing.clone(), now.clone(), most.clone());
            tokio::spawn(async move {
                let work = move || {
                    let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(running, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(2));
                    now.fetch_sub(1, Ordering::SeqCst);
                };
                hashing.run(work).await.unwrap();
            })
        });
        for one in futures::future::join_all(all).await {
            one.unwrap();
        }
        assert!((1..=cores).contains(&most.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_keeps_its_core() {
        let hashing = Arc::new(Hashing::default());
        let cores = hashing.free.available_permits();
        let (begun, begins) = std::sync::mpsc::channel();
        let (end, ends) = std::sync::mpsc::channel::<()>();
        let waiting = tokio::spawn({
            let hashing = hashing.clone();
            async move {
                let work = move || {
                    begun.send(()).unwrap();
                    let _ = ends.recv();
                };
                hashing.run(work).await
            }
        });
        let begins = move || begins.recv().unwrap();
        tokio::task::spawn_blocking(begins).await.unwrap();
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(hashing.free.available_permits(), cores - 1);
        drop(end);
        while hashing.free.available_permits() < cores {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn places_are_few_and_given_back() {
        let hashing = Hashing::default();
        let all = hashing.places.available_permits();
        let fill = |network: &'static str| -> Vec<Place<'_>> {
            std::iter::from_fn(|| hashing.place(network).ok()).collect()
        };
        let mut one = fill("one");
        assert_eq!(one.len(), all / 2, "no network has all of them");
        let other = fill("other");
        assert_eq!(one.len() + other.len(), all);
        assert!(matches!(hashing.place("third"), Err(Error::Busy { .. })));
        one.pop();
        assert!(hashing.place("third").is_ok());
        drop((one, other));
        assert!(hashing.taken().is_empty());
        assert_eq!(hashing.places.available_permits(), all);
    }
}
