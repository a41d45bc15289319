//! Working out a portion of a job: for each person what changes, and what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_access::Wanted;
use kartoteka_directory::{Actor, Error, FieldError, IndexState, Kind, RelationChange, Result};
use kartoteka_model::access::AccessSettings;
use kartoteka_model::text::lower;
use kartoteka_store::own::job_items::ItemRow;

use super::job::{ItemState, RowProblem, Selected, Task};
use crate::Jobs;

/// The most relations that a portion may be about, and the bounds of the number of its people.
const RELATIONS: usize = 2000;
const FEWEST: usize = 25;
const MOST: usize = 500;

/// How many people a portion has whose fields change.
const RECORDS: u32 = 100;

/// How many people a portion of a job has.
pub(super) fn size(task: &Task) -> u32 {
    if task.changes_records() {
        return RECORDS;
    }
    (RELATIONS / task.changes.len().max(1)).clamp(FEWEST, MOST) as u32
}

/// What is wanted for the people of a portion.
#[derive(Default)]
pub(super) struct PortionChanges {
    /// The people as they are called now.
    pub logins: Vec<String>,
    pub wanted: Vec<Wanted>,
    /// For each one wanted: the place of its person.
    pub of: Vec<usize>,
    /// For each person what stays as it is, whatever else is done.
    pub left: Vec<Vec<RowProblem>>,
}

/// What a portion comes to.
pub(super) struct Portion {
    /// Rows that change, of people about whom nothing is wrong.
    pub changes: Vec<RelationChange>,
    /// For each person.
    pub outcomes: Vec<Outcome>,
}

/// What becomes of a person.
pub(super) struct Outcome {
    /// As they are called now: as stored, if something changes.
    pub login: String,
    pub state: ItemState,
    pub problems: Vec<RowProblem>,
}

impl Jobs<'_> {
    /// Works a portion out with what is stored now.
    ///
    /// # Errors
    /// When a source does not answer, or people can't be found while their index is being made.
    pub(super) async fn work_out(
        self,
        actor: &Actor,
        task: &Task,
        items: &[ItemRow],
        settings: &AccessSettings,
    ) -> Result<Portion> {
        self.directory.sync_indexes_no_wait().await?;
        for kind in [Kind::CustomerUser, Kind::Customer] {
            if self.directory.index_state(kind) != IndexState::Current {
                let making = std::io::Error::other("it is being made");
                return Err(Error::unavailable("search index", making));
            }
        }
        let asked = match task.select {
            Selected::Undo => self.back(items).await?,
            _ => forth(task, items),
        };
        // What was taken from people who are gone or invalid meanwhile is given back to them all the same.
        let strict = task.select != Selected::Undo;
        let (changes, errors) = self
            .grants()
            .worked_out(actor, &asked.wanted, strict, settings)
            .await?;
        Ok(asked.settled(changes, errors))
    }
}

/// Every change for every person.
fn forth(task: &Task, items: &[ItemRow]) -> PortionChanges {
    let mut asked = PortionChanges::default();
    for (at, item) in items.iter().enumerate() {
        asked.logins.push(item.login.clone());
        asked.left.push(vec![]);
        for change in &task.changes {
            asked.wanted.push(Wanted::of(change, &item.login));
            asked.of.push(at);
        }
    }
    asked
}

impl PortionChanges {
    /// Whoever something is wrong with stays as they are; the others change.
    fn settled(self, changes: Vec<RelationChange>, errors: Vec<FieldError>) -> Portion {
        let mut wrong: Vec<Vec<RowProblem>> = vec![vec![]; self.logins.len()];
        for error in errors {
            let Some((at, field)) = error.field.split_once('.') else {
                continue;
            };
            let Some(at) = at.parse::<usize>().ok().filter(|at| *at < self.of.len()) else {
                continue;
            };
            let problem = RowProblem {
                what: match field {
                    "UserLogin" => String::new(),
                    _ => what(&self.wanted[at]),
                },
                field: field.to_owned(),
                problem: error.problem,
            };
            let own = &mut wrong[self.of[at]];
            if !own.contains(&problem) {
                own.push(problem);
            }
        }
        let refused: BTreeSet<String> = self
            .logins
            .iter()
            .zip(&wrong)
            .filter(|(_, wrong)| !wrong.is_empty())
            .map(|(login, _)| lower(login))
            .collect();
        let holder = |change: &RelationChange| lower(change.relation.holder().1);
        let changes: Vec<RelationChange> = changes
            .into_iter()
            .filter(|change| !refused.contains(&holder(change)))
            .collect();
        // By login in lower case: as it is stored.
        let mut touched: BTreeMap<String, String> = changes
            .iter()
            .map(|change| (holder(change), change.relation.holder().1.to_owned()))
            .collect();
        let outcomes = self.logins.into_iter().zip(wrong).zip(self.left);
        let outcomes = outcomes.map(|((login, mut problems), left)| {
            let refused = !problems.is_empty();
            problems.extend(left);
            let stored = touched.remove(&lower(&login));
            let state = match (refused, &stored, problems.is_empty()) {
                (false, Some(_), _) => ItemState::Changed,
                (false, None, true) => ItemState::Already,
                _ => ItemState::Refused,
            };
            Outcome {
                login: stored.unwrap_or(login),
                state,
                problems,
            }
        });
        Portion {
            outcomes: outcomes.collect(),
            changes,
        }
    }
}

/// The customer, group or service that is given or taken.
fn what(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Customer { customer, .. } => customer.clone(),
        Wanted::PersonGroup { group, .. } | Wanted::CustomerGroup { group, .. } => group.clone(),
        Wanted::Service { service, .. } => service.clone(),
    }
}
