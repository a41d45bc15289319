//! Jobs that change fields: each person is planned as by hand, and saved in a transaction of their own, in which the job
//! says what became of them, too.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use kartoteka_directory::inside::body;
use kartoteka_directory::{Actor, Change, Error, FieldError, FieldProblem, Fields, Kind, Result};
use kartoteka_records::{JobPart, Plan, Records};
use kartoteka_store::Tx;
use kartoteka_store::own::job_items::{self, ItemRow, JobItemFilter};
use kartoteka_store::own::{jobs, journal_sets};

use super::field_change::FieldChange;
use super::job::{ItemState, JobProblem, JobState, RowProblem, Selected, Task};
use super::ordered::Ordered;
use super::portion::Outcome;
use super::worker::JobClaim;
use crate::Jobs;

/// How often somebody is planned anew whom others changed in between.
const TRIES: usize = 3;

/// What becomes of a person, and the plan that does it if they change.
pub(super) struct Person {
    pub outcome: Outcome,
    pub plan: Option<Plan>,
}

impl Person {
    fn left(login: &str, problems: Vec<RowProblem>) -> Self {
        Self {
            outcome: Outcome {
                login: login.to_owned(),
                state: match problems.is_empty() {
                    true => ItemState::Already,
                    false => ItemState::Refused,
                },
                problems,
            },
            plan: None,
        }
    }

    fn refused(login: &str, field: &str, problem: FieldProblem) -> Self {
        Self::left(login, vec![wrong(field, problem)])
    }

    /// The values that change.
    pub fn changes(&self) -> Vec<Change> {
        let plan = self.plan.as_ref();
        plan.map(|plan| plan.changes.clone()).unwrap_or_default()
    }
}

fn wrong(field: &str, problem: FieldProblem) -> RowProblem {
    RowProblem {
        field: field.to_owned(),
        what: String::new(),
        problem,
    }
}

fn all_wrong(errors: Vec<FieldError>) -> Vec<RowProblem> {
    let one = |error: FieldError| wrong(&error.field, error.problem);
    errors.into_iter().map(one).collect()
}

/// What became of a person, written with it.
struct Done<'a> {
    jobs: Jobs<'a>,
    claim: &'a JobClaim,
    item: &'a ItemRow,
    outcome: Outcome,
    /// Somebody else has the job, or it is to stop.
    lost: AtomicBool,
}

impl Done<'_> {
    async fn put(&self, tx: &mut Tx, entry: Option<i64>) -> Result<()> {
        let jobs = self.jobs;
        let held = jobs.hold(tx, self.claim, JobState::Running).await?;
        let mut row = jobs::held(tx, self.claim.id).await.map_err(Error::home)?;
        // From here on nobody else saves, so that rights are what they will be when this is kept.
        let still = held && jobs.actor_now(&Ordered::of(&row)?).await?.is_some();
        if !still || row.done + 1 != self.item.seq {
            self.lost.store(true, Ordering::Relaxed);
            return Err(Error::field("job", FieldProblem::NotNow));
        }
        let mut item = self.item.clone();
        super::advance::tell(&mut row, &mut item, &self.outcome, entry)?;
        row.done += 1;
        if row.done >= row.total {
            jobs.ended(&mut row, JobState::Done, None);
        }
        job_items::put(tx, row.id, &[item])
            .await
            .map_err(Error::home)?;
        jobs::keep(tx, &row).await.map_err(Error::home)
    }
}

impl JobPart for Done<'_> {
    fn job(&self) -> i64 {
        self.claim.id
    }

    fn write<'f>(
        &'f self,
        tx: &'f mut Tx,
        entry: Option<i64>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'f>> {
        Box::pin(self.put(tx, entry))
    }
}

impl Jobs<'_> {
    fn records(&self) -> Records<'_> {
        Records::of(self.directory.directory())
    }

    /// What a job would do to a person, with what is stored now.
    pub(super) async fn plan_person(
        self,
        actor: &Actor,
        task: &Task,
        item: &ItemRow,
    ) -> Result<Person> {
        match task.select {
            Selected::Undo => self.plan_back(actor, item).await,
            _ => self.plan_forth(actor, &task.fields, &item.login).await,
        }
    }

    async fn plan_forth(
        self,
        actor: &Actor,
        changes: &[FieldChange],
        login: &str,
    ) -> Result<Person> {
        let found = self.directory.find_row(Kind::CustomerUser, login).await?;
        let Some((handle, row)) = found else {
            return Ok(Person::refused(
                login,
                "UserLogin",
                FieldProblem::UnknownPerson,
            ));
        };
        let mut wanted = Fields::new();
        for change in changes {
            if handle.spec.map.find(&change.field).is_none() {
                let problem = FieldProblem::UnknownField;
                return Ok(Person::refused(login, &change.field, problem));
            }
            let stored = row.record.get(&change.field);
            let before = wanted.get(&change.field).map_or(stored, String::as_str);
            if let Some(after) = change.after(before) {
                wanted.insert(change.field.clone(), after);
            }
        }
        let login = row.record.get(handle.spec.key_field()).to_owned();
        self.planned(actor, &login, wanted, vec![]).await
    }

    /// What leads back from an entry, but for what others changed since.
    async fn plan_back(self, actor: &Actor, item: &ItemRow) -> Result<Person> {
        let home = self.directory.home();
        let ids: Vec<i64> = item.undoes.into_iter().collect();
        let entries = journal_sets::with_ids(home, &ids).await;
        let entries = entries.map_err(Error::home)?;
        let Some(entry) = entries.first() else {
            return Ok(Person::left(&item.login, vec![]));
        };
        let kind = Kind::CustomerUser;
        let login = self
            .directory
            .present_key(kind, &entry.key, entry.id)
            .await?;
        let keys = [login.clone(), entry.key.clone()];
        let later = journal_sets::of_keys(home, kind.name(), &keys, entry.id).await;
        let later = later.map_err(Error::home)?;
        let Some((_, row)) = self.directory.find_row(kind, &login).await? else {
            return Ok(Person::refused(
                &login,
                "UserLogin",
                FieldProblem::UnknownPerson,
            ));
        };
        let mut wanted = Fields::new();
        let mut left = vec![];
        for change in body(entry)?.changes {
            let stored = row.record.get(&change.field);
            if stored == change.after {
                wanted.insert(change.field, change.before);
            } else if stored != change.before {
                let mut by = String::new();
                for entry in &later {
                    if body(entry)?
                        .changes
                        .iter()
                        .any(|one| one.field == change.field)
                    {
                        by.clone_from(&entry.who);
                    }
                }
                left.push(wrong(&change.field, FieldProblem::ChangedSince { by }));
            }
        }
        self.planned(actor, &login, wanted, left).await
    }

    async fn planned(
        self,
        actor: &Actor,
        login: &str,
        wanted: Fields,
        left: Vec<RowProblem>,
    ) -> Result<Person> {
        if wanted.is_empty() {
            return Ok(Person::left(login, left));
        }
        let plan = self
            .records()
            .plan_update(actor, Kind::CustomerUser, login, wanted, None)
            .await;
        match plan {
            Ok(plan) if !plan.errors.is_empty() => {
                Ok(Person::left(login, all_wrong(plan.errors.clone())))
            }
            Ok(plan) if plan.changes_anything() => Ok(Person {
                outcome: Outcome {
                    login: login.to_owned(),
                    state: ItemState::Changed,
                    problems: left,
                },
                plan: Some(plan),
            }),
            Ok(_) => Ok(Person::left(login, left)),
            Err(Error::ReadOnly { .. }) => Ok(Person::refused(
                login,
                "UserLogin",
                FieldProblem::ReadOnlySource,
            )),
            Err(Error::NotFound { .. }) => Ok(Person::refused(
                login,
                "UserLogin",
                FieldProblem::UnknownPerson,
            )),
            Err(error) => Err(error),
        }
    }

    /// Does so many people at most, until the job is somebody else's or over.
    pub(super) async fn run_people(self, claim: &JobClaim, task: &Task, most: u32) -> Result<()> {
        for _ in 0..most {
            if !self.run_person(claim, task).await? {
                break;
            }
        }
        Ok(())
    }

    /// Does the next person; whether there may be more.
    async fn run_person(self, claim: &JobClaim, task: &Task) -> Result<bool> {
        let home = self.directory.home();
        let row = jobs::find(home, claim.id).await.map_err(Error::home)?;
        let running = JobState::Running.name();
        let Some(row) = row.filter(|row| row.owner == claim.owner && row.state == running) else {
            return Ok(false);
        };
        let asked = JobItemFilter {
            job: row.id,
            state: None,
            after: row.done,
            limit: 1,
        };
        let items = job_items::find(home, asked).await.map_err(Error::home)?;
        let actor = self.actor_now(&Ordered::of(&row)?).await?;
        let (Some(actor), Some(item)) = (actor.as_ref(), items.first()) else {
            let end = match actor {
                None => (JobState::Stopped, Some(JobProblem::RightsGone)),
                Some(_) => (JobState::Done, None),
            };
            self.end_running(claim, end).await?;
            return Ok(false);
        };
        for _ in 0..TRIES {
            let person = self.plan_person(actor, task, item).await?;
            let mut done = Done {
                jobs: self,
                claim,
                item,
                outcome: person.outcome,
                lost: AtomicBool::new(false),
            };
            let Some(plan) = person.plan else {
                return self.put_person(&done).await;
            };
            match self.records().apply_in_job(plan, &done).await {
                Ok(_) => return Ok(true),
                Err(_) if done.lost.load(Ordering::Relaxed) => return Ok(false),
                Err(Error::Conflict(_)) => {}
                Err(Error::Invalid(errors)) => {
                    done.outcome = Person::left(&item.login, all_wrong(errors)).outcome;
                    return self.put_person(&done).await;
                }
                Err(error) => return Err(error),
            }
        }
        // Somebody changes this person all the time.
        let problem = FieldProblem::ChangedSince { by: String::new() };
        self.put_person(&Done {
            jobs: self,
            claim,
            item,
            outcome: Person::refused(&item.login, "UserLogin", problem).outcome,
            lost: AtomicBool::new(false),
        })
        .await
    }

    /// Writes what became of somebody who stays as they are.
    async fn put_person(self, done: &Done<'_>) -> Result<bool> {
        let put = self
            .directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                done.put(&mut tx, None).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await;
        match put {
            Err(_) if done.lost.load(Ordering::Relaxed) => Ok(false),
            put => put.map(|()| true),
        }
    }

    async fn end_running(
        self,
        claim: &JobClaim,
        (state, problem): (JobState, Option<JobProblem>),
    ) -> Result<()> {
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                if !self.hold(&mut tx, claim, JobState::Running).await? {
                    return Ok(());
                }
                let mut row = jobs::held(&mut tx, claim.id).await.map_err(Error::home)?;
                self.ended(&mut row, state, problem);
                self.kept(tx, &row).await
            })
            .await
    }
}
