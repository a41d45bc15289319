//! What a job would do, counted.

use kartoteka_directory::Result;
use kartoteka_store::own::jobs::JobRow;
use serde::{Deserialize, Serialize};

use super::job::RowProblem;

/// What somebody gains or loses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum EffectOf {
    Permission { group: String, permission: String },
    Customer { customer: String },
    Service { service: String },
}

/// How many people gain or lose something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectCount {
    #[serde(flatten)]
    pub of: EffectOf,
    pub gained: bool,
    pub people: u64,
}

/// How many people something is wrong with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCount {
    #[serde(flatten)]
    pub problem: RowProblem,
    pub people: u64,
}

/// What a job would do. Everybody is counted in one of `changed`, `already` and `refused`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct JobPreview {
    /// How many people there are.
    pub total: u64,
    /// How many were looked at; fewer than there are when time did not suffice for more.
    pub looked: u64,
    pub changed: u64,
    pub already: u64,
    pub refused: u64,
    /// Why people are refused, or what of theirs is left as it is.
    pub problems: Vec<ProblemCount>,
    /// Who gains and who loses what, by the engine that answers all questions of access.
    pub effects: Vec<EffectCount>,
}

impl JobPreview {
    pub(super) fn of(row: &JobRow) -> Result<Self> {
        let preview: Self = match row.preview.as_str() {
            "" => Self::default(),
            text => serde_json::from_str(text).map_err(kartoteka_directory::Error::internal)?,
        };
        Ok(Self {
            total: row.total.unsigned_abs(),
            looked: row.looked.unsigned_abs(),
            ..preview
        })
    }
}
