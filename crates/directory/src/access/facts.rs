//! Gathering what the engine has to know.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::try_join_all;
use kartoteka_model::Record;
use kartoteka_model::access::{Belonging, Context, CustomerFacts, Grant, PersonFacts};
use kartoteka_model::text::{lower, same_key};
use kartoteka_store::access;
use kartoteka_store::index::Member;

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::names::own_customer_ids;
use crate::open::Directory;
use crate::sources::not_found;

/// A record of a source with what access depends on.
pub(crate) struct Holder {
    /// As stored.
    pub key: String,
    pub valid: bool,
}

impl Directory {
    /// A person from the sources and tables themselves: nothing here is older than the question.
    pub(crate) async fn person_facts(&self, login: &str) -> Result<PersonFacts> {
        let (handle, stored) = self
            .stored(Kind::CustomerUser, login)
            .await?
            .ok_or_else(|| not_found(Kind::CustomerUser, login))?;
        let key = stored.record.get(handle.spec.key_field()).to_owned();
        self.facts_of(handle, &stored.record, key).await
    }

    /// What a record of a source comes to, with what is given to a login.
    pub(super) async fn facts_of(
        &self,
        handle: &SourceHandle,
        record: &Record,
        key: String,
    ) -> Result<PersonFacts> {
        let own = handle
            .people
            .as_ref()
            .map(|people| own_customer_ids(people, record))
            .unwrap_or_default();
        let primary = record.get("UserCustomerID").to_owned();
        let valid = is_valid(handle, record);
        let logins = [key.clone()];
        let (direct, further) = futures::try_join!(
            access::person_grants(&self.inner.home, &logins, None),
            access::further_customers(&self.inner.home, &logins),
        )
        .map_err(Error::home)?;
        let mut ids: Vec<(String, Belonging)> = own
            .into_iter()
            .map(|id| {
                let belonging = match same_key(&id, &primary) {
                    true => Belonging::Primary,
                    false => Belonging::Mapped,
                };
                (id, belonging)
            })
            .collect();
        for (_, id) in further.into_iter().filter(|(row, _)| same_key(row, &key)) {
            if !ids.iter().any(|(known, _)| same_key(known, &id)) {
                ids.push((id, Belonging::Further));
            }
        }
        let customers = self.customers_facts(ids).await?;
        Ok(PersonFacts {
            direct: direct
                .into_iter()
                .filter(|given| same_key(&given.login, &key))
                .map(|given| given.grant)
                .collect(),
            login: key,
            known: true,
            valid,
            customers,
        })
    }

    /// Customers from their sources, with what is given to them.
    pub(crate) async fn customers_facts(
        &self,
        ids: Vec<(String, Belonging)>,
    ) -> Result<Vec<CustomerFacts>> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let asked: Vec<String> = ids.iter().map(|(id, _)| id.clone()).collect();
        let found = try_join_all(asked.iter().map(|id| self.customer_holder(id)));
        let grants = async {
            access::customer_grants(&self.inner.home, &asked, None)
                .await
                .map_err(Error::home)
        };
        let (found, grants) = futures::try_join!(found, grants)?;
        let customer = |((id, belonging), holder): ((String, Belonging), Option<Holder>)| {
            let grants = grants
                .iter()
                .filter(|given| same_key(&given.customer, &id))
                .map(|given| (given.context, given.grant.clone()))
                .collect();
            CustomerFacts {
                known: holder.is_some(),
                valid: holder.as_ref().is_some_and(|holder| holder.valid),
                id: holder.map_or(id, |holder| holder.key),
                belonging,
                grants,
            }
        };
        Ok(ids.into_iter().zip(found).map(customer).collect())
    }

    pub(crate) async fn customer_holder(&self, id: &str) -> Result<Option<Holder>> {
        let found = self.stored(Kind::Customer, id).await?;
        Ok(found.map(|(handle, stored)| Holder {
            valid: is_valid(handle, &stored.record),
            key: stored.record.get(handle.spec.key_field()).to_owned(),
        }))
    }

    /// Many people at once, as the indexes know them, with what is given in a group (or in all): a few statements,
    /// however many people.
    pub(crate) async fn many_facts(
        &self,
        members: &[Member],
        group: Option<i64>,
    ) -> Result<Vec<PersonFacts>> {
        if members.is_empty() {
            return Ok(vec![]);
        }
        let home = &self.inner.home;
        let logins: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
        let (direct, further) = futures::try_join!(
            access::person_grants(home, &logins, group),
            access::further_customers(home, &logins),
        )
        .map_err(Error::home)?;
        let mut direct_of: BTreeMap<String, Vec<Grant>> = BTreeMap::new();
        for given in direct {
            let grants = direct_of.entry(lower(&given.login)).or_default();
            grants.push(given.grant);
        }
        let mut further_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (login, customer) in further {
            further_of.entry(lower(&login)).or_default().push(customer);
        }
        let own = members.iter().flat_map(|member| member.customers.iter());
        let named: BTreeSet<String> = own
            .cloned()
            .chain(further_of.values().flatten().map(|id| lower(id)))
            .collect();
        let customers = self.many_customers(named, group).await?;
        let person = |member: &Member| {
            let key = lower(&member.key);
            let further = further_of.get(&key).into_iter().flatten();
            let mut ids: Vec<(String, Belonging)> = vec![];
            for id in &member.customers {
                let belonging = match Some(id) == member.primary.as_ref() {
                    true => Belonging::Primary,
                    false => Belonging::Mapped,
                };
                ids.push((id.clone(), belonging));
            }
            for id in further {
                let id = lower(id);
                if !ids.iter().any(|(known, _)| *known == id) {
                    ids.push((id, Belonging::Further));
                }
            }
            let customers = ids.into_iter().map(|(id, belonging)| {
                let facts = customers.get(&id).cloned();
                let facts = facts.unwrap_or_else(|| unknown_customer(&id));
                CustomerFacts { belonging, ..facts }
            });
            PersonFacts {
                login: member.key.clone(),
                known: true,
                valid: member.valid,
                direct: direct_of.get(&key).cloned().unwrap_or_default(),
                customers: customers.collect(),
            }
        };
        Ok(members.iter().map(person).collect())
    }

    /// Customers by their IDs in lower case, as the index knows them.
    pub(crate) async fn many_customers(
        &self,
        named: BTreeSet<String>,
        group: Option<i64>,
    ) -> Result<BTreeMap<String, CustomerFacts>> {
        let named: Vec<String> = named.into_iter().collect();
        let known = self
            .keeper(Kind::Customer)
            .index
            .with_keys(&named)
            .await
            .map_err(Error::internal)?;
        let mut customers: BTreeMap<String, CustomerFacts> = known
            .into_iter()
            .map(|member| {
                let facts = CustomerFacts {
                    id: member.key.clone(),
                    belonging: Belonging::Primary,
                    known: true,
                    valid: member.valid,
                    grants: vec![],
                };
                (lower(&member.key), facts)
            })
            .collect();
        let ids: Vec<String> = customers.values().map(|facts| facts.id.clone()).collect();
        let grants = access::customer_grants(&self.inner.home, &ids, group)
            .await
            .map_err(Error::home)?;
        for given in grants {
            if let Some(facts) = customers.get_mut(&lower(&given.customer)) {
                facts.grants.push((given.context, given.grant));
            }
        }
        Ok(customers)
    }

    /// Brings both indexes up to date before they are asked.
    pub(crate) async fn follow_both(&self) -> Result<()> {
        self.follow_journal(Kind::CustomerUser).await?;
        self.follow_journal(Kind::Customer).await
    }
}

pub(super) fn unknown_customer(id: &str) -> CustomerFacts {
    CustomerFacts {
        id: id.to_owned(),
        belonging: Belonging::Primary,
        known: false,
        valid: false,
        grants: Vec::<(Context, Grant)>::new(),
    }
}

/// Whether a record takes part: sources without a column for it hold valid ones only.
pub(crate) fn is_valid(handle: &SourceHandle, record: &Record) -> bool {
    let field = handle
        .spec
        .valid
        .as_ref()
        .and_then(|column| handle.spec.map.find_column(column));
    field.is_none_or(|field| record.get(&field.name) == "1")
}
