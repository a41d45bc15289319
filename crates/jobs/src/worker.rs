//! Working on jobs: whoever claims one does portions of it, and gives it back when they stop.

use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::Inside;
use kartoteka_directory::{Actor, Error, Maintenance, Result};
use kartoteka_store::own::jobs::{self, Move};
use tokio::time::Instant;

use super::job::{Job, JobProblem, JobState, Task};
use crate::Jobs;

/// After so many seconds whoever works on a job and says nothing is given up for lost.
pub(super) const CLAIM_TIMEOUT: i64 = 30;

/// How often a node looks for jobs that others left.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Between two portions others get at the database.
const PAUSE: Duration = Duration::from_millis(5);

/// After so long on one job, others get their turn.
const TURN: Duration = Duration::from_secs(2);

/// States in which there is something to do.
const WORK: [&str; 4] = ["collecting", "previewing", "running", "stopping"];

/// A job that somebody works on. Whoever claimed it and is not heard of for half a minute loses it to the next one.
#[derive(Debug)]
pub struct JobClaim {
    pub id: i64,
    pub(super) owner: String,
}

/// What a portion of work came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// There is more to do.
    More,
    /// There is nothing to do for now: it is over, or waits to be started.
    Ready,
    /// Somebody else works on it.
    Lost,
}

/// A name that nobody else has.
pub(super) fn claim_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Whoever works on jobs: nobody is asked whether they may, so that it takes a [`Maintenance`], which doors do not have.
///
/// ```compile_fail
/// async fn door(directory: &kartoteka_directory::Directory) {
///     kartoteka_jobs::Worker::of(directory).work_on_jobs().await;
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Worker<'m>(Jobs<'m>);

impl<'m> Worker<'m> {
    /// One for this directory.
    pub fn of(maintenance: &'m Maintenance) -> Self {
        Self(Jobs::of(maintenance))
    }

    /// Works on jobs until the directory is closed, then finishes the portion in work and gives the job back. Any
    /// number of nodes may; the server does.
    #[boxed]
    pub async fn work_on_jobs(self) {
        Box::pin(self.0.work_on_jobs()).await;
    }

    /// Claims a job to work on: this one, or the one that waited longest. None when there is nothing to do, or somebody
    /// else does it.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn claim_job(self, id: Option<i64>) -> Result<Option<JobClaim>> {
        Box::pin(self.0.claim_job(id)).await
    }

    /// Does a portion of a job.
    ///
    /// # Errors
    /// When a source or the database does not answer; nothing of the portion is written then.
    #[boxed]
    pub async fn advance_job(self, claim: &JobClaim) -> Result<Advance> {
        Box::pin(self.0.advance_job(claim)).await
    }
}

impl Jobs<'_> {
    async fn work_on_jobs(self) {
        let _working = self.directory.work().working.lock().await;
        let mut stop = self.directory.stop();
        let mut tidied: Option<Instant> = None;
        while !*stop.borrow() {
            let found = match self.claim_job(None).await {
                Ok(Some(claim)) => {
                    Jobs::of(&self.directory.current())
                        .work_a_turn(&claim)
                        .await;
                    true
                }
                Ok(None) => false,
                Err(error) => {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "no job could be looked for"
                    );
                    false
                }
            };
            if found {
                continue;
            }
            if tidied.is_none_or(|at| at.elapsed() > Duration::from_secs(600)) {
                tidied = Some(Instant::now());
                let directory = self.directory.current();
                if let Err(error) = kartoteka_login::tidy(Inside::of(&directory)).await {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "old sessions and attempts could not be dropped"
                    );
                }
                if let Err(error) = Jobs::of(&directory).tidy_jobs().await {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        "old jobs could not be dropped"
                    );
                }
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = self.directory.work().wake.notified() => {}
                _ = stop.changed() => return,
            }
        }
    }

    async fn work_a_turn(self, claim: &JobClaim) {
        let stop = self.directory.stop();
        let begun = Instant::now();
        loop {
            match self.advance_job(claim).await {
                Ok(Advance::More) => {}
                Ok(Advance::Ready | Advance::Lost) => return,
                Err(error) => return self.failed_job(claim, &error).await,
            }
            if *stop.borrow() || begun.elapsed() > TURN {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        if let Err(error) = self.give_job_back(claim).await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "a job could not be given back; it is taken over in half a minute"
            );
        }
    }

    /// What does not answer is asked again later; anything else ends the job.
    async fn failed_job(self, claim: &JobClaim, error: &Error) {
        if matches!(error, Error::Unavailable { .. }) {
            tracing::warn!(
                job = claim.id,
                error = error as &dyn std::error::Error,
                "a job waits"
            );
            let mut stop = self.directory.stop();
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = stop.changed() => {}
            }
            let _ = self.give_job_back(claim).await;
            return;
        }
        tracing::error!(
            job = claim.id,
            error = error as &dyn std::error::Error,
            "a job failed"
        );
        if let Err(error) = self
            .end_job(claim, JobState::Failed, Some(JobProblem::Internal))
            .await
        {
            tracing::error!(
                job = claim.id,
                error = &error as &dyn std::error::Error,
                "a failed job could not be marked so"
            );
        }
    }

    async fn end_job(
        self,
        claim: &JobClaim,
        state: JobState,
        problem: Option<JobProblem>,
    ) -> Result<()> {
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin().await?;
                let change = Move {
                    from: &WORK,
                    to: state.name(),
                    owner: "",
                    now: self.directory.clock().now(),
                    over: true,
                    problem: problem.map_or("", JobProblem::name),
                    idle_since: None,
                };
                jobs::shift(&mut tx, claim.id, &change)
                    .await
                    .map_err(Error::home)?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }

    async fn claim_job(self, id: Option<i64>) -> Result<Option<JobClaim>> {
        let now = self.directory.clock().now();
        let home = self.directory.home();
        let id = match id {
            Some(id) => id,
            None => {
                let waiting = jobs::waiting(home, &WORK, now - CLAIM_TIMEOUT).await;
                let Some(row) = waiting.map_err(Error::home)? else {
                    return Ok(None);
                };
                row.id
            }
        };
        let owner = claim_token();
        let claimed = jobs::claim(home, id, &WORK, &owner, now, now - CLAIM_TIMEOUT).await;
        Ok(claimed
            .map_err(Error::home)?
            .then_some(JobClaim { id, owner }))
    }

    async fn advance_job(self, claim: &JobClaim) -> Result<Advance> {
        let row = jobs::find(self.directory.home(), claim.id)
            .await
            .map_err(Error::home)?;
        let Some(row) = row.filter(|row| row.owner == claim.owner) else {
            return Ok(Advance::Lost);
        };
        let task = Task::of(&row)?;
        match Job::of(&row)?.state {
            JobState::Collecting => self.collect(claim, &row, &task).await?,
            JobState::Previewing => self.look(claim, &row, &task).await?,
            JobState::Running => self.run(claim, &row, &task).await?,
            JobState::Stopping => self.end_job(claim, JobState::Stopped, None).await?,
            _ => return Ok(Advance::Ready),
        }
        let row = jobs::find(self.directory.home(), claim.id)
            .await
            .map_err(Error::home)?;
        Ok(match row {
            Some(row) if !WORK.contains(&row.state.as_str()) => Advance::Ready,
            // Asked to stop while the portion was begun: the next one sees it.
            Some(row) if row.owner == claim.owner => Advance::More,
            _ => Advance::Lost,
        })
    }

    /// Gives a job back, so that anybody may go on with it.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn give_job_back(self, claim: &JobClaim) -> Result<()> {
        jobs::give_back(self.directory.home(), claim.id, &claim.owner)
            .await
            .map_err(Error::home)
    }

    /// Collects the people of a job and works out its preview, or waits while a server does, as far as that goes within a
    /// time. Role: editor.
    ///
    /// # Errors
    /// `Unknown`; when a source or the database does not answer.
    #[boxed]
    pub async fn prepare_job(self, actor: &Actor, id: i64, within: Duration) -> Result<Job> {
        let begun = Instant::now();
        let mut claim = None;
        loop {
            let job = self.job(actor, id).await?;
            let early = matches!(job.state, JobState::Collecting | JobState::Previewing);
            if !early || begun.elapsed() > within {
                if let Some(claim) = &claim {
                    self.give_job_back(claim).await?;
                    self.directory.work().wake.notify_one();
                }
                return Ok(job);
            }
            if claim.is_none() {
                claim = self.claim_job(Some(id)).await?;
            }
            match &claim {
                Some(held) => {
                    if self.advance_job(held).await? != Advance::More {
                        claim = None;
                    }
                }
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}
