//! What is given now, as reviews compare it: the grants of a group or customer, and those of single items.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{Error, Kind, Relation, Result};
use kartoteka_model::access::Context;
use kartoteka_model::text::{lower, same_key};
use kartoteka_store::access::{self, CustomerGrant, PersonGrant};

use super::item::{GroupNames, group_of};
use super::subject::About;
use crate::Reviews;

/// What tells one grant from another, whatever its keys are spelled like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    sort: u8,
    holder: String,
    other: String,
    permission: String,
    context: Option<Context>,
}

/// What is given now.
pub(super) type CurrentGrants = BTreeMap<Identity, Relation>;

impl Identity {
    pub fn of(relation: &Relation) -> Self {
        let (sort, permission, context) = match relation {
            Relation::CustomerGroup {
                permission,
                context,
                ..
            } => (0, permission.name(), Some(*context)),
            Relation::PersonGroup { permission, .. } => (1, permission.name(), None),
            Relation::Customer { .. } => (2, "", None),
            Relation::Service { .. } => (3, "", None),
        };
        Self {
            sort,
            holder: lower(relation.holder().1),
            other: lower(&relation.other().1),
            permission: permission.to_owned(),
            context,
        }
    }

    /// The same holder, group and context, whatever the permission.
    fn cell(&self) -> (u8, String, String, Option<Context>) {
        let Self {
            sort,
            holder,
            other,
            context,
            ..
        } = self.clone();
        (sort, holder, other, context)
    }
}

/// Each grant once. Rows beside `rw` say nothing and go with it (D12), so they are no grants of their own.
fn by_identity(relations: impl IntoIterator<Item = Relation>) -> CurrentGrants {
    let mut found: CurrentGrants = relations
        .into_iter()
        .map(|relation| (Identity::of(&relation), relation))
        .collect();
    let with_rw: BTreeSet<_> = found
        .keys()
        .filter(|one| one.permission == kartoteka_model::access::RW)
        .map(Identity::cell)
        .collect();
    found.retain(|one, _| {
        one.permission == kartoteka_model::access::RW || !with_rw.contains(&one.cell())
    });
    found
}

fn of_person(given: PersonGrant, groups: &GroupNames) -> Relation {
    Relation::PersonGroup {
        login: given.login,
        group: groups.get(&given.grant.group).cloned().unwrap_or_default(),
        group_id: given.grant.group,
        permission: given.grant.permission,
    }
}

fn of_customer(given: CustomerGrant, groups: &GroupNames) -> Relation {
    Relation::CustomerGroup {
        customer: given.customer,
        group: groups.get(&given.grant.group).cloned().unwrap_or_default(),
        group_id: given.grant.group,
        permission: given.grant.permission,
        context: given.context,
    }
}

impl Reviews<'_> {
    /// Everything that a review of this would go through, as it is now.
    pub(super) async fn current_grants(
        self,
        about: &About,
        groups: &GroupNames,
    ) -> Result<CurrentGrants> {
        let home = self.directory.home();
        match about {
            About::Group(group) => {
                let (customers, people) = futures::try_join!(
                    access::group_customer_grants(home, group.id, &[]),
                    access::group_people_grants(home, group.id),
                )
                .map_err(Error::home)?;
                let customers = customers
                    .into_iter()
                    .map(|given| of_customer(given, groups));
                let people = people.into_iter().map(|given| of_person(given, groups));
                Ok(by_identity(customers.chain(people)))
            }
            About::Customer { key, .. } => {
                let asked = [key.clone()];
                let (given, people) = futures::try_join!(
                    access::customer_grants(home, &asked, None),
                    access::people_with_customers(home, &asked),
                )
                .map_err(Error::home)?;
                let given = given
                    .into_iter()
                    .filter(|given| same_key(&given.customer, key))
                    .map(|given| of_customer(given, groups));
                let people = people
                    .into_iter()
                    .filter(|(_, customer)| same_key(customer, key))
                    .map(|(login, customer)| Relation::Customer { login, customer });
                Ok(by_identity(given.chain(people)))
            }
        }
    }

    /// Which of these grants are still there: a few statements, however many they are.
    pub(super) async fn still_given(self, relations: &[&Relation]) -> Result<CurrentGrants> {
        let home = self.directory.home();
        let mut people: BTreeSet<String> = BTreeSet::new();
        let mut customers: BTreeSet<String> = BTreeSet::new();
        let mut of_customers: BTreeSet<String> = BTreeSet::new();
        let mut groups: BTreeSet<i64> = BTreeSet::new();
        for relation in relations {
            groups.extend(group_of(relation));
            let (kind, holder) = relation.holder();
            let holder = holder.to_owned();
            match relation {
                Relation::Customer { .. } => of_customers.insert(holder),
                _ if kind == Kind::Customer => customers.insert(holder),
                _ => people.insert(holder),
            };
        }
        let list = |keys: BTreeSet<String>| keys.into_iter().collect::<Vec<_>>();
        let (people, customers, of_customers) = (list(people), list(customers), list(of_customers));
        let group = match groups.len() {
            1 => groups.first().copied(),
            _ => None,
        };
        let (people, customers, assignments) = futures::try_join!(
            access::person_grants(home, &people, group),
            access::customer_grants(home, &customers, group),
            access::further_customers(home, &of_customers),
        )
        .map_err(Error::home)?;
        let names = GroupNames::new();
        let people = people.into_iter().map(|given| of_person(given, &names));
        let customers = customers
            .into_iter()
            .map(|given| of_customer(given, &names));
        let assignments = assignments
            .into_iter()
            .map(|(login, customer)| Relation::Customer { login, customer });
        Ok(by_identity(people.chain(customers).chain(assignments)))
    }
}
