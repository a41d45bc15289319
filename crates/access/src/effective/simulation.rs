//! Changes of relations laid over what a person has.

use std::collections::BTreeMap;

use kartoteka_directory::{Kind, Relation, RelationChange};
use kartoteka_model::access::{Belonging, CustomerFacts, Grant, PersonFacts};
use kartoteka_model::text::{lower, same_key};

/// Changes laid over what is.
pub(crate) struct Simulation<'a> {
    people: BTreeMap<String, Vec<&'a RelationChange>>,
    customers: BTreeMap<String, Vec<&'a RelationChange>>,
    named: BTreeMap<String, CustomerFacts>,
}

impl<'a> Simulation<'a> {
    pub fn new(changes: &'a [RelationChange], named: BTreeMap<String, CustomerFacts>) -> Self {
        let mut simulation = Self {
            people: BTreeMap::new(),
            customers: BTreeMap::new(),
            named,
        };
        for change in changes {
            let (kind, key) = change.relation.holder();
            let side = match kind {
                Kind::Customer => &mut simulation.customers,
                _ => &mut simulation.people,
            };
            side.entry(lower(key)).or_default().push(change);
        }
        simulation
    }

    /// The person as the changes would leave them.
    pub fn after(&self, before: &PersonFacts) -> PersonFacts {
        let mut person = before.clone();
        let own = self.people.get(&lower(&person.login));
        for change in own.into_iter().flatten() {
            match &change.relation {
                Relation::Customer { customer, .. } => self.belong(&mut person, customer, change),
                Relation::PersonGroup {
                    group_id,
                    permission,
                    ..
                } => {
                    let grant = Grant {
                        group: *group_id,
                        permission: permission.clone(),
                    };
                    person.direct.retain(|one| *one != grant);
                    if change.given {
                        person.direct.push(grant);
                    }
                }
                _ => {}
            }
        }
        for customer in &mut person.customers {
            let changes = self.customers.get(&lower(&customer.id));
            for change in changes.into_iter().flatten() {
                if let Relation::CustomerGroup {
                    group_id,
                    permission,
                    context,
                    ..
                } = &change.relation
                {
                    let grant = (
                        *context,
                        Grant {
                            group: *group_id,
                            permission: permission.clone(),
                        },
                    );
                    customer.grants.retain(|one| *one != grant);
                    if change.given {
                        customer.grants.push(grant);
                    }
                }
            }
        }
        person
    }

    /// A customer that the person's own record names stays, whatever becomes of the further one.
    fn belong(&self, person: &mut PersonFacts, customer: &str, change: &RelationChange) {
        if change.given {
            let there = person
                .customers
                .iter()
                .any(|one| same_key(&one.id, customer));
            if let Some(facts) = self.named.get(&lower(customer)).filter(|_| !there) {
                person.customers.push(CustomerFacts {
                    belonging: Belonging::Further,
                    ..facts.clone()
                });
            }
        } else {
            person
                .customers
                .retain(|one| !same_key(&one.id, customer) || one.belonging != Belonging::Further);
        }
    }
}
