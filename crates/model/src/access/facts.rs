//! What the engine has to know: a person with their customers, the groups, the settings.

use serde::{Deserialize, Serialize};

use super::permission::{Context, Permission, STANDARD};

/// The settings that permissions depend on. OTOBO's names are those of the fields' descriptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessSettings {
    /// `CustomerGroupSupport`: without it everybody valid has every permission in every valid group (D13).
    pub customer_group_support: bool,
    /// `CustomerGroupAlwaysGroups`: names of groups that everybody has, with all permissions.
    pub always_groups: Vec<String>,
    /// `CustomerGroupCompanyAlwaysGroups`: names of groups that every customer has in the context *same*.
    pub company_always_groups: Vec<String>,
    /// Whether the context *other customers* is enabled.
    pub other_customers: bool,
    /// `System::Customer::Permission`: the permissions that can be given.
    pub permissions: Vec<String>,
    /// `Ticket::Frontend::CustomerDisableCompanyTicketAccess`: only one's own tickets.
    pub disable_company_tickets: bool,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            customer_group_support: false,
            always_groups: vec!["users".into()],
            company_always_groups: vec!["users".into()],
            other_customers: false,
            permissions: vec!["ro".into(), "rw".into()],
            disable_company_tickets: false,
        }
    }
}

impl AccessSettings {
    /// The contexts that are enabled, the default one first (`GroupContextNameList`).
    pub fn contexts(&self) -> &'static [Context] {
        if self.other_customers {
            &Context::ALL
        } else {
            &Context::ALL[..1]
        }
    }

    /// Whether this is a permission that can be asked about: one that can be given, or one that OTOBO knows.
    pub fn knows(&self, permission: &str) -> bool {
        STANDARD.contains(&permission) || self.permissions.iter().any(|one| one == permission)
    }

    /// Whether everybody valid has everything in a group, if it is valid.
    pub fn is_everybodys(&self, group: &Group) -> bool {
        !self.customer_group_support || self.is_always(&group.name)
    }

    /// Whether every valid customer has everything in a group in a context, if the group is valid.
    pub fn is_every_customers(&self, group: &Group, context: Context) -> bool {
        !self.customer_group_support
            || context == Context::Same && self.is_company_always(&group.name)
    }

    /// Whether everybody has this group.
    pub fn is_always(&self, group: &str) -> bool {
        self.always_groups.iter().any(|name| name == group)
    }

    /// Whether every customer has this group in the context *same*.
    pub fn is_company_always(&self, group: &str) -> bool {
        self.company_always_groups.iter().any(|name| name == group)
    }
}

/// A group: row of `groups_table`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Group {
    pub id: i64,
    pub name: String,
    pub valid: bool,
}

/// A permission given on a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The number of the group.
    pub group: i64,
    pub permission: Permission,
}

/// How a person belongs to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Belonging {
    /// The customer ID of the person's own record.
    Primary,
    /// One of several IDs in a mapped column of the person's record.
    Mapped,
    /// A further customer: row of `customer_user_customer`.
    Further,
}

/// A customer that a person belongs to, or that is asked about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFacts {
    /// As stored.
    pub id: String,
    pub belonging: Belonging,
    pub known: bool,
    pub valid: bool,
    /// What is given to the customer, in each context.
    pub grants: Vec<(Context, Grant)>,
}

impl CustomerFacts {
    /// Whether it gives anything at all (D06).
    pub fn counts(&self) -> bool {
        self.known && self.valid
    }
}

/// A person with what is given to them and to their customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// As stored.
    pub login: String,
    pub known: bool,
    pub valid: bool,
    /// What is given to the person directly.
    pub direct: Vec<Grant>,
    /// OTOBO's `CustomerIDs`, in their order.
    pub customers: Vec<CustomerFacts>,
}

impl PersonFacts {
    /// Whether the person has anything at all (D06).
    pub fn counts(&self) -> bool {
        self.known && self.valid
    }
}
