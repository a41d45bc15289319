//! One item of a review: a grant, what else gives the same, and what was decided.

use std::collections::BTreeMap;

use kartoteka_access::Wanted;
use kartoteka_directory::{Error, FieldProblem, Relation, Result};
use kartoteka_model::access::{Belonging, Context, Permission, Why};
use kartoteka_store::own::review_items::ItemRow;
use serde::{Deserialize, Serialize};

/// What a reviewer says of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    Undecided,
    /// It is right as it is.
    Confirm,
    /// It is to be taken away.
    Revoke,
}

impl Decision {
    /// All decisions.
    pub const ALL: [Self; 3] = [Self::Undecided, Self::Confirm, Self::Revoke];

    /// The name in REST, the terminal and the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Confirm => "confirm",
            Self::Revoke => "revoke",
        }
    }

    /// The decision of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What became of an item when the review was signed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Kept,
    Revoked,
    /// It was taken away by somebody else before.
    Gone,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Revoked, Self::Gone];

    /// The name in REST, the terminal and the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Revoked => "revoked",
            Self::Gone => "gone",
        }
    }

    /// The outcome of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// What gives the same, so that taking the item away would change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "also", rename_all = "kebab-case")]
pub enum OtherGrant {
    /// Another reason gives a permission that includes the item's.
    Permission { permission: Permission, why: Why },
    /// The person's own record names the customer.
    Belongs { belonging: Belonging },
}

/// A decision that was made before the present one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastDecision {
    pub decision: Decision,
    pub comment: String,
    pub by: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// One item of a review.
#[derive(Debug, Clone)]
pub struct ReviewItem {
    /// Its number within the review.
    pub seq: i64,
    /// What is given; keys and names as they are now, or were at the end of a closed review.
    pub relation: Relation,
    /// The key of whoever has it when the item was taken in.
    pub named: String,
    /// Their display text of then.
    pub text: String,
    /// Whether they were known, and valid.
    pub known: bool,
    pub valid: bool,
    /// How many people it reached.
    pub reach: u64,
    /// What gave the same.
    pub also: Vec<OtherGrant>,
    pub decision: Decision,
    pub comment: String,
    /// When it was decided, in seconds since 1970, and by whom; empty while it is not.
    pub decided: Option<i64>,
    pub decided_by: String,
    /// Decisions made before, the earliest first.
    pub past: Vec<PastDecision>,
    /// Counts the decisions.
    pub version: i64,
    /// In a review that was signed off.
    pub outcome: Option<Outcome>,
    /// Whether it is still given; asked of open reviews only.
    pub given: bool,
    /// Why the one who asks may not decide.
    pub refused: Option<FieldProblem>,
}

/// Names of groups by number.
pub(super) type GroupNames = BTreeMap<i64, String>;

/// The columns of an item that say which grant it is.
pub(super) struct GrantColumns<'a> {
    pub kind: &'a str,
    pub holder: &'a str,
    pub other: &'a str,
    pub group_id: i64,
    pub permission: &'a str,
    pub context: &'a str,
}

/// The grant that columns name; groups by the names that they have now, if these are handed in.
pub(super) fn relation(columns: &GrantColumns<'_>, groups: &GroupNames) -> Relation {
    let group = || {
        let now = groups.get(&columns.group_id);
        now.cloned().unwrap_or_else(|| columns.other.to_owned())
    };
    match columns.kind {
        "customer-group" => Relation::CustomerGroup {
            customer: columns.holder.to_owned(),
            group: group(),
            group_id: columns.group_id,
            permission: Permission::new(columns.permission),
            context: Context::parse(columns.context).unwrap_or(Context::Same),
        },
        "person-group" => Relation::PersonGroup {
            login: columns.holder.to_owned(),
            group: group(),
            group_id: columns.group_id,
            permission: Permission::new(columns.permission),
        },
        _ => Relation::Customer {
            login: columns.holder.to_owned(),
            customer: columns.other.to_owned(),
        },
    }
}

/// A grant that is wanted no more.
pub(super) fn no_more(relation: &Relation) -> Wanted {
    let given = false;
    match relation.clone() {
        Relation::Customer { login, customer } => Wanted::Customer {
            login,
            customer,
            given,
        },
        Relation::PersonGroup {
            login,
            group,
            permission,
            ..
        } => Wanted::PersonGroup {
            login,
            group,
            permission: permission.name().to_owned(),
            given,
        },
        Relation::CustomerGroup {
            customer,
            group,
            permission,
            context,
            ..
        } => Wanted::CustomerGroup {
            customer,
            group,
            permission: permission.name().to_owned(),
            context,
            given,
        },
        Relation::Service { login, service, .. } => Wanted::Service {
            login,
            service,
            given,
        },
    }
}

/// The group of a grant, by number.
pub(super) fn group_of(relation: &Relation) -> Option<i64> {
    match relation {
        Relation::PersonGroup { group_id, .. } | Relation::CustomerGroup { group_id, .. } => {
            Some(*group_id)
        }
        _ => None,
    }
}

impl ReviewItem {
    /// Reads a row.
    pub(super) fn read(row: &ItemRow, groups: &GroupNames) -> Result<Self> {
        let columns = GrantColumns {
            kind: &row.kind,
            holder: &row.holder,
            other: &row.other,
            group_id: row.group_id,
            permission: &row.permission,
            context: &row.context,
        };
        Ok(Self {
            seq: row.seq,
            relation: relation(&columns, groups),
            named: row.holder_named.clone(),
            text: row.holder_text.clone(),
            known: row.known,
            valid: row.valid,
            reach: row.reach as u64,
            also: serde_json::from_str(&row.also).map_err(Error::internal)?,
            decision: Decision::parse(&row.decision)
                .ok_or_else(|| Error::unknown_word(&row.decision))?,
            comment: row.remark.clone(),
            decided: row.decided,
            decided_by: row.decided_by.clone(),
            past: past(row)?,
            version: row.version,
            outcome: Outcome::parse(&row.outcome),
            given: true,
            refused: None,
        })
    }

    /// Whoever has it, by key.
    pub fn holder(&self) -> &str {
        self.relation.holder().1
    }
}

/// The decisions before the present one.
pub(super) fn past(row: &ItemRow) -> Result<Vec<PastDecision>> {
    match row.past.as_str() {
        "" => Ok(vec![]),
        past => serde_json::from_str(past).map_err(Error::internal),
    }
}
