//! Everybody who has something in a group, one permission beside the other: how many people, and the first of them; the
//! first customers.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::Confirming;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{AccessSettings, Context, Group};
use kartoteka_model::text::lower;
use serde::Serialize;

use crate::Access;
use crate::holders::Holder;
use crate::holders::candidates::Candidates;
use crate::holders::customers::CustomerHolder;
use crate::holders::first::FirstPeople;

/// More people than this are not counted by the way.
const COUNTED: u64 = 1_000;

/// Who has one permission in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PermissionHolders {
    pub permission: String,
    /// How many people have it, exactly; none where to count them takes longer than to show the first
    /// ([`Access::count_holders`] does).
    pub count: Option<u64>,
    /// The first of them, in the default order of people.
    pub people: Vec<Holder>,
    /// The first customers that have it for their own tickets, in the default order of customers.
    pub customers: Vec<CustomerHolder>,
    /// Whether there are more customers than were soon found: many have it, and they are far apart
    /// ([`Access::customer_holders`] finds them).
    pub more_customers: bool,
}

/// Who has what in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupHolders {
    pub group: Group,
    pub settings: AccessSettings,
    /// Each permission that can be given, in the configured order.
    pub held: Vec<PermissionHolders>,
    /// Everybody named there, each once, with all that they have in the group.
    #[serde(skip)]
    pub people: Vec<Holder>,
    #[serde(skip)]
    pub customers: Vec<CustomerHolder>,
}

/// Everybody who has something, each once, with all that they have.
fn everybody(people: &[FirstPeople], texts: &BTreeMap<String, String>, first: u32) -> Vec<Holder> {
    let mut all: Vec<Holder> = vec![];
    for one in people {
        for (member, access) in one.found.iter().take(first as usize) {
            if all.iter().all(|holder| holder.login != member.key) {
                all.push(Holder {
                    login: member.key.clone(),
                    text: texts.get(&member.key).unwrap_or(&member.key).clone(),
                    reasons: access.given.clone(),
                });
            }
        }
    }
    all
}

impl Access<'_> {
    /// How many people have each permission in a group, and the first so many people and customers, with why. Role:
    /// reader.
    ///
    /// # Errors
    /// `Unknown` for the group; when a source does not answer.
    #[boxed]
    pub async fn group_holders(
        self,
        actor: &Actor,
        group: &str,
        first: u32,
    ) -> Result<GroupHolders> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        self.directory.sync_indexes().await?;
        let settings = self.grants().access_settings().await?;
        let asked = &settings.permissions;
        let density = self.grant_density(&group, asked, &settings).await?;
        let few = self.grants_including(&group, &density.few(asked)).await?;
        let among = (&density, few.as_slice());
        let mut confirming = [Confirming::default(), Confirming::default()];
        let (mut people, mut customers, gone) = loop {
            let people = self.first_people(&group, asked, &settings, among, None, first + 1);
            let customers = self.first_customers(&group, asked, &settings, among, first);
            let (people, customers) = futures::try_join!(people, customers)?;
            let found = people.iter().flat_map(|one| &one.found);
            let logins: Vec<String> = found.map(|(one, _)| one.key.clone()).collect();
            let found = customers.iter().flat_map(|one| &one.found);
            let ids: Vec<String> = found.map(|one| one.key.clone()).collect();
            let [of_people, of_customers] = &mut confirming;
            let gone_people = of_people
                .gone(&self.directory, Kind::CustomerUser, &logins)
                .await?;
            let gone_customers = of_customers
                .gone(&self.directory, Kind::Customer, &ids)
                .await?;
            if let (Some(gone_people), Some(gone_customers)) = (gone_people, gone_customers) {
                break (people, customers, (gone_people, gone_customers));
            }
        };
        for one in &mut people {
            one.found.retain(|(member, _)| !gone.0.has(&member.key));
        }
        for one in &mut customers {
            one.found.retain(|member| !gone.1.has(&member.key));
        }
        let found = people.iter().flat_map(|one| &one.found);
        let keys: BTreeSet<&String> = found.map(|(member, _)| &member.key).collect();
        let texts: BTreeMap<String, String> =
            self.texts_of(keys.into_iter()).await?.into_iter().collect();
        let found = customers.iter().flat_map(|one| &one.found);
        let described = self.described_customers(&group, &settings, found).await?;
        let mut counts: Vec<Option<u64>> = vec![];
        for (at, one) in people.iter().enumerate() {
            let same = people[..at]
                .iter()
                .position(|other| other.candidates == one.candidates);
            let known = same
                .filter(|_| one.candidates.is_some())
                .map(|same| counts[same]);
            counts.push(match known {
                Some(count) => count,
                None => self.count_shown(&group, &settings, one, first).await?,
            });
        }
        let everybody = everybody(&people, &texts, first);
        let mut named: Vec<&String> = vec![];
        for member in customers.iter().flat_map(|one| &one.found) {
            if !named.contains(&&member.key) {
                named.push(&member.key);
            }
        }
        let every_customer = named
            .into_iter()
            .filter_map(|key| described.get(key).cloned());
        let every_customer: Vec<CustomerHolder> = every_customer.collect();
        let all = asked.iter().zip(people).zip(customers).zip(counts);
        let held = all.map(|(((permission, people), customers), count)| {
            let people = people.found.into_iter().take(first as usize);
            let people = people.map(|(member, access)| Holder {
                text: texts.get(&member.key).unwrap_or(&member.key).clone(),
                reasons: access.reasons(permission).cloned().collect(),
                login: member.key,
            });
            let customer = |member: &Member| {
                let mut customer = described.get(&member.key)?.clone();
                customer
                    .reasons
                    .retain(|(given, _)| given.includes(permission));
                Some(customer)
            };
            PermissionHolders {
                permission: permission.clone(),
                count,
                people: people.collect(),
                customers: customers.found.iter().filter_map(customer).collect(),
                more_customers: customers.more,
            }
        });
        Ok(GroupHolders {
            held: held.collect(),
            people: everybody,
            customers: every_customer,
            group,
            settings,
        })
    }

    /// How many people have a permission, of whom one more than so many were looked for.
    async fn count_shown(
        self,
        group: &Group,
        settings: &AccessSettings,
        people: &FirstPeople,
        first: u32,
    ) -> Result<Option<u64>> {
        if people.found.len() <= first as usize {
            return Ok(Some(people.found.len() as u64));
        }
        let index = self.directory.index(Kind::CustomerUser);
        let count = match &people.candidates {
            Some(Candidates::Some { customers, logins }) => {
                index.count_members_up_to(customers, logins, COUNTED).await
            }
            None if !settings.is_everybodys(group) => return Ok(None),
            _ => index.count(0).await.map(Some),
        };
        count.map_err(Error::internal)
    }

    /// Everything that these customers have in a group for their own tickets, and why, by ID.
    async fn described_customers<'a>(
        self,
        group: &Group,
        settings: &AccessSettings,
        members: impl Iterator<Item = &'a Member>,
    ) -> Result<BTreeMap<String, CustomerHolder>> {
        let keys: BTreeSet<String> = members.map(|member| member.key.clone()).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let named = keys.iter().map(|key| lower(key)).collect();
        let facts = self.grants().many_customers(named, Some(group.id)).await?;
        let texts = self.directory.texts(Kind::Customer, &keys).await?;
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
