//! Steps of an examination, and how they are bounded in time.

use std::time::{Duration, Instant};

use kartoteka_model::{Record, SourceSpec};

use super::finding::{Finding, What};

/// The longest that all steps take together.
pub const TOTAL: Duration = Duration::from_secs(25);

/// The longest that one takes where the source says nothing, or more.
const LONGEST: Duration = Duration::from_secs(10);

/// Signs of a value that are shown at most.
const SHOWN: usize = 200;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepName {
    Settings,
    File,
    Resolve,
    Connect,
    Tls,
    Login,
    Base,
    Table,
    Columns,
    Attributes,
    Count,
    Keys,
    Sample,
    LookUp,
}

impl StepName {
    /// Its name in REST and on the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::File => "file",
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Login => "login",
            Self::Base => "base",
            Self::Table => "table",
            Self::Columns => "columns",
            Self::Attributes => "attributes",
            Self::Count => "count",
            Self::Keys => "keys",
            Self::Sample => "sample",
            Self::LookUp => "look-up",
        }
    }

    /// Its text key.
    pub fn text(self) -> &'static str {
        match self {
            Self::Settings => "doctor-step-settings",
            Self::File => "doctor-step-file",
            Self::Resolve => "doctor-step-resolve",
            Self::Connect => "doctor-step-connect",
            Self::Tls => "doctor-step-tls",
            Self::Login => "doctor-step-login",
            Self::Base => "doctor-step-base",
            Self::Table => "doctor-step-table",
            Self::Columns => "doctor-step-columns",
            Self::Attributes => "doctor-step-attributes",
            Self::Count => "doctor-step-count",
            Self::Keys => "doctor-step-keys",
            Self::Sample => "doctor-step-sample",
            Self::LookUp => "doctor-step-look-up",
        }
    }
}

/// How a step ended, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Passed,
    /// The source can be used, and somebody should look at this.
    Warned,
    Failed,
}

impl Outcome {
    /// Its name in REST and on the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Warned => "warned",
            Self::Failed => "failed",
        }
    }
}

/// A step that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub name: StepName,
    /// The server or address that it is about, where there may be several.
    pub on: Option<String>,
    pub took: Duration,
    /// What came of it, at least one thing.
    pub findings: Vec<Finding>,
    /// The statement or filter that was asked.
    pub asked: Option<String>,
    /// Fields of a record with their values, without secrets.
    pub fields: Vec<(String, String)>,
}

impl Step {
    /// The worst of what came of it.
    pub fn outcome(&self) -> Outcome {
        let outcomes = self.findings.iter().map(|finding| finding.what.outcome());
        outcomes.max().unwrap_or(Outcome::Passed)
    }
}

/// What a step says that was done to its end.
pub(crate) struct Said<T> {
    pub value: T,
    pub findings: Vec<Finding>,
    pub fields: Vec<(String, String)>,
}

impl<T> Said<T> {
    pub fn new(value: T, findings: impl Into<Vec<Finding>>) -> Self {
        Self {
            value,
            findings: findings.into(),
            fields: vec![],
        }
    }
}

/// The steps that were done.
pub(crate) struct Report {
    pub steps: Vec<Step>,
    /// In seconds since 1970.
    pub now: i64,
    began: Instant,
    each: Duration,
}

impl Report {
    pub fn begin(now: i64) -> Self {
        Self {
            steps: vec![],
            now,
            began: Instant::now(),
            each: LONGEST,
        }
    }

    /// Steps take no longer than this from now on.
    pub fn bound(&mut self, each: Duration) {
        self.each = each.min(LONGEST);
    }

    /// How long the next step may take; nothing when the time is over.
    pub fn limit(&self) -> Option<Duration> {
        let left = TOTAL.checked_sub(self.began.elapsed())?;
        (!left.is_zero()).then(|| left.min(self.each))
    }

    /// Does a step; what it found out, unless it failed.
    pub async fn run<T>(
        &mut self,
        name: StepName,
        (on, asked): (Option<&str>, Option<String>),
        work: impl Future<Output = Result<Said<T>, Finding>>,
    ) -> Option<T> {
        let began = Instant::now();
        let done = match self.limit() {
            None => Err(Finding::new(What::NoTime)),
            Some(limit) => {
                let late = || Finding::of(What::Silent, [("seconds", limit.as_secs().max(1))]);
                let done = tokio::time::timeout(limit, work).await;
                done.unwrap_or_else(|_| Err(late()))
            }
        };
        let (value, findings, fields) = match done {
            Ok(said) => (Some(said.value), said.findings, said.fields),
            Err(finding) => (None, vec![finding], vec![]),
        };
        self.steps.push(Step {
            name,
            on: on.map(str::to_owned),
            took: began.elapsed(),
            findings,
            asked,
            fields,
        });
        value
    }
}

/// A record as a sample shows it: its fields in their order, without secrets, cut where they are long.
pub(crate) fn shown(spec: &SourceSpec, record: &Record) -> Vec<(String, String)> {
    let names = spec.map.visible().map(|field| field.name.as_str());
    let valid = spec
        .valid_entry()
        .filter(|_| spec.unmapped_valid().is_some());
    let cut = |value: &str| match value.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    };
    names
        .chain(valid)
        .map(|name| (name.to_owned(), cut(record.get(name))))
        .collect()
}
