//! Checking agents' passwords, in a time that does not tell what is stored.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_passwords::{VerifyOptions, Work};
use kartoteka_store::own::agents;
use secrecy::SecretString;
use tokio::time::Instant;

use crate::directory::Inside;
use crate::error::{Error, Result};

/// How long it is remembered which forms agents' passwords are stored in.
const REMEMBERED: Duration = Duration::from_secs(60);

/// The most forms that are imitated, the costliest first.
const MAX_WORKS: usize = 4;

/// What takes longer than this is not imitated for logins that nobody has: anybody could ask for it.
const MAX_MICROSECONDS: u64 = 2_000_000;

impl Inside<'_> {
    /// Checks a password of an agent's.
    ///
    /// # Errors
    /// When the work panics.
    #[boxed]
    pub async fn verified(
        self,
        password: SecretString,
        stored: String,
        login: String,
    ) -> Result<bool> {
        self.verified_beside(password, stored, login, Arc::new([]))
            .await
    }

    /// The same in a time that does not tell what is stored, or whether anything is.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn verified_evenly(
        self,
        password: SecretString,
        stored: String,
        login: String,
    ) -> Result<bool> {
        let works = self.works().await?;
        self.verified_beside(password, stored, login, works).await
    }

    async fn verified_beside(
        self,
        password: SecretString,
        stored: String,
        login: String,
        works: Arc<[Work]>,
    ) -> Result<bool> {
        let check = move || {
            let options = VerifyOptions {
                login: &login,
                allow_plain: false,
            };
            let verdict = kartoteka_passwords::verify_evenly(&password, &stored, options, &works);
            matches!(verdict, kartoteka_passwords::Verdict::Accepted { .. })
        };
        self.inner.hashing.run(check).await
    }

    /// The work of every form that agents' passwords are stored in, and of the one that is written.
    async fn works(self) -> Result<Arc<[Work]>> {
        let hashing = &self.inner.hashing;
        let known = hashing.works.lock();
        let known = known.unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, works)) = known
            && at.elapsed() < REMEMBERED
        {
            return Ok(works);
        }
        let stored = agents::passwords(&self.inner.home)
            .await
            .map_err(Error::home)?;
        let mut works: Vec<Work> = vec![];
        for work in stored.iter().filter_map(|stored| Work::of(stored)) {
            if !works.contains(&work) && work.microseconds() <= MAX_MICROSECONDS {
                works.push(work);
            }
        }
        works.sort_by_key(|work| std::cmp::Reverse(work.microseconds()));
        works.truncate(MAX_WORKS);
        let written = Work::of_format(self.write_format(true));
        works.extend(written.filter(|work| !works.contains(work)));
        let works: Arc<[Work]> = works.into();
        let mut known = hashing.works.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some((Instant::now(), works.clone()));
        Ok(works)
    }
}
