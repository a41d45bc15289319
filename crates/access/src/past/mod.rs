//! What somebody had on a past day, and the difference between two days.

pub(super) mod changes;
pub(super) mod customers;
pub(super) mod day;
pub(super) mod group;
pub(super) mod holders;
pub(super) mod people;
pub(super) mod records;

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{is_valid, not_found, own_customer_ids};
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Relation, Result};
use kartoteka_model::Collation;
use kartoteka_model::access::{
    AccessSettings, Belonging, Context, CustomerFacts, Effective, Grant, Group, PersonFacts,
    effective_permissions,
};
use kartoteka_model::text::same_key;
use kartoteka_store::access::{self, CustomerGrant};
use kartoteka_store::own::journal;
use serde::Serialize;

use crate::Access;
use crate::effective::{CustomerAccess, PersonAccess};
use crate::past::records::PastRecord;

/// A permission that somebody has at one time and not at another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AccessDifference {
    pub group: String,
    pub permission: String,
    /// For customers: which tickets it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// It is held at the later time, otherwise at the earlier one.
    pub gained: bool,
}

impl Access<'_> {
    /// What a person had in every group at a time (milliseconds since 1970), and why; the person is named by the
    /// present login, or else one that it had. Who was not there yet is not known then. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for somebody who is not known now.
    #[boxed]
    pub async fn permissions_as_of(
        self,
        actor: &Actor,
        login: &str,
        at: i64,
    ) -> Result<PersonAccess> {
        actor.require(Action::See, Object::Access)?;
        let position = self.position_then(at).await?;
        let (person, groups, settings) = futures::try_join!(
            self.person_facts_at(login, position),
            self.groups_at(position),
            self.access_settings_at(position),
        )?;
        Ok(PersonAccess {
            unavailable_since: None,
            held_back_since: None,
            login: person.login.clone(),
            effective: effective_permissions(&person, &groups, &settings),
            settings,
            person,
        })
    }

    /// What a person gained and lost between two times, by group and permission; before the person was known there is
    /// nothing to lose. Role: reader.
    ///
    /// # Errors
    /// As [`Access::permissions_as_of`].
    #[boxed]
    pub async fn access_between(
        self,
        actor: &Actor,
        login: &str,
        earlier: i64,
        later: i64,
    ) -> Result<Vec<AccessDifference>> {
        let before = self.permissions_as_of(actor, login, earlier).await?;
        let after = self.permissions_as_of(actor, login, later).await?;
        let settings = [&before.settings, &after.settings];
        Ok(differences(
            &before.effective,
            &after.effective,
            None,
            settings,
            self.directory.collation(),
        ))
    }

    /// What a customer had in every group and enabled context at a time; named by the present ID, or else one that it
    /// had. What was not there yet is not known then. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for a customer that is not known now.
    #[boxed]
    pub async fn customer_permissions_as_of(
        self,
        actor: &Actor,
        customer: &str,
        at: i64,
    ) -> Result<CustomerAccess> {
        actor.require(Action::See, Object::Access)?;
        let position = self.position_then(at).await?;
        let past = self.record_named(Kind::Customer, customer, position);
        let (past, groups, settings) = futures::try_join!(
            past,
            self.groups_at(position),
            self.access_settings_at(position),
        )?;
        let past = past.ok_or_else(|| not_found(Kind::Customer, customer))?;
        let asked = [past.key_now.clone()];
        let given = access::customer_grants(self.directory.home(), &asked, None)
            .await
            .map_err(Error::home)?;
        let facts = self.customer_then(past, Belonging::Primary, &given);
        let effective = settings
            .contexts()
            .iter()
            .map(|context| (*context, facts.effective(&groups, *context, &settings)))
            .collect();
        Ok(CustomerAccess {
            customer: facts.id.clone(),
            effective,
            settings,
            facts,
        })
    }

    /// What a customer gained and lost between two times, by context, group and permission. Role: reader.
    ///
    /// # Errors
    /// As [`Access::customer_permissions_as_of`].
    #[boxed]
    pub async fn customer_access_between(
        self,
        actor: &Actor,
        customer: &str,
        earlier: i64,
        later: i64,
    ) -> Result<Vec<AccessDifference>> {
        let of = |at| self.customer_permissions_as_of(actor, customer, at);
        let (before, after) = (of(earlier).await?, of(later).await?);
        let settings = [&before.settings, &after.settings];
        let held = |access: &CustomerAccess, context: Context| {
            let mut effective = access.effective.iter();
            let found = effective.find(|(one, _)| *one == context);
            found.map_or_else(Effective::default, |(_, effective)| effective.clone())
        };
        let mut found = vec![];
        for context in Context::ALL {
            let (before, after) = (held(&before, context), held(&after, context));
            found.extend(differences(
                &before,
                &after,
                Some(context),
                settings,
                self.directory.collation(),
            ));
        }
        Ok(found)
    }

    /// The number of the last journal entry that was written until a time.
    pub(super) async fn position_then(self, at: i64) -> Result<i64> {
        let position = journal::position_at(self.directory.home(), at).await;
        position.map_err(Error::home)
    }

    async fn person_facts_at(self, login: &str, position: i64) -> Result<PersonFacts> {
        let past = self
            .record_named(Kind::CustomerUser, login, position)
            .await?
            .ok_or_else(|| not_found(Kind::CustomerUser, login))?;
        let handle = &self.directory.handles(Kind::CustomerUser)[past.source];
        let logins = [past.key_now.clone()];
        let (mut direct, mut further) = futures::try_join!(
            access::person_grants(self.directory.home(), &logins, None),
            access::further_customers(self.directory.home(), &logins),
        )
        .map_err(Error::home)?;
        direct.retain(|given| same_key(&given.login, &past.key_now));
        further.retain(|(login, _)| same_key(login, &past.key_now));
        let mut direct: Vec<Grant> = direct.into_iter().map(|given| given.grant).collect();
        let mut further: Vec<String> = further.into_iter().map(|(_, customer)| customer).collect();
        // Rows have the keys of now.
        let named: Vec<(String, i64)> = past
            .since
            .iter()
            .filter_map(|(entry, change)| match &change.relation {
                Relation::Customer { customer, .. } => Some((customer.clone(), *entry)),
                _ => None,
            })
            .collect();
        let mut present = self
            .directory
            .present_keys(Kind::Customer, &named)
            .await?
            .into_iter();
        for (_, change) in &past.since {
            match &change.relation {
                Relation::PersonGroup {
                    group_id,
                    permission,
                    ..
                } => {
                    let grant = Grant {
                        group: *group_id,
                        permission: permission.clone(),
                    };
                    direct.retain(|one| *one != grant);
                    if !change.given {
                        direct.push(grant);
                    }
                }
                Relation::Customer { customer, .. } => {
                    let customer = present.next().unwrap_or_else(|| customer.clone());
                    further.retain(|one| !same_key(one, &customer));
                    if !change.given {
                        further.push(customer);
                    }
                }
                _ => {}
            }
        }
        further.sort_by_cached_key(|id| (self.directory.collation().key(id), id.clone()));
        let mut belongs = self.own_customers_then(&past, position).await?;
        belongs.extend(further.into_iter().map(|id| (id, Belonging::Further)));
        let mut customers: Vec<CustomerFacts> = vec![];
        for facts in self.customers_at(belongs, position).await? {
            if !customers.iter().any(|one| same_key(&one.id, &facts.id)) {
                customers.push(facts);
            }
        }
        Ok(PersonFacts {
            valid: is_valid(handle, &past.record),
            login: past.key_then,
            known: past.existed,
            direct,
            customers,
        })
    }

    /// The customers that a person's own record named, by the keys that they have now.
    async fn own_customers_then(
        self,
        past: &PastRecord,
        position: i64,
    ) -> Result<Vec<(String, Belonging)>> {
        let handle = &self.directory.handles(Kind::CustomerUser)[past.source];
        let Some(people) = &handle.people else {
            return Ok(vec![]);
        };
        let primary = past.record.get("UserCustomerID");
        let ids = own_customer_ids(people, &past.record);
        let of_now = self.directory.find_rows(Kind::Customer, &ids).await?;
        let known: Vec<bool> = of_now.iter().map(Option::is_some).collect();
        // Where each ID stood when it stood there: none for one that is the key of now.
        let mut own = vec![];
        for (id, known) in ids.into_iter().zip(known) {
            let (belonging, field) = match same_key(&id, primary) {
                true => (Belonging::Primary, "UserCustomerID"),
                false => (Belonging::Mapped, "UserCustomerIDs"),
            };
            let then = match past.changed.get(field) {
                Some(entry) => Some(*entry),
                // What stands there now was carried along when its customer was renamed; some sources keep what they
                // had, though.
                None => (!known).then_some(position),
            };
            own.push((id, belonging, then));
        }
        let named: Vec<(String, i64)> = own
            .iter()
            .filter_map(|(id, _, then)| Some((id.clone(), (*then)?)))
            .collect();
        let mut present = self
            .directory
            .present_keys(Kind::Customer, &named)
            .await?
            .into_iter();
        let own = own.into_iter().map(|(id, belonging, then)| {
            let now = then.and_then(|_| present.next());
            (now.unwrap_or(id), belonging)
        });
        Ok(own.collect())
    }

    /// Customers as they were, by the keys that they have now.
    async fn customers_at(
        self,
        belongs: Vec<(String, Belonging)>,
        position: i64,
    ) -> Result<Vec<CustomerFacts>> {
        let ids: Vec<String> = belongs.iter().map(|(id, _)| id.clone()).collect();
        let records = self.records_at(Kind::Customer, &ids, position).await?;
        let names: Vec<String> = records
            .iter()
            .flatten()
            .map(|record| record.key_now.clone())
            .collect();
        let given = access::customer_grants(self.directory.home(), &names, None)
            .await
            .map_err(Error::home)?;
        let facts = belongs.into_iter().zip(records);
        let facts = facts.map(|((id, belonging), record)| match record {
            Some(past) => self.customer_then(past, belonging, &given),
            None => CustomerFacts {
                id,
                belonging,
                known: false,
                valid: false,
                grants: vec![],
            },
        });
        Ok(facts.collect())
    }

    /// A customer as it was; `given` is what is given to it now, among others.
    fn customer_then(
        self,
        past: PastRecord,
        belonging: Belonging,
        given: &[CustomerGrant],
    ) -> CustomerFacts {
        let handle = &self.directory.handles(Kind::Customer)[past.source];
        let mut grants: Vec<_> = given
            .iter()
            .filter(|given| same_key(&given.customer, &past.key_now))
            .map(|given| (given.context, given.grant.clone()))
            .collect();
        for (_, change) in &past.since {
            if let Relation::CustomerGroup {
                group_id,
                permission,
                context,
                ..
            } = &change.relation
            {
                let grant = Grant {
                    group: *group_id,
                    permission: permission.clone(),
                };
                grants.retain(|one| *one != (*context, grant.clone()));
                if !change.given {
                    grants.push((*context, grant));
                }
            }
        }
        CustomerFacts {
            belonging,
            known: past.existed,
            valid: is_valid(handle, &past.record),
            grants,
            id: past.key_then,
        }
    }
}

/// What is held at one time and not at the other, in the permissions that could be given at either.
fn differences(
    before: &Effective,
    after: &Effective,
    context: Option<Context>,
    settings: [&AccessSettings; 2],
    collation: &Collation,
) -> Vec<AccessDifference> {
    let mut groups: BTreeMap<i64, &Group> = BTreeMap::new();
    for access in before.groups.iter().chain(&after.groups) {
        groups.insert(access.group.id, &access.group);
    }
    let mut permissions: Vec<&String> = vec![];
    for permission in settings.iter().rev().flat_map(|one| &one.permissions) {
        if !permissions.contains(&permission) {
            permissions.push(permission);
        }
    }
    let mut found = vec![];
    for (id, group) in groups {
        for permission in &permissions {
            let (had, has) = (before.holds(id, permission), after.holds(id, permission));
            if had != has {
                found.push(AccessDifference {
                    group: group.name.clone(),
                    permission: (*permission).clone(),
                    context,
                    gained: has,
                });
            }
        }
    }
    found.sort_by_cached_key(|one| (collation.key(&one.group), one.group.clone()));
    found
}
