//! What is given to people and taken from them in numbers.

use serde::{Deserialize, Serialize};

/// What is given to a person or taken from them; named as the outside names things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "relation", rename_all = "kebab-case")]
pub enum JobRelation {
    /// A further customer.
    Customer {
        customer: String,
    },
    /// A permission in a group.
    PersonGroup {
        group: String,
        permission: String,
    },
    Service {
        service: String,
    },
}

/// A relation that everybody of a job is given, or that is taken from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobChange {
    #[serde(flatten)]
    pub relation: JobRelation,
    pub given: bool,
}

/// A named set of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Template {
    pub id: i64,
    pub name: String,
    pub changes: Vec<JobChange>,
    /// Who saved it last, and when in seconds since 1970.
    pub changed_by: String,
    pub changed: i64,
    /// What a form was made from, so that nobody overwrites what they did not see.
    pub version: String,
}
