//! Jobs and what became of their people, for those who look.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result, Search};
use kartoteka_index::{Query, Sort};
use kartoteka_store::own::job_items::{self, JobItemFilter};
use kartoteka_store::own::jobs::{self, JobRow};

use super::job::{ItemState, Job, JobItem};
use crate::Jobs;

/// Seconds in a day.
const DAY: i64 = 24 * 60 * 60;

/// The most that one answer may have.
const MOST: u32 = 10_000;

impl Jobs<'_> {
    pub(super) async fn job_row(self, id: i64) -> Result<JobRow> {
        let found = jobs::find(self.directory.home(), id)
            .await
            .map_err(Error::home)?;
        found.ok_or_else(|| Error::Unknown {
            what: "job",
            key: id.to_string(),
        })
    }

    /// A job. Role: editor.
    ///
    /// # Errors
    /// `Unknown` for one that is not there.
    #[boxed]
    pub async fn job(self, actor: &Actor, id: i64) -> Result<Job> {
        actor.require(Action::See, Object::Jobs)?;
        Ok(self.dated(Job::of(&self.job_row(id).await?)?))
    }

    /// The job with whether its people are still known.
    pub(super) fn dated(self, job: Job) -> Job {
        let gone = |finished| self.kept_since().is_some_and(|since| finished < since);
        Job {
            items_kept: !job.finished.is_some_and(gone),
            ..job
        }
    }

    /// People of jobs that ended before this time are dropped; none where they are kept for ever.
    pub(super) fn kept_since(self) -> Option<i64> {
        let days = i64::from(self.directory.settings().jobs.kept_days);
        (days > 0).then(|| self.directory.clock().now() - days * DAY)
    }

    /// Jobs before a number, the latest first. Role: editor.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn jobs(self, actor: &Actor, before: Option<i64>, limit: u32) -> Result<Vec<Job>> {
        actor.require(Action::See, Object::Jobs)?;
        let rows = jobs::latest(self.directory.home(), before, limit.min(MOST))
            .await
            .map_err(Error::home)?;
        let jobs = rows.iter().map(|row| Ok(self.dated(Job::of(row)?)));
        jobs.collect()
    }

    /// The jobs that take a job back, the latest first. Role: editor.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn jobs_undoing(self, actor: &Actor, id: i64) -> Result<Vec<Job>> {
        actor.require(Action::See, Object::Jobs)?;
        let rows = jobs::undoing(self.directory.home(), id)
            .await
            .map_err(Error::home)?;
        let jobs = rows.iter().map(|row| Ok(self.dated(Job::of(row)?)));
        jobs.collect()
    }

    /// People of a job after a place, in the order in which they are done; all of them or those in a state. Role:
    /// editor.
    ///
    /// # Errors
    /// `Unknown` for a job that is not there.
    #[boxed]
    pub async fn job_items(
        self,
        actor: &Actor,
        id: i64,
        state: Option<ItemState>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<JobItem>> {
        actor.require(Action::See, Object::Jobs)?;
        self.job_row(id).await?;
        let asked = JobItemFilter {
            job: id,
            state: state.map(ItemState::name),
            after,
            limit: limit.min(MOST),
        };
        let rows = job_items::find(self.directory.home(), asked)
            .await
            .map_err(Error::home)?;
        rows.into_iter().map(JobItem::of).collect()
    }

    /// How many people a search finds, exactly: as many as a job over it would be for. Role: editor.
    ///
    /// # Errors
    /// As [`Directory::search`].
    #[boxed]
    pub async fn count_found(self, actor: &Actor, search: &Search) -> Result<u64> {
        actor.require(Action::See, Object::Jobs)?;
        let kind = Kind::CustomerUser;
        let source = search.source.as_deref();
        let source = source
            .map(|id| self.directory.source_number(kind, id))
            .transpose()?;
        let query = Query {
            condition: self.directory.condition(kind, search)?,
            partition: self.directory.partition(kind, search),
            sort: Sort::Natural,
            limit: 1,
            offset: 0,
            after: None,
            count_to: u64::from(u32::MAX),
        };
        self.directory.sync_index(kind).await?;
        let found = self.directory.index(kind).search_in(&query, source).await;
        Ok(found.map_err(Error::index)?.totals.count)
    }
}
