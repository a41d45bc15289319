//! Everybody who has something in a group, one permission beside the other: how many people, and the first of them; the
//! first customers. What is given is read once for all permissions, and so is everybody who is named.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_model::access::{AccessSettings, Context, Group, effective_permissions};
use kartoteka_model::text::lower;
use kartoteka_store::access::{self, CustomerGrant};
use kartoteka_store::index::Member;
use serde::Serialize;

use super::candidates::Candidates;
use super::customer_holders::CustomerHolder;
use super::holders::{Holder, MANY_CUSTOMERS, MOST_STRIDES, STRIDE};
use crate::actor::{Actor, Role};
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::open::Directory;

/// Who has one permission in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    pub permission: String,
    /// How many people have it, exactly.
    pub count: u64,
    /// The first of them, in the default order of people.
    pub people: Vec<Holder>,
    /// The first customers that have it for their own tickets, in the default order of customers.
    pub customers: Vec<CustomerHolder>,
}

/// Who has what in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupHolding {
    pub group: Group,
    pub settings: AccessSettings,
    /// Each permission that can be given, in the configured order.
    pub held: Vec<Held>,
}

/// Sets of which several permissions may have the same, and which each permission has.
struct Sets<S, F> {
    known: Vec<(S, F)>,
    of: Vec<usize>,
}

impl<S: PartialEq, F> Sets<S, F> {
    fn new() -> Self {
        Self {
            known: vec![],
            of: vec![],
        }
    }

    /// Notes that the next permission has a set that is known already.
    fn is_known(&mut self, set: &S) -> bool {
        let at = self.known.iter().position(|(known, _)| known == set);
        self.of.extend(at);
        at.is_some()
    }

    fn add(&mut self, set: S, found: F) {
        self.of.push(self.known.len());
        self.known.push((set, found));
    }

    /// What was found for a permission, by its place.
    fn found(&self, permission: usize) -> &F {
        &self.known[self.of[permission]].1
    }
}

impl Directory {
    /// How many people have each permission in a group, and the first so many people and customers, with why. Role:
    /// reader.
    ///
    /// # Errors
    /// `Unknown` for the group; when a source does not answer.
    pub async fn group_holding(
        &self,
        actor: &Actor,
        group: &str,
        first: u32,
    ) -> Result<GroupHolding> {
        actor.require(Role::Reader)?;
        let group = self.group_named(group).await?;
        self.follow_both().await?;
        let settings = self.access_settings().await?;
        let grants = match settings.customer_group_support {
            true => access::group_customer_grants(&self.inner.home, group.id)
                .await
                .map_err(Error::home)?,
            false => vec![],
        };
        let given = self.given_in(&group, &settings, &grants).await?;
        let mut people = Sets::new();
        let mut customers = Sets::new();
        for permission in &settings.permissions {
            let set = given.candidates(permission);
            if !people.is_known(&set) {
                let found = self.first_people(&set, first).await?;
                people.add(set, found);
            }
            let set = customers_with(&group, &settings, &grants, permission);
            if !customers.is_known(&set) {
                let found = self.first_customers(set.as_deref(), first).await?;
                customers.add(set, found);
            }
        }
        let found = people.known.iter().flat_map(|(_, (_, members))| members);
        let described = self.described_people(&group, &settings, found).await?;
        let found = customers.known.iter().flat_map(|(_, members)| members);
        let described_customers = self.described_customers(&group, &settings, found).await?;
        let held = settings.permissions.iter().enumerate().map(|(at, name)| {
            let (count, members) = people.found(at);
            let holder = |member: &Member| described.get(&member.key).cloned();
            let customer = |member: &Member| described_customers.get(&member.key).cloned();
            let mut held = Held {
                permission: name.clone(),
                count: *count,
                people: members.iter().filter_map(holder).collect(),
                customers: customers.found(at).iter().filter_map(customer).collect(),
            };
            for one in &mut held.people {
                one.reasons.retain(|(given, _)| given.includes(name));
            }
            for one in &mut held.customers {
                one.reasons.retain(|(given, _)| given.includes(name));
            }
            held
        });
        Ok(GroupHolding {
            held: held.collect(),
            group,
            settings,
        })
    }

    /// How many there are, and the first of them.
    async fn first_people(&self, set: &Candidates, first: u32) -> Result<(u64, Vec<Member>)> {
        let index = &self.keeper(Kind::CustomerUser).index;
        let found = match set {
            Candidates::Nobody => return Ok((0, vec![])),
            Candidates::Everybody => futures::try_join!(index.count(0), index.walk(None, first)),
            Candidates::Some { customers, logins } => {
                let members = async {
                    match customers.len() > MANY_CUSTOMERS {
                        true => self.first_among(customers, logins, first).await,
                        false => index.members(customers, logins, None, first).await,
                    }
                };
                futures::try_join!(index.count_members(customers, logins), members)
            }
        };
        found.map_err(Error::internal)
    }

    /// Where many customers have the group, its people are found soonest by walking through everybody in order.
    async fn first_among(
        &self,
        customers: &[String],
        logins: &[String],
        first: u32,
    ) -> Result<Vec<Member>, kartoteka_store::StoreError> {
        let index = &self.keeper(Kind::CustomerUser).index;
        let among: BTreeSet<String> = customers.iter().map(|id| lower(id)).collect();
        let named: BTreeSet<&String> = logins.iter().collect();
        let is_one = |member: &Member| {
            named.contains(&lower(&member.key))
                || member.customers.iter().any(|id| among.contains(id))
        };
        let mut found = vec![];
        let mut after: Option<String> = None;
        for _ in 0..MOST_STRIDES {
            let members = index.walk(after.as_deref(), STRIDE).await?;
            let Some(last) = members.last() else {
                return Ok(found);
            };
            after = Some(last.key.clone());
            found.extend(members.into_iter().filter(is_one));
            if found.len() >= first as usize {
                found.truncate(first as usize);
                return Ok(found);
            }
        }
        index.members(customers, logins, None, first).await
    }

    /// The first valid ones of these customers, or of all.
    async fn first_customers(&self, set: Option<&[String]>, first: u32) -> Result<Vec<Member>> {
        let index = &self.keeper(Kind::Customer).index;
        let found = match set {
            None => index.walk(None, first).await,
            Some([]) => return Ok(vec![]),
            Some(ids) => index.members(&[], ids, None, first).await,
        };
        found.map_err(Error::internal)
    }

    /// Everything that these people have in a group, and why, by login.
    async fn described_people<'a>(
        &self,
        group: &Group,
        settings: &AccessSettings,
        members: impl Iterator<Item = &'a Member>,
    ) -> Result<BTreeMap<String, Holder>> {
        let members: BTreeMap<&String, &Member> =
            members.map(|member| (&member.key, member)).collect();
        let members: Vec<Member> = members.into_values().cloned().collect();
        let facts = self.many_facts(&members, Some(group.id)).await?;
        let texts = self.texts_of(members.iter().map(|one| &one.key)).await?;
        let texts: BTreeMap<String, String> = texts.into_iter().collect();
        let mut holders = BTreeMap::new();
        for person in facts {
            let effective = effective_permissions(&person, std::slice::from_ref(group), settings);
            let access = effective.groups.into_iter().next();
            let text = texts.get(&person.login).unwrap_or(&person.login);
            let holder = Holder {
                text: text.clone(),
                reasons: access.map(|access| access.given).unwrap_or_default(),
                login: person.login,
            };
            holders.insert(holder.login.clone(), holder);
        }
        Ok(holders)
    }

    /// Everything that these customers have in a group for their own tickets, and why, by ID.
    async fn described_customers<'a>(
        &self,
        group: &Group,
        settings: &AccessSettings,
        members: impl Iterator<Item = &'a Member>,
    ) -> Result<BTreeMap<String, CustomerHolder>> {
        let keys: BTreeSet<String> = members.map(|member| member.key.clone()).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let named = keys.iter().map(|key| lower(key)).collect();
        let facts = self.many_customers(named, Some(group.id)).await?;
        let texts = self.texts(Kind::Customer, &keys).await?;
        let texts: BTreeMap<String, String> = texts.into_iter().collect();
        let holder = |customer: String| {
            let facts = facts.get(&lower(&customer));
            let holder = CustomerHolder {
                text: texts.get(&customer).unwrap_or(&customer).clone(),
                reasons: facts
                    .map(|facts| facts.in_group(group, Context::Same, settings))
                    .unwrap_or_default(),
                customer: customer.clone(),
            };
            (customer, holder)
        };
        Ok(keys.into_iter().map(holder).collect())
    }
}

/// The customers that have a permission for their own tickets, in lower case; none stands for all of them.
fn customers_with(
    group: &Group,
    settings: &AccessSettings,
    grants: &[CustomerGrant],
    permission: &str,
) -> Option<Vec<String>> {
    if !group.valid {
        return Some(vec![]);
    }
    if !settings.customer_group_support || settings.is_company_always(&group.name) {
        return None;
    }
    let given: BTreeSet<String> = grants
        .iter()
        .filter(|given| given.context == Context::Same)
        .filter(|given| given.grant.permission.includes(permission))
        .map(|given| lower(&given.customer))
        .collect();
    Some(given.into_iter().collect())
}
