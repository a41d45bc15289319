//! Many people and customers as they were, in one group: what is now, with what changed since taken back.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::inside::own_customer_ids;
use kartoteka_directory::{Error, Kind, Result};
use kartoteka_index::{Hit, Member};
use kartoteka_model::access::{Belonging, Context, CustomerFacts, Grant, PersonFacts};
use kartoteka_model::text::{lower, same_key};
use kartoteka_store::access;

use crate::Access;
use crate::facts::unknown_customer;
use crate::past::changes::{PersonSince, Since};

impl Since {
    /// The record of now that an ID stands for which a record named then; `known` are those that have it now. Some
    /// records keep the ID that a customer had before it was renamed.
    pub(crate) fn customer(&self, id: &str, known: impl Fn(&str) -> bool) -> String {
        let id = lower(id);
        match self.renamed_customers.get(&id) {
            Some(now) if !known(&id) => now.clone(),
            _ => id,
        }
    }
}

impl Access<'_> {
    /// Customers as they were, with what was given to them in a group, by the keys of now in lower case.
    pub(crate) async fn customers_then(
        self,
        named: BTreeSet<String>,
        group: i64,
        since: &Since,
    ) -> Result<BTreeMap<String, CustomerFacts>> {
        let mut customers = self.grants().many_customers(named, Some(group)).await?;
        for (key, facts) in &mut customers {
            let Some(then) = since.customers.get(key) else {
                continue;
            };
            facts.known &= !then.created;
            facts.valid = then.valid_then.unwrap_or(facts.valid);
            if let Some(id) = &then.key_then {
                facts.id.clone_from(id);
            }
            for (grant, given) in &then.grants {
                facts.grants.retain(|one| one != grant);
                if *given {
                    facts.grants.push(grant.clone());
                }
            }
        }
        Ok(customers)
    }

    /// People as they were, with what was given in a group: a few statements, however many people.
    pub(crate) async fn people_then(
        self,
        members: &[Member],
        group: i64,
        since: &Since,
    ) -> Result<Vec<PersonFacts>> {
        if members.is_empty() {
            return Ok(vec![]);
        }
        let home = self.directory.home();
        let logins: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
        let (direct, further) = futures::try_join!(
            access::person_grants(home, &logins, Some(group)),
            access::further_customers(home, &logins),
        )
        .map_err(Error::home)?;
        let mut direct_of: BTreeMap<String, BTreeSet<Grant>> = BTreeMap::new();
        for given in direct {
            let grants = direct_of.entry(lower(&given.login)).or_default();
            grants.insert(given.grant);
        }
        let mut further_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (login, customer) in further {
            let customers = further_of.entry(lower(&login)).or_default();
            customers.insert(lower(&customer));
        }
        let own = self.own_then(members, since).await?;
        for member in members {
            let key = lower(&member.key);
            let Some(then) = since.people.get(&key) else {
                continue;
            };
            let grants = direct_of.entry(key.clone()).or_default();
            lay(grants, then.direct.iter());
            lay(further_of.entry(key).or_default(), then.further.iter());
        }
        let named = own.values().flatten().map(|(id, _)| id);
        let named = named.chain(further_of.values().flatten()).cloned();
        let customers = self.customers_then(named.collect(), group, since).await?;
        let person = |member: &Member| {
            let key = lower(&member.key);
            let then = since.people.get(&key);
            let own = own.get(&key).into_iter().flatten().cloned();
            let further = further_of.get(&key).into_iter().flatten();
            let further = further.map(|id| (id.clone(), Belonging::Further));
            let mut belongs: Vec<(String, Belonging)> = vec![];
            for (id, belonging) in own.chain(further) {
                if !belongs.iter().any(|(known, _)| *known == id) {
                    belongs.push((id, belonging));
                }
            }
            let customers = belongs.into_iter().map(|(id, belonging)| {
                let facts = customers.get(&id).cloned();
                let facts = facts.unwrap_or_else(|| unknown_customer(&id));
                CustomerFacts { belonging, ..facts }
            });
            let direct = direct_of.get(&key).into_iter().flatten().cloned();
            PersonFacts {
                login: then
                    .and_then(|then| then.key_then.clone())
                    .unwrap_or_else(|| member.key.clone()),
                known: then.is_none_or(|then| !then.created),
                valid: then
                    .and_then(|then| then.valid_then)
                    .unwrap_or(member.valid),
                direct: direct.collect(),
                customers: customers.collect(),
            }
        };
        Ok(members.iter().map(person).collect())
    }

    /// The customers that people's own records named, by the keys of now, for each login in lower case.
    async fn own_then(
        self,
        members: &[Member],
        since: &Since,
    ) -> Result<BTreeMap<String, Vec<(String, Belonging)>>> {
        let other = |key: &String| {
            let then = since.people.get(key);
            then.filter(|then| !then.customer_fields.is_empty())
        };
        let keys: Vec<String> = members.iter().map(|member| lower(&member.key)).collect();
        let changed: Vec<String> = keys
            .iter()
            .filter(|key| other(key).is_some())
            .cloned()
            .collect();
        let hits = match changed.is_empty() {
            true => vec![],
            false => {
                let index = self.directory.index(Kind::CustomerUser);
                index.records(&changed).await.map_err(Error::internal)?
            }
        };
        let mut named: BTreeMap<String, Vec<(String, Belonging)>> = BTreeMap::new();
        for hit in &hits {
            if let Some(then) = other(&lower(&hit.key)) {
                named.insert(lower(&hit.key), self.named_by(hit, then));
            }
        }
        for member in members {
            let of_index = member.customers.iter().map(|id| {
                let belonging = match Some(id) == member.primary.as_ref() {
                    true => Belonging::Primary,
                    false => Belonging::Mapped,
                };
                (id.clone(), belonging)
            });
            named
                .entry(lower(&member.key))
                .or_insert_with(|| of_index.collect());
        }
        self.by_keys_of_now(&mut named, since).await?;
        Ok(named)
    }

    /// The customers that a changed record named then: by the keys of now where the entries say whose they were.
    fn named_by(self, hit: &Hit, then: &PersonSince) -> Vec<(String, Belonging)> {
        let handle = self.directory.handles(Kind::CustomerUser).get(hit.source);
        let Some(people) = handle.and_then(|handle| handle.people.as_ref()) else {
            return vec![];
        };
        let mut record = hit.record.clone();
        for (field, before) in &then.customer_fields {
            record.set(*field, before);
        }
        let primary = record.get("UserCustomerID").to_owned();
        let own = own_customer_ids(people, &record).into_iter();
        own.map(|id| {
            let belonging = match same_key(&id, &primary) {
                true => Belonging::Primary,
                false => Belonging::Mapped,
            };
            let id = lower(&id);
            (then.named.get(&id).cloned().unwrap_or(id), belonging)
        })
        .collect()
    }

    /// Puts the customers in the place of IDs that they do not have any more.
    async fn by_keys_of_now(
        self,
        named: &mut BTreeMap<String, Vec<(String, Belonging)>>,
        since: &Since,
    ) -> Result<()> {
        let earlier = named.values().flatten().map(|(id, _)| id);
        let earlier: BTreeSet<String> = earlier
            .filter(|id| since.renamed_customers.contains_key(*id))
            .cloned()
            .collect();
        if earlier.is_empty() {
            return Ok(());
        }
        let known = self.known_customers(&earlier).await?;
        for (id, _) in named.values_mut().flatten() {
            *id = since.customer(id, |id| known.contains(id));
        }
        Ok(())
    }

    /// Those of these customers, in lower case, that there are now.
    pub(crate) async fn known_customers(self, ids: &BTreeSet<String>) -> Result<BTreeSet<String>> {
        let ids: Vec<String> = ids.iter().cloned().collect();
        let known = self.directory.index(Kind::Customer).with_keys(&ids).await;
        let known = known.map_err(Error::internal)?;
        Ok(known.iter().map(|member| lower(&member.key)).collect())
    }
}

/// Lays what was so, or was not, over what is.
pub(crate) fn lay<'a, T: Ord + Clone + 'a>(
    set: &mut BTreeSet<T>,
    then: impl Iterator<Item = (&'a T, &'a bool)>,
) {
    for (one, was) in then {
        match was {
            true => set.insert(one.clone()),
            false => set.remove(one),
        };
    }
}

/// Whether customers have a permission in a context, by what is given to them.
pub(crate) fn is_given(facts: &CustomerFacts, context: Context, permission: &str) -> bool {
    let mut grants = facts.grants.iter();
    grants.any(|(given_in, grant)| *given_in == context && grant.permission.includes(permission))
}
