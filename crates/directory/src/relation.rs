//! Relations as plans, the journal and history speak of them.

use kartoteka_model::access::{Context, Permission};
use kartoteka_model::text::same_key;
use kartoteka_store::access::RelationRow;
use serde::{Deserialize, Serialize};

use crate::kind::Kind;

/// One relation. Numbers are kept beside names, so that it is found again after a rename.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "relation", rename_all = "kebab-case")]
pub enum Relation {
    /// A further customer of a person.
    Customer { login: String, customer: String },
    /// A permission of a person in a group.
    PersonGroup {
        login: String,
        group: String,
        group_id: i64,
        permission: Permission,
    },
    /// A permission of a customer in a group.
    CustomerGroup {
        customer: String,
        group: String,
        group_id: i64,
        permission: Permission,
        context: Context,
    },
    /// A service of a person, or of everybody without their own (`<DEFAULT>`).
    Service {
        login: String,
        service: String,
        service_id: i64,
    },
}

/// A relation that is given or taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RelationChange {
    #[serde(flatten)]
    pub relation: Relation,
    pub given: bool,
}

impl Relation {
    /// The record that the relation belongs to: a person, or a customer.
    pub fn holder(&self) -> (Kind, &str) {
        match self {
            Self::Customer { login, .. }
            | Self::PersonGroup { login, .. }
            | Self::Service { login, .. } => (Kind::CustomerUser, login),
            Self::CustomerGroup { customer, .. } => (Kind::Customer, customer),
        }
    }

    /// The person, or the customer, that the relation names.
    pub fn key_of(&self, kind: Kind) -> Option<&String> {
        match (self, kind) {
            (
                Self::Customer { login, .. }
                | Self::PersonGroup { login, .. }
                | Self::Service { login, .. },
                Kind::CustomerUser,
            ) => Some(login),
            (
                Self::Customer { customer, .. } | Self::CustomerGroup { customer, .. },
                Kind::Customer,
            ) => Some(customer),
            _ => None,
        }
    }

    /// The other side, as the journal's links name it: kind and key; groups and services by number.
    pub fn other(&self) -> (&'static str, String) {
        match self {
            Self::Customer { customer, .. } => ("customer", customer.clone()),
            Self::PersonGroup { group_id, .. } | Self::CustomerGroup { group_id, .. } => {
                ("group", group_id.to_string())
            }
            Self::Service { service_id, .. } => ("service", service_id.to_string()),
        }
    }

    /// The same of another login; of a customer it is the same.
    pub(crate) fn of_login(mut self, to: &str) -> Self {
        match &mut self {
            Self::Customer { login, .. }
            | Self::PersonGroup { login, .. }
            | Self::Service { login, .. } => to.clone_into(login),
            Self::CustomerGroup { .. } => {}
        }
        self
    }

    /// Whether it is the same of the same person, however that is spelled.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        let [(kind, one), (other_kind, another)] = [self.holder(), other.holder()];
        let [beside, other_beside] = [self.other(), other.other()];
        // A permission and its context, where it is one.
        let given = |relation: &Self| match relation.clone() {
            Self::PersonGroup { permission, .. } => Some((permission, None)),
            Self::CustomerGroup {
                permission,
                context,
                ..
            } => Some((permission, Some(context))),
            Self::Customer { .. } | Self::Service { .. } => None,
        };
        kind == other_kind
            && same_key(one, another)
            && beside.0 == other_beside.0
            && same_key(&beside.1, &other_beside.1)
            && given(self) == given(other)
    }

    /// What is given, apart from to whom: its kind, and its name.
    pub fn in_words(&self) -> (&'static str, String) {
        match self {
            Self::Customer { customer, .. } => ("customer", customer.clone()),
            Self::PersonGroup {
                group, permission, ..
            }
            | Self::CustomerGroup {
                group, permission, ..
            } => ("group", format!("{group}: {}", permission.name())),
            Self::Service { service, .. } => ("service", service.clone()),
        }
    }

    /// The row that stands for it.
    pub fn row(&self) -> RelationRow {
        match self.clone() {
            Self::Customer { login, customer } => RelationRow::Customer { login, customer },
            Self::PersonGroup {
                login,
                group_id,
                permission,
                ..
            } => RelationRow::Person {
                login,
                group: group_id,
                permission,
            },
            Self::CustomerGroup {
                customer,
                group_id,
                permission,
                context,
                ..
            } => RelationRow::CustomerGroup {
                customer,
                group: group_id,
                permission,
                context,
            },
            Self::Service {
                login, service_id, ..
            } => RelationRow::Service {
                login,
                service: service_id,
            },
        }
    }
}
