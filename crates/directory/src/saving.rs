//! Saves: one transaction each, tried again when others were in its way.

use std::time::Duration;

use futures::future::BoxFuture;
use kartoteka_boxed::boxed;
use kartoteka_store::own::journal;
use kartoteka_store::{Tx, is_saving, saving};
use rand::Rng;
use tokio::time::Instant;

use crate::directory::Inside;
use crate::error::{Error, Result};

/// So often a save is tried at most. On two servers of a cluster every second one may meet another.
const TRIES: u32 = 12;

/// After so long it is not tried again: somebody waits for the answer.
const LONG: Duration = Duration::from_secs(12);

/// The longest pause before the second try, in milliseconds; it doubles with each of the next four.
const PAUSE: u64 = 20;
const DOUBLED: u32 = 5;

/// Made by itself, so that a large future is not on the stack of whoever waits for it.
#[inline(never)]
fn boxed<'f, T, F>(attempt: &impl Fn() -> F) -> BoxFuture<'f, Result<T>>
where
    F: Future<Output = Result<T>> + Send + 'f,
{
    Box::pin(attempt())
}

impl Inside<'_> {
    /// Does a save. Whatever is read from the home database once its transaction has begun is read within it. When the
    /// database undid it since others were in its way (two nodes at once, a lock that somebody kept), all of it is done
    /// again: what is checked in it is checked again, too.
    ///
    /// # Errors
    /// What the attempt comes to; `Unavailable` when others were in its way for too long.
    pub async fn save<T, F>(self, attempt: impl Fn() -> F) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        let begun = Instant::now();
        let mut tries = 1;
        loop {
            let outcome = saving(boxed(&attempt)).await;
            match outcome {
                Err(error) if error.is_contended() && tries < TRIES && begun.elapsed() < LONG => {
                    tracing::debug!(
                        tries,
                        error = &error as &dyn std::error::Error,
                        "a save is tried again"
                    );
                    let pause = rand::rng().random_range(0..PAUSE << tries.min(DOUBLED));
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// Begins the transaction of a save in the home database, when it is its turn.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn begin(self) -> Result<Tx> {
        debug_assert!(is_saving(), "a transaction outside of a save");
        self.inner.home.begin().await.map_err(Error::home)
    }

    /// The same with the journal's lock, which every other save through Kartoteka waits for, on any node: what is checked
    /// from here on stays true until the end.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn begin_locked(self) -> Result<Tx> {
        let mut tx = self.begin().await?;
        journal::lock(&mut tx).await.map_err(Error::home)?;
        Ok(tx)
    }
}
