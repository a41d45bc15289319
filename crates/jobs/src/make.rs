//! Making, starting, stopping and taking back jobs.

use kartoteka_access::Wanted;
use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{
    Action, Actor, Error, FieldProblem, JobChange, Kind, Object, Result, Role, Topic,
};
use kartoteka_model::text::cut;
use kartoteka_store::Tx;
use kartoteka_store::own::job_items::{self, ItemRow};
use kartoteka_store::own::jobs::{self, JobRow, Move};
use kartoteka_store::own::journal;

use super::advance::{append, each_once};
use super::job::{Job, JobState, Selected, Selection, Task};
use super::ordered::Ordered;
use super::worker::{CLAIM_TIMEOUT, claim_token};
use crate::Jobs;

/// The kind of record that the journal knows jobs as.
const KIND: &str = Topic::Job.name();

/// A row for each of these people.
pub(super) fn items(logins: &[String]) -> Vec<ItemRow> {
    let mut rows = vec![];
    append(&mut rows, each_once(logins));
    rows
}

/// Whom a job is for as it is kept, and a row for each who is known already.
pub(super) fn selected(selection: Selection) -> (Selected, Vec<ItemRow>) {
    match selection {
        Selection::Logins(logins) => (Selected::Logins, items(&logins)),
        Selection::Search(search) => (Selected::Search { search }, vec![]),
    }
}

impl Jobs<'_> {
    /// Makes a job that waits to be started. Its people are collected and its preview is worked out in portions
    /// ([`Jobs::prepare_job`], or whoever works on jobs). Role: editor; what may be given to whom is decided person
    /// by person, as by hand.
    ///
    /// # Errors
    /// `Invalid` without people or changes, and for customers, groups, services and permissions that can't be given or
    /// taken at all, at `0.Group` for the first change; `Syntax` for a malformed search.
    #[boxed]
    pub async fn make_job(
        self,
        actor: &Actor,
        selection: Selection,
        changes: Vec<JobChange>,
    ) -> Result<Job> {
        self.check_job(actor, &selection, &changes).await?;
        self.ordered_job(actor, selection, changes, false).await
    }

    /// Makes a job that is started at once.
    ///
    /// # Errors
    /// As [`Jobs::make_job`].
    #[boxed]
    pub async fn order_job(
        self,
        actor: &Actor,
        selection: Selection,
        changes: Vec<JobChange>,
    ) -> Result<Job> {
        self.check_job(actor, &selection, &changes).await?;
        self.ordered_job(actor, selection, changes, true).await
    }

    pub(super) async fn check_job(
        self,
        actor: &Actor,
        selection: &Selection,
        changes: &[JobChange],
    ) -> Result<()> {
        self.check_selection(actor, selection)?;
        self.check_changes(actor, changes).await
    }

    pub(super) fn check_selection(self, actor: &Actor, selection: &Selection) -> Result<()> {
        actor.require(Action::Change, Object::Jobs)?;
        match selection {
            Selection::Logins(logins) if each_once(logins).is_empty() => {
                return Err(Error::field("select", FieldProblem::Required));
            }
            Selection::Logins(_) => {}
            // What is wrong with it is said now, not by whoever collects.
            Selection::Search(search) => {
                let kind = Kind::CustomerUser;
                self.directory.condition(kind, search)?;
                if let Some(source) = &search.source {
                    self.directory.source_number(kind, source)?;
                }
            }
        }
        Ok(())
    }

    /// Refuses changes that could be made for nobody.
    pub(super) async fn check_changes(self, actor: &Actor, changes: &[JobChange]) -> Result<()> {
        if changes.is_empty() {
            return Err(Error::field("changes", FieldProblem::Required));
        }
        let wanted: Vec<_> = changes
            .iter()
            .map(|change| Wanted::of(change, "x"))
            .collect();
        let errors = self.access().wrong_with(actor, &wanted).await?;
        match errors.is_empty() {
            true => Ok(()),
            false => Err(Error::Invalid(errors)),
        }
    }

    async fn ordered_job(
        self,
        actor: &Actor,
        selection: Selection,
        changes: Vec<JobChange>,
        start: bool,
    ) -> Result<Job> {
        let (select, rows) = selected(selection);
        let task = Task {
            changes,
            ..Task::of_people(select, start)
        };
        self.insert_job(actor, &task, None, &rows).await
    }

    /// Makes a job that takes another one back, for everybody whom it changed; what somebody changed since stays. With
    /// `start` it is started at once. Role: editor, as for giving and taking by hand.
    ///
    /// # Errors
    /// `Unknown`; `Invalid` (`NotNow`) while the job is not over, and (`NoLongerKept`) when it is not known any more what
    /// it did for each person.
    #[boxed]
    pub async fn undo_job(self, actor: &Actor, id: i64, start: bool) -> Result<Job> {
        actor.require(Action::Change, Object::Jobs)?;
        let undoes_fields = self.undoable(id).await?.changes_records;
        let task = Task {
            undoes_fields,
            ..Task::of_people(Selected::Undo, start)
        };
        self.insert_job(actor, &task, Some(id), &[]).await
    }

    /// A job that can be taken back.
    pub(super) async fn undoable(self, id: i64) -> Result<Job> {
        let job = self.dated(Job::of(&self.job_row(id).await?)?);
        if !job.state.is_over() {
            return Err(Error::field("job", FieldProblem::NotNow));
        }
        // They may have been dropped when fewer days were configured.
        let kept = job.items_kept && (job.changed == 0 || self.has_first_item(id).await?);
        match kept {
            true => Ok(job),
            false => {
                let days = self.directory.settings().jobs.kept_days;
                Err(Error::field("job", FieldProblem::NoLongerKept { days }))
            }
        }
    }

    /// Rows are dropped from the first one on.
    async fn has_first_item(self, job: i64) -> Result<bool> {
        let first = job_items::JobItemFilter {
            job,
            state: None,
            after: 0,
            limit: 1,
        };
        let rows = job_items::find(self.directory.home(), first).await;
        Ok(rows.map_err(Error::home)?.iter().any(|row| row.seq == 1))
    }

    pub(super) async fn insert_job(
        self,
        actor: &Actor,
        task: &Task,
        undoes: Option<i64>,
        rows: &[ItemRow],
    ) -> Result<Job> {
        let now = self.directory.clock().now();
        let state = match (&task.select, task.start) {
            (Selected::Logins, true) => JobState::Running,
            (Selected::Logins, false) => JobState::Previewing,
            _ => JobState::Collecting,
        };
        let json = |value: &serde_json::Value| value.to_string();
        let ordered = serde_json::to_value(Ordered::by(actor)).map_err(Error::internal)?;
        let wanted = serde_json::to_value(task).map_err(Error::internal)?;
        let new = JobRow {
            id: 0,
            ticket: claim_token(),
            created: now,
            who: cut(&actor.name(), 191),
            actor: json(&ordered),
            wanted: json(&wanted),
            undoes,
            started: task.start.then_some(now),
            finished: None,
            state: state.name().into(),
            owner: String::new(),
            heartbeat: 0,
            place: String::new(),
            total: rows.len() as i64,
            looked: 0,
            done: 0,
            changed: 0,
            already: 0,
            refused: 0,
            preview: String::new(),
            problem: String::new(),
        };
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin().await?;
                if task.start {
                    journal::lock(&mut tx).await.map_err(Error::home)?;
                }
                let id = jobs::insert(&mut tx, &new).await.map_err(Error::home)?;
                job_items::add(&mut tx, id, rows)
                    .await
                    .map_err(Error::home)?;
                if task.start {
                    self.note_job(&mut tx, actor, "start", id).await?;
                }
                tx.commit().await.map_err(Error::home)?;
                self.directory.work().wake.notify_one();
                let new = new.clone();
                Job::of(&JobRow { id, ..new })
            })
            .await
    }

    /// Starts a job that was planned. Only whoever ordered it may: it does what they may do.
    ///
    /// # Errors
    /// `Unknown`; `Forbidden` for somebody else's; `Invalid` (`NotNow`) before its preview is worked out. One that was
    /// started before is left as it is.
    #[boxed]
    pub async fn start_job(self, actor: &Actor, id: i64) -> Result<Job> {
        actor.require(Action::Change, Object::Jobs)?;
        let job = Job::of(&self.job_row(id).await?)?;
        if !job.is_of(actor) {
            return Err(Error::Forbidden {
                needed: Role::Admin,
            });
        }
        if matches!(job.state, JobState::Collecting | JobState::Previewing) {
            return Err(Error::field("job", FieldProblem::NotNow));
        }
        let change = Move {
            from: &[JobState::Planned.name()],
            to: JobState::Running.name(),
            owner: "",
            now: self.directory.clock().now(),
            over: false,
            problem: "",
            idle_since: None,
        };
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                if jobs::shift(&mut tx, id, &change)
                    .await
                    .map_err(Error::home)?
                {
                    self.note_job(&mut tx, actor, "start", id).await?;
                    tx.commit().await.map_err(Error::home)?;
                    self.directory.work().wake.notify_one();
                }
                Job::of(&self.job_row(id).await?)
            })
            .await
    }

    /// Stops a job: what is done stays, and the portion in work is finished. One that was not started never will be.
    /// Whoever ordered it may, and admins.
    ///
    /// # Errors
    /// `Unknown`; `Forbidden` for somebody else's. One that is over is left as it is.
    #[boxed]
    pub async fn stop_job(self, actor: &Actor, id: i64) -> Result<Job> {
        actor.require(Action::Change, Object::Jobs)?;
        let job = Job::of(&self.job_row(id).await?)?;
        if !job.is_of(actor) {
            actor.require(Action::Change, Object::JobsOfOthers)?;
        }
        let now = self.directory.clock().now();
        let begun = [JobState::Running.name(), JobState::Stopping.name()];
        let before = [
            JobState::Collecting.name(),
            JobState::Previewing.name(),
            JobState::Planned.name(),
        ];
        let stopped = |from, idle_since| Move {
            from,
            to: JobState::Stopped.name(),
            owner: "",
            now,
            over: true,
            problem: "",
            idle_since,
        };
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let idle = stopped(&begun, Some(now - CLAIM_TIMEOUT));
                let done = jobs::shift(&mut tx, id, &stopped(&before, None))
                    .await
                    .map_err(Error::home)?
                    || jobs::shift(&mut tx, id, &idle).await.map_err(Error::home)?
                    || jobs::ask_to_stop(&mut tx, id, &begun[..1], begun[1])
                        .await
                        .map_err(Error::home)?;
                if done && job.started.is_some() {
                    self.note_job(&mut tx, actor, "stop", id).await?;
                }
                tx.commit().await.map_err(Error::home)?;
                Job::of(&self.job_row(id).await?)
            })
            .await
    }

    async fn note_job(self, tx: &mut Tx, actor: &Actor, action: &str, id: i64) -> Result<()> {
        let key = id.to_string();
        let draft = JournalDraft {
            action,
            kind: KIND,
            source: "kt_job",
            key: &key,
            key_before: "",
            changes: &[],
            effects: &[],
        };
        self.directory
            .journal_entry(tx, actor, draft)
            .await
            .map(|_| ())
    }
}
