//! What changes of relations come to: who gains and who loses what, by the same engine as every other answer.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_directory::{Error, Kind, Relation, RelationChange, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{
    AccessSettings, Context, CustomerFacts, Effective, Group, applied_services,
    effective_permissions,
};
use kartoteka_model::text::lower;
use kartoteka_store::access::{self, DEFAULT_LOGIN};
use serde::Serialize;

use crate::effective::simulation::Simulation;
use crate::facts::GroupScope;
use crate::plan::tally::{Difference, differences};
use crate::{Access, Grants};

/// People who gain or lose a permission in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PermissionEffect {
    pub group: String,
    pub permission: String,
    /// Otherwise they lose it.
    pub gained: bool,
    /// How many customers these people are of, by their own records.
    pub customers: u64,
    /// Logins, by login.
    pub people: Vec<String>,
}

/// People who gain or lose a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceEffect {
    pub service: String,
    pub gained: bool,
    /// Logins, by login.
    pub people: Vec<String>,
    /// The default services change: so it is for everybody without services of their own.
    pub everybody_without_own: bool,
}

/// People who come to belong to a customer, or no longer do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerEffect {
    pub customer: String,
    pub gained: bool,
    pub people: Vec<String>,
}

/// Everything that changes of relations come to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AccessEffects {
    pub permissions: Vec<PermissionEffect>,
    pub customers: Vec<CustomerEffect>,
    pub services: Vec<ServiceEffect>,
}

impl AccessEffects {
    /// Whether nobody gains or loses anything.
    pub fn is_empty(&self) -> bool {
        self.permissions.is_empty() && self.customers.is_empty() && self.services.is_empty()
    }
}

/// People worked out in one go.
const PORTION: u32 = 20_000;

impl Access<'_> {
    async fn permission_effects(
        self,
        changes: &[RelationChange],
        settings: &AccessSettings,
    ) -> Result<Vec<PermissionEffect>> {
        let mut logins: BTreeSet<String> = BTreeSet::new();
        let mut customers: BTreeSet<String> = BTreeSet::new();
        let mut groups: BTreeSet<i64> = BTreeSet::new();
        let mut every_customer = false;
        for change in changes {
            match &change.relation {
                Relation::Customer { login, .. } => {
                    every_customer = true;
                    logins.insert(lower(login));
                }
                Relation::PersonGroup {
                    login, group_id, ..
                } => {
                    groups.insert(*group_id);
                    logins.insert(lower(login));
                }
                Relation::CustomerGroup {
                    customer,
                    group_id,
                    context: Context::Same,
                    ..
                } => {
                    groups.insert(*group_id);
                    // As stored: rows are looked up by their spelling.
                    customers.insert(customer.clone());
                }
                Relation::CustomerGroup { .. } | Relation::Service { .. } => {}
            }
        }
        if logins.is_empty() && customers.is_empty() {
            return Ok(vec![]);
        }
        let named = self.named_customers(changes).await?;
        // Nobody's access changes in a group in which nothing given or taken counts.
        let through = named.values().flat_map(|facts| &facts.grants);
        groups.extend(through.map(|(_, grant)| grant.group));
        let all = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let asked: Vec<Group> = all
            .into_iter()
            .filter(|group| {
                let company = every_customer && settings.is_company_always(&group.name);
                company || groups.contains(&group.id)
            })
            .collect();
        let customers: Vec<String> = customers.into_iter().collect();
        let only = match asked.as_slice() {
            [] => return Ok(vec![]),
            [one] => Some(GroupScope {
                group: one,
                settings,
                changing: &customers,
            }),
            _ => None,
        };
        let further = access::people_with_customers(self.directory.home(), &customers)
            .await
            .map_err(Error::home)?;
        logins.extend(further.into_iter().map(|(login, _)| lower(&login)));
        let logins: Vec<String> = logins.into_iter().collect();
        let simulation = Simulation::new(changes, named);
        let mut found = Found::default();
        let mut after: Option<String> = None;
        loop {
            let index = self.directory.index(Kind::CustomerUser);
            let members = index
                .members(&customers, &logins, after.as_deref(), PORTION)
                .await
                .map_err(Error::internal)?;
            let complete = members.len() < PORTION as usize;
            after = members.last().map(|last| last.key.clone());
            let facts = match &only {
                Some(scope) => self.many_facts_in(&members, scope).await?,
                None => self.grants().many_facts(&members, None).await?,
            };
            for (member, before) in members.iter().zip(facts) {
                let after = simulation.after(&before);
                let before = effective_permissions(&before, &asked, settings);
                let after = effective_permissions(&after, &asked, settings);
                found.compare(member, &asked, &before, &after, settings);
            }
            if complete {
                break;
            }
        }
        Ok(found.effects())
    }

    /// Customers that people come to belong to or no longer do, with what is given to them.
    async fn named_customers(
        self,
        changes: &[RelationChange],
    ) -> Result<BTreeMap<String, CustomerFacts>> {
        let named: BTreeSet<String> = changes
            .iter()
            .filter_map(|change| match &change.relation {
                Relation::Customer { customer, .. } => Some(lower(customer)),
                _ => None,
            })
            .collect();
        if named.is_empty() {
            return Ok(BTreeMap::new());
        }
        self.grants().many_customers(named, None).await
    }

    async fn service_effects(self, changes: &[RelationChange]) -> Result<Vec<ServiceEffect>> {
        let mut by_login: BTreeMap<String, Vec<(&str, i64, bool)>> = BTreeMap::new();
        let mut effects: BTreeMap<(String, bool), ServiceEffect> = BTreeMap::new();
        let entry = |service: &str, gained: bool| ServiceEffect {
            service: service.to_owned(),
            gained,
            people: vec![],
            everybody_without_own: false,
        };
        for change in changes {
            let Relation::Service {
                login,
                service,
                service_id,
            } = &change.relation
            else {
                continue;
            };
            if login == DEFAULT_LOGIN {
                let key = (service.clone(), change.given);
                let effect = effects.entry(key).or_insert(entry(service, change.given));
                effect.everybody_without_own = true;
                continue;
            }
            let wanted = by_login.entry(login.clone()).or_default();
            wanted.push((service, *service_id, change.given));
        }
        if by_login.is_empty() {
            return Ok(effects.into_values().collect());
        }
        let home = self.directory.home();
        let logins: Vec<String> = by_login.keys().cloned().collect();
        let (services, given, defaults) = futures::try_join!(
            access::services(home, self.directory.collation()),
            access::given_services(home, &logins),
            access::default_services(home, self.directory.collation()),
        )
        .map_err(Error::home)?;
        let name = |id: &i64| {
            let valid = services.iter().find(|one| one.id == *id && one.valid);
            valid.map(|one| one.name.clone())
        };
        let defaults: Vec<String> = defaults
            .iter()
            .filter(|service| service.valid)
            .map(|service| service.name.clone())
            .collect();
        let mut own_of: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        for (login, service) in given {
            own_of.entry(lower(&login)).or_default().insert(service);
        }
        for (login, wanted) in by_login {
            let before = own_of.get(&lower(&login)).cloned().unwrap_or_default();
            let mut after = before.clone();
            for (_, service, given) in wanted {
                match given {
                    true => after.insert(service),
                    false => after.remove(&service),
                };
            }
            let applied = |own: &BTreeSet<i64>| {
                let own: Vec<String> = own.iter().filter_map(name).collect();
                let applied = applied_services(own, defaults.clone());
                applied.services.into_iter().collect::<BTreeSet<_>>()
            };
            let (before, after) = (applied(&before), applied(&after));
            let lost = before.difference(&after).map(|service| (service, false));
            let won = after.difference(&before).map(|service| (service, true));
            for (service, gained) in lost.chain(won) {
                let key = (service.clone(), gained);
                let effect = effects.entry(key).or_insert(entry(service, gained));
                effect.people.push(login.clone());
            }
        }
        Ok(effects.into_values().collect())
    }
}

impl Grants<'_> {
    /// Whose permissions, customers and services grow or shrink by these changes.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn access_effects(
        self,
        changes: &[RelationChange],
        settings: &AccessSettings,
    ) -> Result<AccessEffects> {
        Ok(AccessEffects {
            permissions: self.access.permission_effects(changes, settings).await?,
            customers: customer_effects(changes),
            services: self.access.service_effects(changes).await?,
        })
    }
}

fn customer_effects(changes: &[RelationChange]) -> Vec<CustomerEffect> {
    let mut effects: BTreeMap<(String, bool), CustomerEffect> = BTreeMap::new();
    for change in changes {
        if let Relation::Customer { login, customer } = &change.relation {
            let effect = effects.entry((customer.clone(), change.given));
            let effect = effect.or_insert(CustomerEffect {
                customer: customer.clone(),
                gained: change.given,
                people: vec![],
            });
            effect.people.push(login.clone());
        }
    }
    effects.into_values().collect()
}

/// Differences found so far, with the people and the customers of theirs that they concern.
#[derive(Default)]
struct Found {
    effects: BTreeMap<Difference, Concerned>,
}

#[derive(Default)]
struct Concerned {
    people: BTreeSet<String>,
    customers: BTreeSet<String>,
}

impl Found {
    fn compare(
        &mut self,
        member: &Member,
        groups: &[Group],
        before: &Effective,
        after: &Effective,
        settings: &AccessSettings,
    ) {
        for difference in differences(groups, settings, before, after) {
            let concerned = self.effects.entry(difference).or_default();
            concerned.people.insert(member.key.clone());
            concerned
                .customers
                .extend(member.customers.first().cloned());
        }
    }

    fn effects(self) -> Vec<PermissionEffect> {
        let effect =
            |((group, permission, gained), concerned): (Difference, Concerned)| PermissionEffect {
                group,
                permission,
                gained,
                customers: concerned.customers.len() as u64,
                people: concerned.people.into_iter().collect(),
            };
        self.effects.into_iter().map(effect).collect()
    }
}
