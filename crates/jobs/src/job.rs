//! What a job is.

use kartoteka_directory::{Actor, Door, Error, FieldProblem, JobChange, Result, Search};
use kartoteka_store::own::job_items::ItemRow;
use kartoteka_store::own::jobs::JobRow;
use serde::{Deserialize, Serialize};

use super::field_change::FieldChange;
use super::ordered::Ordered;
use super::preview::JobPreview;

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// Its people are being collected.
    Collecting,
    /// What it would do is being worked out.
    Previewing,
    /// It waits to be started.
    Planned,
    Running,
    /// It stops after the portion in work.
    Stopping,
    /// Somebody stopped it, or whoever ordered it may no longer do that.
    Stopped,
    Done,
    /// Something broke; the log knows what.
    Failed,
}

impl JobState {
    /// All states.
    pub const ALL: [JobState; 8] = [
        Self::Collecting,
        Self::Previewing,
        Self::Planned,
        Self::Running,
        Self::Stopping,
        Self::Stopped,
        Self::Done,
        Self::Failed,
    ];

    /// The name that the database, REST and texts use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Collecting => "collecting",
            Self::Previewing => "previewing",
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more happens to the job.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Done | Self::Failed)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What became of a person in a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// Not done yet.
    Waiting,
    Changed,
    /// Everything was so already.
    Already,
    Refused,
}

impl ItemState {
    /// All states.
    pub const ALL: [ItemState; 4] = [Self::Waiting, Self::Changed, Self::Already, Self::Refused];

    /// The name that the database, REST and texts use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Changed => "changed",
            Self::Already => "already",
            Self::Refused => "refused",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Whom a job is to be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These people.
    Logins(Vec<String>),
    /// Everybody whom a search finds, on whichever page; its order and page do not count.
    Search(Box<Search>),
}

/// Whom a job is for, as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Selected {
    Logins,
    Search {
        search: Box<Search>,
    },
    /// Everybody whom another job changed.
    Undo,
}

/// Why a job stopped or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobProblem {
    /// Whoever ordered it may no longer do that: demoted, no longer valid, or their token ended.
    RightsGone,
    /// It was never started.
    Expired,
    /// A defect or a broken database.
    Internal,
}

impl JobProblem {
    /// The name that the database, REST and texts use.
    pub fn name(self) -> &'static str {
        match self {
            Self::RightsGone => "rights-gone",
            Self::Expired => "expired",
            Self::Internal => "internal",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::RightsGone, Self::Expired, Self::Internal]
            .into_iter()
            .find(|problem| problem.name() == name)
    }
}

/// What a job's row keeps of its task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Task {
    pub select: Selected,
    pub changes: Vec<JobChange>,
    /// Fields that change; such a job changes no relations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// It takes back a job that changed fields.
    #[serde(default)]
    pub undoes_fields: bool,
    /// It runs as soon as its people are collected.
    pub start: bool,
}

impl Task {
    pub fn of(row: &JobRow) -> Result<Self> {
        serde_json::from_str(&row.wanted).map_err(Error::internal)
    }

    /// One for these people that changes nothing yet.
    pub fn of_people(select: Selected, start: bool) -> Self {
        Self {
            select,
            changes: vec![],
            fields: vec![],
            undoes_fields: false,
            start,
        }
    }

    /// Whether it changes fields of people, and not what they are given.
    pub fn changes_records(&self) -> bool {
        self.undoes_fields || !self.fields.is_empty()
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub id: i64,
    /// Seconds since 1970.
    pub created: i64,
    pub started: Option<i64>,
    pub finished: Option<i64>,
    /// Who ordered it: `ewa`, `token:import`, `operator`.
    pub who: String,
    pub door: Door,
    /// The job that it takes back.
    pub undoes: Option<i64>,
    pub state: JobState,
    pub selected: Selected,
    /// Empty when it takes another job back, or changes fields.
    pub changes: Vec<JobChange>,
    /// Empty when it takes another job back, or gives and takes.
    pub fields: Vec<FieldChange>,
    /// It changes fields, or takes back one that did.
    pub changes_records: bool,
    /// People; known once all are collected.
    pub total: u64,
    /// People that the preview looked at.
    pub looked: u64,
    /// People that are done: changed, so already, or refused.
    pub done: u64,
    pub changed: u64,
    pub already: u64,
    pub refused: u64,
    pub preview: JobPreview,
    pub problem: Option<JobProblem>,
    /// What it did for each person is still known; otherwise it can't be taken back any more.
    pub items_kept: bool,
    pub(super) ordered: Ordered,
}

impl Job {
    pub(super) fn of(row: &JobRow) -> Result<Self> {
        let task = Task::of(row)?;
        let ordered = Ordered::of(row)?;
        let count = |number: i64| number.unsigned_abs();
        Ok(Self {
            id: row.id,
            created: row.created,
            started: row.started,
            finished: row.finished,
            who: row.who.clone(),
            door: ordered.door,
            undoes: row.undoes,
            state: JobState::parse(&row.state).ok_or_else(|| Error::unknown_word(&row.state))?,
            changes_records: task.changes_records(),
            selected: task.select,
            changes: task.changes,
            fields: task.fields,
            total: count(row.total),
            looked: count(row.looked),
            done: count(row.done),
            changed: count(row.changed),
            already: count(row.already),
            refused: count(row.refused),
            preview: JobPreview::of(row)?,
            problem: JobProblem::parse(&row.problem),
            items_kept: true,
            ordered,
        })
    }

    /// Whether the actor ordered it.
    pub fn is_of(&self, actor: &Actor) -> bool {
        self.ordered.is_by(actor)
    }
}

/// Something wrong with a person in a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// `UserLogin` when it is the person, otherwise what is given or taken: `CustomerID`, `Group`, `Permission`, ….
    pub field: String,
    /// The customer, group or service that it is about; empty for the person alone.
    pub what: String,
    #[serde(flatten)]
    pub problem: FieldProblem,
}

/// A person in a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobItem {
    /// Their place in the job, from 1.
    pub number: i64,
    pub login: String,
    pub state: ItemState,
    /// Why it was refused, or what was left as it is.
    pub problems: Vec<RowProblem>,
    /// The journal entry that tells what was changed.
    pub entry: Option<i64>,
}

impl JobItem {
    pub(super) fn of(row: ItemRow) -> Result<Self> {
        let problems = match row.problems.as_str() {
            "" => vec![],
            text => serde_json::from_str(text).map_err(Error::internal)?,
        };
        Ok(Self {
            number: row.seq,
            state: ItemState::parse(&row.state).ok_or_else(|| Error::unknown_word(&row.state))?,
            login: row.login,
            problems,
            entry: row.entry,
        })
    }
}
