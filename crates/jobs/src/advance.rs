//! A portion of work on a job: its people are collected, its preview is worked out, or it is done.

use kartoteka_directory::{Actor, Error, IndexState, Kind, Result, Search};
use kartoteka_index::{KeysPage, Place};
use kartoteka_model::text::lower;
use kartoteka_store::Tx;
use kartoteka_store::own::job_items::{self, ItemRow, JobItemFilter};
use kartoteka_store::own::jobs::{self, JobRow};
use serde::{Deserialize, Serialize};

use super::job::{ItemState, JobProblem, JobState, Selected, Task};
use super::ordered::Ordered;
use super::portion::{Outcome, size};
use super::preview::JobPreview;
use super::worker::JobClaim;
use crate::Jobs;

/// People collected at a time.
const COLLECTED: u32 = 5000;

/// How far collecting is.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Reached {
    /// A place in the order of the search index.
    Search(Place),
    /// The last row of the job that is taken back.
    Row(i64),
}

impl Reached {
    fn of(row: &JobRow) -> Result<Option<Self>> {
        match row.place.as_str() {
            "" => Ok(None),
            text => serde_json::from_str(text)
                .map(Some)
                .map_err(Error::internal),
        }
    }
}

/// Writes what became of somebody to their row, and counts them in the job's.
pub(super) fn tell(
    row: &mut JobRow,
    item: &mut ItemRow,
    outcome: &Outcome,
    entry: Option<i64>,
) -> Result<()> {
    item.state = outcome.state.name().into();
    item.login.clone_from(&outcome.login);
    item.entry = entry;
    if !outcome.problems.is_empty() {
        item.problems = serde_json::to_string(&outcome.problems).map_err(Error::internal)?;
    }
    match outcome.state {
        ItemState::Changed => row.changed += 1,
        ItemState::Already => row.already += 1,
        ItemState::Refused | ItemState::Waiting => row.refused += 1,
    }
    Ok(())
}

/// Adds people to rows.
pub(super) fn append(rows: &mut Vec<ItemRow>, logins: Vec<String>) {
    for login in logins {
        let undone = ItemRow {
            seq: 0,
            login,
            state: String::new(),
            problems: String::new(),
            entry: None,
            undoes: None,
        };
        push(rows, undone, None);
    }
}

/// Adds rows that take others back.
pub(super) fn append_undone(rows: &mut Vec<ItemRow>, undone: Vec<ItemRow>) {
    for row in undone {
        let undoes = row.entry;
        push(rows, row, undoes);
    }
}

fn push(rows: &mut Vec<ItemRow>, row: ItemRow, undoes: Option<i64>) {
    rows.push(ItemRow {
        seq: rows.len() as i64 + 1,
        state: ItemState::Waiting.name().into(),
        problems: String::new(),
        entry: None,
        undoes,
        ..row
    });
}

impl Jobs<'_> {
    /// Everybody whom a search finds, after a place.
    pub(super) async fn found_keys(
        self,
        search: &Search,
        place: Option<&Place>,
    ) -> Result<KeysPage> {
        let kind = Kind::CustomerUser;
        let condition = self.directory.condition(kind, search)?;
        let source = search.source.as_deref();
        let source = source
            .map(|id| self.directory.source_number(kind, id))
            .transpose()?;
        self.directory.sync_index(kind).await?;
        if self.directory.index_state(kind) != IndexState::Current {
            let making = std::io::Error::other("it is being made");
            return Err(Error::unavailable("search index", making));
        }
        let partition = self.directory.partition(kind, search);
        self.directory
            .index(kind)
            .keys(&condition, partition, source, place, COLLECTED)
            .await
            .map_err(Error::index)
    }

    /// People whom a job changed, after a row of it, with the last row; none after the last.
    pub(super) async fn changed_items(
        self,
        job: i64,
        after: i64,
    ) -> Result<Option<(Vec<ItemRow>, i64)>> {
        let asked = JobItemFilter {
            job,
            state: Some(ItemState::Changed.name()),
            after,
            limit: COLLECTED,
        };
        let rows = job_items::find(self.directory.home(), asked)
            .await
            .map_err(Error::home)?;
        let last = rows.last().map(|row| row.seq);
        Ok(last.map(|last| (rows, last)))
    }

    /// Collects a portion of people, unless somebody else has the job by then.
    pub(super) async fn collect(self, claim: &JobClaim, row: &JobRow, task: &Task) -> Result<()> {
        let mut reached = Reached::of(row)?;
        let index = self.directory.index(Kind::CustomerUser);
        // In another order others stand before a place: who is collected is looked for from the beginning.
        let anew = matches!(&reached, Some(Reached::Search(place)) if !index.has_place(place));
        if anew {
            reached = None;
        }
        let mut found = vec![];
        let next = match (&task.select, reached) {
            (Selected::Search { search }, reached) => {
                let place = match reached {
                    Some(Reached::Search(place)) => Some(place),
                    _ => None,
                };
                let page = self.found_keys(search, place.as_ref()).await?;
                append(&mut found, page.keys);
                page.next.map(Reached::Search)
            }
            (Selected::Undo, reached) => {
                let after = match reached {
                    Some(Reached::Row(after)) => after,
                    _ => 0,
                };
                let of = row.undoes.unwrap_or_default();
                let rows = self.changed_items(of, after).await?;
                rows.map(|(rows, last)| {
                    append_undone(&mut found, rows);
                    Reached::Row(last)
                })
            }
            (Selected::Logins, _) => None,
        };
        self.directory
            .save(|| async {
                let mut found = found.clone();
                let mut tx = self.directory.begin().await?;
                if !self.hold(&mut tx, claim, JobState::Collecting).await? {
                    return Ok(());
                }
                let mut row = jobs::held(&mut tx, row.id).await.map_err(Error::home)?;
                if anew {
                    job_items::drop_in(&mut tx, row.id)
                        .await
                        .map_err(Error::home)?;
                    row.total = 0;
                }
                for one in &mut found {
                    one.seq += row.total;
                }
                job_items::add(&mut tx, row.id, &found)
                    .await
                    .map_err(Error::home)?;
                row.total += found.len() as i64;
                row.place = match &next {
                    Some(reached) => serde_json::to_string(reached).map_err(Error::internal)?,
                    None => String::new(),
                };
                if next.is_none() {
                    let state = match task.start {
                        true => JobState::Running,
                        false => JobState::Previewing,
                    };
                    row.state = state.name().into();
                }
                self.kept(tx, &row).await
            })
            .await
    }

    /// Works out what a portion would come to.
    pub(super) async fn look(self, claim: &JobClaim, row: &JobRow, task: &Task) -> Result<()> {
        let actor = self.actor_now(&Ordered::of(row)?).await?;
        let mut preview = JobPreview::of(row)?;
        let items = match &actor {
            Some(_) => {
                let asked = JobItemFilter {
                    job: row.id,
                    state: None,
                    after: row.looked,
                    limit: size(task),
                };
                job_items::find(self.directory.home(), asked)
                    .await
                    .map_err(Error::home)?
            }
            None => vec![],
        };
        if let Some(actor) = &actor {
            self.look_at(actor, task, &items, &mut preview).await?;
        }
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin().await?;
                if !self.hold(&mut tx, claim, JobState::Previewing).await? {
                    return Ok(());
                }
                let mut row = jobs::held(&mut tx, row.id).await.map_err(Error::home)?;
                row.looked = preview.looked as i64;
                row.preview = serde_json::to_string(&preview).map_err(Error::internal)?;
                if actor.is_none() {
                    self.ended(&mut row, JobState::Stopped, Some(JobProblem::RightsGone));
                } else if items.is_empty() || row.looked >= row.total {
                    row.state = JobState::Planned.name().into();
                    row.owner.clear();
                }
                self.kept(tx, &row).await
            })
            .await
    }

    /// Does a portion: rows, their journal entries and how far the job is are one transaction. Nothing is done when
    /// somebody else has the job by then, or it is to stop.
    pub(super) async fn run(self, claim: &JobClaim, row: &JobRow, task: &Task) -> Result<()> {
        if task.changes_records() {
            return self.run_people(claim, task, size(task)).await;
        }
        self.directory
            .save(|| async {
                // From here on nobody else saves through Kartoteka, rights of agents and tokens included.
                let mut tx = self.directory.begin_locked().await?;
                if !self.hold(&mut tx, claim, JobState::Running).await? {
                    return Ok(());
                }
                let mut row = jobs::held(&mut tx, row.id).await.map_err(Error::home)?;
                match self.actor_now(&Ordered::of(&row)?).await? {
                    None => self.ended(&mut row, JobState::Stopped, Some(JobProblem::RightsGone)),
                    Some(actor) => {
                        self.do_portion(&mut tx, &actor, &mut row, task).await?;
                        if row.done >= row.total {
                            self.ended(&mut row, JobState::Done, None);
                        }
                    }
                }
                self.kept(tx, &row).await
            })
            .await
    }

    async fn do_portion(
        self,
        tx: &mut Tx,
        actor: &Actor,
        row: &mut JobRow,
        task: &Task,
    ) -> Result<()> {
        let asked = JobItemFilter {
            job: row.id,
            state: None,
            after: row.done,
            limit: size(task),
        };
        let mut items = job_items::find_in(tx, asked).await.map_err(Error::home)?;
        if items.is_empty() {
            // Rows are without gaps: one that lacks some must not run for ever.
            row.done = row.total;
            return Ok(());
        }
        let settings = self.grants().access_settings().await?;
        let portion = self.work_out(actor, task, &items, &settings).await?;
        let entries = self
            .grants()
            .write_relations(tx, actor, &portion.changes, Some(row.id))
            .await?;
        for (item, outcome) in items.iter_mut().zip(portion.outcomes) {
            let entry = match outcome.state {
                ItemState::Changed => entries.of_person(&outcome.login),
                _ => None,
            };
            tell(row, item, &outcome, entry)?;
        }
        row.done += items.len() as i64;
        job_items::put(tx, row.id, &items)
            .await
            .map_err(Error::home)
    }

    pub(super) async fn hold(self, tx: &mut Tx, claim: &JobClaim, state: JobState) -> Result<bool> {
        let now = self.directory.clock().now();
        jobs::hold(tx, claim.id, &claim.owner, state.name(), now)
            .await
            .map_err(Error::home)
    }

    pub(super) async fn kept(self, mut tx: Tx, row: &JobRow) -> Result<()> {
        jobs::keep(&mut tx, row).await.map_err(Error::home)?;
        tx.commit().await.map_err(Error::home)
    }

    pub(super) fn ended(self, row: &mut JobRow, state: JobState, problem: Option<JobProblem>) {
        row.state = state.name().into();
        row.problem = problem.map_or("", JobProblem::name).into();
        row.owner.clear();
        row.finished = Some(self.directory.clock().now());
    }
}

/// Logins without those that are there twice, whatever their case.
pub(super) fn each_once(logins: &[String]) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let logins = logins.iter().filter(|login| !login.trim().is_empty());
    logins
        .filter(|login| seen.insert(lower(login)))
        .cloned()
        .collect()
}
