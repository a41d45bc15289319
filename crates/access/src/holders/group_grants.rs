//! What is given in one group, for those who change it: people and customers who have something of their own there,
//! or who were searched for, with everything that they have in the group anyway.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::Confirming;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{
    AccessSettings, Context, CustomerFacts, Group, Permission, PersonFacts, Why,
    effective_permissions,
};
use kartoteka_model::text::lower;
use kartoteka_store::access;
use serde::Serialize;

use crate::Access;
use crate::holders::first::Scan;
use crate::page::cut;

/// What is given to a person in a group, and what they have there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenPerson {
    pub login: String,
    /// The display text; the login of somebody whom no source knows.
    pub text: String,
    pub known: bool,
    pub valid: bool,
    /// What is given to the person directly.
    pub direct: Vec<Permission>,
    /// What the person has in the group, and why.
    pub access: Vec<(Permission, Why)>,
}

/// What is given to a customer in a group, and what it has there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenCustomer {
    pub customer: String,
    /// The display text; the ID of a customer that no source knows.
    pub text: String,
    pub known: bool,
    pub valid: bool,
    /// What is given to the customer, in each context.
    pub grants: Vec<(Context, Permission)>,
    /// What the customer has in the group in the enabled contexts, and why.
    pub access: Vec<(Context, Permission, Why)>,
}

/// One page of those to whom something is given: valid ones in the default order, then the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenPage<T> {
    pub group: Group,
    pub given: Vec<T>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// How many on this page were left out because they are neither valid nor among the first of the others.
    pub left_out: u64,
}

/// The most on one page.
const MAX_PAGE: u32 = 1000;

/// So many of those who are unknown or invalid stand on the last page.
const OTHERS: usize = 200;

/// A page's valid members, the keys of others, the cursor of the next page.
struct Portion {
    members: Vec<Member>,
    others: Vec<String>,
    next: Option<String>,
}

impl Access<'_> {
    /// The groups in which the actor may give and take permissions; none stands for all of them. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn groups_to_give_in(self, actor: &Actor) -> Result<Option<BTreeSet<i64>>> {
        actor.require(Action::See, Object::Access)?;
        match actor.may(Action::Change, Object::Access) {
            true => self.groups_of_agent(actor).await,
            false => Ok(Some(BTreeSet::new())),
        }
    }

    /// People to whom something is given in a group directly. `after` is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; `Invalid` for an unknown cursor; when a source does not answer.
    #[boxed]
    pub async fn given_to_people(
        self,
        actor: &Actor,
        group: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<GivenPage<GivenPerson>> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        let given = access::group_people_grants(self.directory.home(), group.id)
            .await
            .map_err(Error::home)?;
        let logins = given.into_iter().map(|given| given.login).collect();
        let mut portion = self
            .portion(Kind::CustomerUser, logins, after, limit)
            .await?;
        let left_out = portion.others.len().saturating_sub(OTHERS) as u64;
        portion.others.truncate(OTHERS);
        let valid: Vec<String> = portion.members.into_iter().map(|one| one.key).collect();
        let asked: Vec<String> = valid.into_iter().chain(portion.others).collect();
        Ok(GivenPage {
            given: self.people_in(&group, &asked).await?,
            next: portion.next,
            left_out,
            group,
        })
    }

    /// What these people have in a group, in the order of the logins. Role: reader.
    ///
    /// # Errors
    /// As [`Access::given_to_people`].
    #[boxed]
    pub async fn people_in_group(
        self,
        actor: &Actor,
        group: &str,
        logins: &[String],
    ) -> Result<Vec<GivenPerson>> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        self.people_in(&group, logins).await
    }

    /// Customers to which something is given in a group. `after` is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; `Invalid` for an unknown cursor; when a source does not answer.
    #[boxed]
    pub async fn given_to_customers(
        self,
        actor: &Actor,
        group: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<GivenPage<GivenCustomer>> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        let mut portion = self.portion_of_customers(&group, after, limit).await?;
        let left_out = portion.others.len().saturating_sub(OTHERS) as u64;
        portion.others.truncate(OTHERS);
        let valid: Vec<String> = portion.members.into_iter().map(|one| one.key).collect();
        let asked: Vec<String> = valid.into_iter().chain(portion.others).collect();
        Ok(GivenPage {
            given: self.customers_in(&group, &asked).await?,
            next: portion.next,
            left_out,
            group,
        })
    }

    /// What these customers have in a group, in the order of the IDs. Role: reader.
    ///
    /// # Errors
    /// As [`Access::given_to_customers`].
    #[boxed]
    pub async fn customers_in_group(
        self,
        actor: &Actor,
        group: &str,
        ids: &[String],
    ) -> Result<Vec<GivenCustomer>> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        self.customers_in(&group, ids).await
    }

    /// The next customers to whom something is given in a group.
    async fn portion_of_customers(
        self,
        group: &Group,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Portion> {
        self.directory.sync_index(Kind::Customer).await?;
        let limit = limit.clamp(1, MAX_PAGE);
        if self.is_in_use_by_many(group).await? {
            let scan = self.scan_customers(group, None, after, limit + 1).await?;
            // The last page lists those, too, that no walk comes by.
            if let Scan::Complete(members) = scan
                && members.len() > limit as usize
            {
                let (members, next) = cut(members, limit as usize, |member| &member.key);
                return Ok(Portion {
                    members,
                    others: vec![],
                    next,
                });
            }
        }
        let ids = access::group_customers(self.directory.home(), group.id)
            .await
            .map_err(Error::home)?;
        self.portion(Kind::Customer, ids, after, limit).await
    }

    /// The next valid ones among these keys; on the last page the others, too.
    async fn portion(
        self,
        kind: Kind,
        keys: Vec<String>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Portion> {
        self.directory.sync_index(kind).await?;
        let index = self.directory.index(kind);
        let spelled: BTreeMap<String, String> =
            keys.into_iter().map(|key| (lower(&key), key)).collect();
        let keys: Vec<String> = spelled.keys().cloned().collect();
        let limit = limit.clamp(1, MAX_PAGE);
        let mut confirming = Confirming::default();
        let (mut members, next, gone) = loop {
            let members = index
                .members(&[], &keys, after, limit + 1)
                .await
                .map_err(Error::internal)?;
            let (members, next) = cut(members, limit as usize, |member| &member.key);
            let shown: Vec<String> = members.iter().map(|one| one.key.clone()).collect();
            if let Some(gone) = confirming.gone(&self.directory, kind, &shown).await? {
                break (members, next, gone);
            }
        };
        members.retain(|member| !gone.has(&member.key));
        let mut others = vec![];
        if next.is_none() {
            let known = index.with_keys(&keys).await.map_err(Error::internal)?;
            let valid: BTreeSet<String> = known
                .iter()
                .filter(|member| member.valid)
                .map(|member| lower(&member.key))
                .collect();
            let rest = spelled.into_iter().filter(|(key, _)| !valid.contains(key));
            others = rest.map(|(_, spelled)| spelled).collect();
        }
        Ok(Portion {
            members,
            others,
            next,
        })
    }

    async fn people_in(self, group: &Group, logins: &[String]) -> Result<Vec<GivenPerson>> {
        self.directory.sync_indexes().await?;
        let settings = self.grants().access_settings().await?;
        self.directory.confirm(Kind::CustomerUser, logins).await?;
        let index = self.directory.index(Kind::CustomerUser);
        let members = index.with_keys(logins).await.map_err(Error::internal)?;
        let facts = self.grants().many_facts(&members, Some(group.id)).await?;
        let known: BTreeMap<String, PersonFacts> = facts
            .into_iter()
            .map(|person| (lower(&person.login), person))
            .collect();
        let stored = access::person_grants(self.directory.home(), logins, Some(group.id))
            .await
            .map_err(Error::home)?;
        let texts = self
            .texts_of(known.values().map(|person| &person.login))
            .await?;
        let texts: BTreeMap<String, String> = texts.into_iter().collect();
        let person = |login: &String| {
            let facts = known.get(&lower(login));
            let stored = stored
                .iter()
                .filter(|row| lower(&row.login) == lower(login));
            let direct: BTreeSet<Permission> =
                stored.map(|row| row.grant.permission.clone()).collect();
            let login = facts.map_or(login, |facts| &facts.login);
            GivenPerson {
                text: texts.get(login).unwrap_or(login).clone(),
                login: login.clone(),
                known: facts.is_some(),
                valid: facts.is_some_and(|facts| facts.valid),
                direct: direct.into_iter().collect(),
                access: facts
                    .map(|facts| has(facts, group, &settings))
                    .unwrap_or_default(),
            }
        };
        Ok(logins.iter().map(person).collect())
    }

    async fn customers_in(self, group: &Group, ids: &[String]) -> Result<Vec<GivenCustomer>> {
        self.directory.sync_index(Kind::Customer).await?;
        self.directory.confirm(Kind::Customer, ids).await?;
        let settings = self.grants().access_settings().await?;
        let named = ids.iter().map(|id| lower(id)).collect();
        let known = self.grants().many_customers(named, Some(group.id)).await?;
        let stored = access::customer_grants(self.directory.home(), ids, Some(group.id))
            .await
            .map_err(Error::home)?;
        let keys: Vec<String> = known.values().map(|facts| facts.id.clone()).collect();
        let texts: BTreeMap<String, String> = self
            .directory
            .texts(Kind::Customer, &keys)
            .await?
            .into_iter()
            .collect();
        let customer = |id: &String| {
            let facts = known.get(&lower(id));
            let stored = stored
                .iter()
                .filter(|row| lower(&row.customer) == lower(id));
            let grants: BTreeSet<(Context, Permission)> = stored
                .map(|row| (row.context, row.grant.permission.clone()))
                .collect();
            let id = facts.map_or(id, |facts| &facts.id);
            GivenCustomer {
                text: texts.get(id).unwrap_or(id).clone(),
                customer: id.clone(),
                known: facts.is_some(),
                valid: facts.is_some_and(|facts| facts.valid),
                grants: grants.into_iter().collect(),
                access: facts
                    .map(|facts| customer_has(facts, group, &settings))
                    .unwrap_or_default(),
            }
        };
        Ok(ids.iter().map(customer).collect())
    }
}

fn has(person: &PersonFacts, group: &Group, settings: &AccessSettings) -> Vec<(Permission, Why)> {
    let effective = effective_permissions(person, std::slice::from_ref(group), settings);
    let access = effective.groups.into_iter().next();
    access.map(|access| access.given).unwrap_or_default()
}

fn customer_has(
    customer: &CustomerFacts,
    group: &Group,
    settings: &AccessSettings,
) -> Vec<(Context, Permission, Why)> {
    let contexts = settings.contexts().iter();
    contexts
        .flat_map(|context| {
            let given = customer.in_group(group, *context, settings).into_iter();
            given.map(|(permission, why)| (*context, permission, why))
        })
        .collect()
}
