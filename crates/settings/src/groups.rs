//! `[groups]`: the permissions of customers and customer users.

use std::collections::BTreeMap;

use crate::key::{Key, Kind};
use crate::section::Section;
use crate::set_in::SetIn;

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "customer_group_support",
        Kind::Switch,
        "false",
        "Permissions by group (CustomerGroupSupport); without them everybody has every permission.",
    ),
    Key::new(
        "always_groups",
        Kind::Texts,
        "[\"users\"]",
        "Groups that every customer user has (CustomerGroupAlwaysGroups).",
    ),
    Key::new(
        "company_always_groups",
        Kind::Texts,
        "[\"users\"]",
        "Groups that every customer has for its own tickets (CustomerGroupCompanyAlwaysGroups).",
    ),
    Key::new(
        "other_customers",
        Kind::Switch,
        "false",
        "The context \"other customers\" (CustomerGroupPermissionContext###100-CustomerID-other).",
    ),
    Key::new(
        "permissions",
        Kind::Texts,
        "[\"ro\", \"rw\"]",
        "Permissions offered for customers (System::Customer::Permission).",
    ),
    Key::new(
        "disable_company_tickets",
        Kind::Switch,
        "false",
        "Customer users see their own tickets only (Ticket::Frontend::CustomerDisableCompanyTicketAccess).",
    ),
];

/// Keys that can be changed in the pages, too, unless the file names them.
pub(crate) const IN_PAGES: [&str; 6] = [
    "customer_group_support",
    "always_groups",
    "company_always_groups",
    "other_customers",
    "permissions",
    "disable_company_tickets",
];

/// `[groups]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// `CustomerGroupSupport`.
    pub customer_group_support: bool,
    /// `CustomerGroupAlwaysGroups`: names.
    pub always_groups: Vec<String>,
    /// `CustomerGroupCompanyAlwaysGroups`: names.
    pub company_always_groups: Vec<String>,
    /// Whether permissions on tickets of other customers can be given.
    pub other_customers: bool,
    /// `System::Customer::Permission`.
    pub permissions: Vec<String>,
    /// `Ticket::Frontend::CustomerDisableCompanyTicketAccess`.
    pub disable_company_tickets: bool,
    /// Keys that the file or the environment names: they hold, whatever is saved elsewhere.
    pub named: BTreeMap<String, SetIn>,
}

impl Default for Groups {
    fn default() -> Self {
        Self {
            customer_group_support: false,
            always_groups: vec!["users".into()],
            company_always_groups: vec!["users".into()],
            other_customers: false,
            permissions: vec!["ro".into(), "rw".into()],
            disable_company_tickets: false,
            named: BTreeMap::new(),
        }
    }
}

impl Groups {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        let texts = |key, shipped| {
            section.texts(key).map_or(shipped, |texts| {
                texts.into_iter().map(|(text, _)| text).collect()
            })
        };
        Self {
            customer_group_support: section
                .bool("customer_group_support")
                .unwrap_or(shipped.customer_group_support),
            always_groups: texts("always_groups", shipped.always_groups),
            company_always_groups: texts("company_always_groups", shipped.company_always_groups),
            other_customers: section
                .bool("other_customers")
                .unwrap_or(shipped.other_customers),
            permissions: texts("permissions", shipped.permissions),
            disable_company_tickets: section
                .bool("disable_company_tickets")
                .unwrap_or(shipped.disable_company_tickets),
            named: section.named(),
        }
    }
}
