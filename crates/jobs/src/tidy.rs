//! Dropping what nobody needs of jobs any more.

use kartoteka_directory::{Error, Result};
use kartoteka_store::own::job_items;
use kartoteka_store::own::jobs::{self, Move};
use kartoteka_store::own::jobs_over;

use super::job::{JobProblem, JobState};
use crate::Jobs;

/// How long a job that nobody started is kept, in seconds.
const UNSTARTED: i64 = 24 * 60 * 60;

/// So many seconds longer than they can be taken back the people of jobs stay: whoever ordered that in time may still be
/// reading them.
const GRACE: i64 = 60 * 60;

impl Jobs<'_> {
    /// Gives up jobs that nobody started for a day, and drops the people of those and of jobs that ended long ago. What
    /// the jobs came to stays, and so does the journal.
    pub(super) async fn tidy_jobs(self) -> Result<()> {
        self.give_up_unstarted().await?;
        self.drop_old_items().await
    }

    async fn give_up_unstarted(self) -> Result<()> {
        let home = self.directory.home();
        let now = self.directory.clock().now();
        let planned = JobState::Planned.name();
        let left = jobs_over::left_behind(home, planned, now - UNSTARTED).await;
        for id in left.map_err(Error::home)? {
            let change = Move {
                from: &[planned],
                to: JobState::Stopped.name(),
                owner: "",
                now,
                over: true,
                problem: JobProblem::Expired.name(),
                idle_since: None,
            };
            let given_up = self
                .directory
                .save(|| async {
                    let mut tx = self.directory.begin().await?;
                    let given_up = jobs::shift(&mut tx, id, &change).await;
                    let given_up = given_up.map_err(Error::home)?;
                    tx.commit().await.map_err(Error::home)?;
                    Ok(given_up)
                })
                .await?;
            if given_up {
                job_items::drop_all(home, id).await.map_err(Error::home)?;
            }
        }
        Ok(())
    }

    async fn drop_old_items(self) -> Result<()> {
        let Some(since) = self.kept_since() else {
            return Ok(());
        };
        let home = self.directory.home();
        let over = JobState::ALL.into_iter().filter(|state| state.is_over());
        let over: Vec<&str> = over.map(JobState::name).collect();
        loop {
            let collecting = JobState::Collecting.name();
            let ended = jobs_over::ended_with_items(home, &over, since - GRACE, collecting).await;
            let ended = ended.map_err(Error::home)?;
            if ended.is_empty() {
                return Ok(());
            }
            for id in ended {
                job_items::drop_all(home, id).await.map_err(Error::home)?;
            }
        }
    }
}
