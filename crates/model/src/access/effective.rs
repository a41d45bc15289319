//! The one engine: what a person has in each group, and why.

use serde::{Deserialize, Serialize};

use super::facts::{AccessSettings, Belonging, CustomerFacts, Group, PersonFacts};
use super::permission::{Context, Permission, RW};

/// Why somebody has a permission in a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// Given to the person.
    Direct,
    /// Given to a customer of the person, in this context.
    ViaCustomer {
        customer: String,
        belonging: Belonging,
        context: Context,
    },
    /// Everybody has the group (`CustomerGroupAlwaysGroups`).
    AlwaysGroup,
    /// Every customer has the group (`CustomerGroupCompanyAlwaysGroups`); the person belongs to this one.
    CompanyAlwaysGroup { customer: String },
    /// Permissions by group are switched off (`CustomerGroupSupport`): everybody has everything.
    SupportOff,
}

/// What a person or customer has in one group: each permission that is given, with every reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupAccess {
    pub group: Group,
    /// What is given and why, `rw` where everything is; without repetitions, in a fixed order.
    pub given: Vec<(Permission, Why)>,
}

impl GroupAccess {
    /// Whether a permission is held, by itself or through `rw`.
    pub fn holds(&self, permission: &str) -> bool {
        self.given
            .iter()
            .any(|(given, _)| given.includes(permission))
    }

    /// The reasons why a permission is held: what gives it, by which permission.
    pub fn reasons<'a>(
        &'a self,
        permission: &'a str,
    ) -> impl Iterator<Item = &'a (Permission, Why)> {
        self.given
            .iter()
            .filter(move |(given, _)| given.includes(permission))
    }
}

/// Everything that somebody has: groups in the order in which they were handed in, those without access left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Effective {
    pub groups: Vec<GroupAccess>,
}

impl Effective {
    /// What is held in a group.
    pub fn group(&self, id: i64) -> Option<&GroupAccess> {
        self.groups.iter().find(|access| access.group.id == id)
    }

    /// Whether a permission is held in a group (`PermissionCheck`).
    pub fn holds(&self, group: i64, permission: &str) -> bool {
        self.group(group)
            .is_some_and(|access| access.holds(permission))
    }

    /// The groups in which a permission is held (`GroupMemberList` by person).
    pub fn groups_with<'a>(&'a self, permission: &'a str) -> impl Iterator<Item = &'a Group> {
        self.groups
            .iter()
            .filter(move |access| access.holds(permission))
            .map(|access| &access.group)
    }
}

/// What a person has in these groups, and why: OTOBO's `GroupMemberList`, with the decisions D06 and D13. Unknown and
/// invalid people have nothing, invalid groups give nothing, unknown and invalid customers give nothing.
pub fn effective_permissions(
    person: &PersonFacts,
    groups: &[Group],
    settings: &AccessSettings,
) -> Effective {
    if !person.counts() {
        return Effective::default();
    }
    let access = |group: &Group| {
        let given = person_in_group(person, group, settings);
        (!given.is_empty()).then(|| GroupAccess {
            group: group.clone(),
            given,
        })
    };
    Effective {
        groups: groups
            .iter()
            .filter(|group| group.valid)
            .filter_map(access)
            .collect(),
    }
}

fn person_in_group(
    person: &PersonFacts,
    group: &Group,
    settings: &AccessSettings,
) -> Vec<(Permission, Why)> {
    let everything = |why: Why| (Permission::new(RW), why);
    if !settings.customer_group_support {
        return vec![everything(Why::SupportOff)];
    }
    let mut given: Vec<(Permission, Why)> = vec![];
    let direct = person
        .direct
        .iter()
        .filter(|grant| grant.group == group.id)
        .map(|grant| (grant.permission.clone(), Why::Direct));
    given.extend(direct);
    for customer in &person.customers {
        given.extend(customer.in_group(group, Context::Same, settings));
    }
    if settings.is_always(&group.name) {
        given.push(everything(Why::AlwaysGroup));
    }
    given.sort();
    given.dedup();
    given
}

impl CustomerFacts {
    /// What the customer has in a group in a context: OTOBO's `GroupCustomerList` for one group. Always-groups count in
    /// the context *same* only.
    pub fn in_group(
        &self,
        group: &Group,
        context: Context,
        settings: &AccessSettings,
    ) -> Vec<(Permission, Why)> {
        if !self.counts() || !group.valid {
            return vec![];
        }
        if !settings.customer_group_support {
            return vec![(Permission::new(RW), Why::SupportOff)];
        }
        let via = |grant: &super::Grant| {
            let why = Why::ViaCustomer {
                customer: self.id.clone(),
                belonging: self.belonging,
                context,
            };
            (grant.permission.clone(), why)
        };
        let mut given: Vec<_> = self
            .grants
            .iter()
            .filter(|(given_in, grant)| *given_in == context && grant.group == group.id)
            .map(|(_, grant)| via(grant))
            .collect();
        if context == Context::Same && settings.is_company_always(&group.name) {
            let why = Why::CompanyAlwaysGroup {
                customer: self.id.clone(),
            };
            given.push((Permission::new(RW), why));
        }
        given.sort();
        given.dedup();
        given
    }

    /// What the customer has in these groups in a context: OTOBO's `GroupCustomerList`.
    pub fn effective(
        &self,
        groups: &[Group],
        context: Context,
        settings: &AccessSettings,
    ) -> Effective {
        let access = |group: &Group| {
            let given = self.in_group(group, context, settings);
            (!given.is_empty()).then(|| GroupAccess {
                group: group.clone(),
                given,
            })
        };
        Effective {
            groups: groups.iter().filter_map(access).collect(),
        }
    }
}
