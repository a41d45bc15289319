//! Why somebody lacks a permission, and the smallest changes that would give it.

use serde::{Deserialize, Serialize};

use super::effective::effective_permissions;
use super::facts::{AccessSettings, Grant, Group, PersonFacts};
use super::permission::{Context, Permission};

/// What stands between a person and a permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "obstacle", rename_all = "kebab-case")]
pub enum Obstacle {
    /// No source knows the person.
    UnknownPerson,
    /// The person is not valid.
    InvalidPerson,
    /// The group is not valid.
    InvalidGroup,
    /// Nothing gives the permission: neither to the person, nor to a customer of theirs, nor to everybody.
    NotGiven,
    /// A customer that has the permission is not valid.
    InvalidCustomer { customer: String },
    /// No source knows a customer that has the permission.
    UnknownCustomer { customer: String },
    /// A customer has the permission only for tickets of other customers, which is another context.
    OtherContextOnly { customer: String },
    /// The person has another permission in the group, which does not include this one.
    HasOnly { permissions: Vec<Permission> },
}

/// A change that helps to give a permission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "remedy", rename_all = "kebab-case")]
pub enum Remedy {
    /// Make the person valid.
    ValidatePerson,
    /// Make the group valid.
    ValidateGroup,
    /// Give the permission to the person.
    GivePerson,
    /// Make a customer of the person valid.
    ValidateCustomer { customer: String },
    /// Give the permission to a customer of the person; it reaches everybody of that customer.
    GiveCustomer { customer: String },
    /// Make the group an always-group; it reaches everybody.
    AlwaysGroup,
}

/// What stands between a person and a permission in a group, and each smallest set of changes that would give it:
/// no set contains another, and each was tried with [`effective_permissions`]. Empty when the person has it.
pub fn explain(
    person: &PersonFacts,
    group: &Group,
    permission: &str,
    settings: &AccessSettings,
) -> (Vec<Obstacle>, Vec<Vec<Remedy>>) {
    let world = World {
        person: person.clone(),
        group: group.clone(),
        settings: settings.clone(),
    };
    if world.holds(permission) {
        return (vec![], vec![]);
    }
    (
        obstacles(person, group, permission, settings),
        remedies(&world, permission),
    )
}

fn obstacles(
    person: &PersonFacts,
    group: &Group,
    permission: &str,
    settings: &AccessSettings,
) -> Vec<Obstacle> {
    let mut found = vec![];
    if !person.known {
        found.push(Obstacle::UnknownPerson);
    } else if !person.valid {
        found.push(Obstacle::InvalidPerson);
    }
    if !group.valid {
        found.push(Obstacle::InvalidGroup);
    }
    if !settings.customer_group_support {
        return found;
    }
    let gives = |grant: &Grant| grant.group == group.id && grant.permission.includes(permission);
    let mut given = person.direct.iter().any(gives) || settings.is_always(&group.name);
    for customer in &person.customers {
        let has = |context| {
            let mut grants = customer.grants.iter();
            grants.any(|(given_in, grant)| *given_in == context && gives(grant))
        };
        let id = || customer.id.clone();
        let same = has(Context::Same) || settings.is_company_always(&group.name);
        if same && !customer.known {
            found.push(Obstacle::UnknownCustomer { customer: id() });
        } else if same && !customer.valid {
            found.push(Obstacle::InvalidCustomer { customer: id() });
        } else if !same && has(Context::Other) {
            found.push(Obstacle::OtherContextOnly { customer: id() });
        }
        given |= same;
    }
    if !given {
        found.push(Obstacle::NotGiven);
        let valid = Group {
            valid: true,
            ..group.clone()
        };
        let effective = effective_permissions(person, &[valid], settings);
        let only: Vec<Permission> = effective
            .groups
            .iter()
            .flat_map(|access| access.given.iter().map(|(given, _)| given.clone()))
            .collect();
        if !only.is_empty() {
            found.push(Obstacle::HasOnly { permissions: only });
        }
    }
    found
}

#[derive(Clone)]
struct World {
    person: PersonFacts,
    group: Group,
    settings: AccessSettings,
}

impl World {
    fn holds(&self, permission: &str) -> bool {
        let groups = std::slice::from_ref(&self.group);
        effective_permissions(&self.person, groups, &self.settings).holds(self.group.id, permission)
    }

    fn with(&self, remedy: &Remedy, permission: &str) -> Self {
        let mut world = self.clone();
        let grant = Grant {
            group: self.group.id,
            permission: Permission::new(permission),
        };
        match remedy {
            Remedy::ValidatePerson => world.person.valid = true,
            Remedy::ValidateGroup => world.group.valid = true,
            Remedy::GivePerson => world.person.direct.push(grant),
            Remedy::AlwaysGroup => world.settings.always_groups.push(self.group.name.clone()),
            Remedy::ValidateCustomer { customer } | Remedy::GiveCustomer { customer } => {
                let customers = world.person.customers.iter_mut();
                for facts in customers.filter(|facts| facts.id == *customer) {
                    match remedy {
                        Remedy::ValidateCustomer { .. } => facts.valid = true,
                        _ => facts.grants.push((Context::Same, grant.clone())),
                    }
                }
            }
        }
        world
    }

    /// Changes that make sense at all here.
    fn candidates(&self) -> Vec<Remedy> {
        let mut candidates = vec![];
        if !self.person.valid {
            candidates.push(Remedy::ValidatePerson);
        }
        if !self.group.valid {
            candidates.push(Remedy::ValidateGroup);
        }
        if !self.settings.customer_group_support {
            return candidates;
        }
        candidates.push(Remedy::GivePerson);
        for customer in self.person.customers.iter().filter(|facts| facts.known) {
            let id = || customer.id.clone();
            if !customer.valid {
                candidates.push(Remedy::ValidateCustomer { customer: id() });
            }
            candidates.push(Remedy::GiveCustomer { customer: id() });
        }
        candidates.push(Remedy::AlwaysGroup);
        candidates
    }
}

/// The most changes that one way takes: person, group, customer made valid, and the permission given.
const MOST: usize = 4;

fn remedies(world: &World, permission: &str) -> Vec<Vec<Remedy>> {
    if !world.person.known {
        return vec![];
    }
    let candidates = world.candidates();
    let mut ways: Vec<Vec<Remedy>> = vec![];
    let mut open: Vec<(Vec<usize>, World)> = vec![(vec![], world.clone())];
    for _ in 0..MOST {
        let mut next = vec![];
        for (taken, world) in &open {
            let from = taken.last().map_or(0, |last| last + 1);
            for (at, remedy) in candidates.iter().enumerate().skip(from) {
                let mut way = taken.clone();
                way.push(at);
                let changed = world.with(remedy, permission);
                let named: Vec<Remedy> = way.iter().map(|at| candidates[*at].clone()).collect();
                let contains = |found: &Vec<Remedy>| found.iter().all(|one| named.contains(one));
                if ways.iter().any(contains) {
                    continue;
                }
                if changed.holds(permission) {
                    ways.push(named);
                } else {
                    next.push((way, changed));
                }
            }
        }
        // Each step tries every pair, triple, … of what did not help: bounded by how many customers somebody has.
        if next.len() > 5000 {
            break;
        }
        open = next;
    }
    ways
}
