//! What is stored now, of those whose relations are to change.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{Error, Result};
use kartoteka_model::access::{Context, Permission};
use kartoteka_model::text::lower;
use kartoteka_store::access;

use crate::Access;
use crate::plan::resolve::ResolvedRelation;

/// Stored relations, by holder in lower case.
#[derive(Default)]
pub(crate) struct Current {
    customers: BTreeSet<(String, String)>,
    services: BTreeSet<(String, i64)>,
    people: BTreeMap<(String, i64), BTreeSet<Permission>>,
    of_customers: BTreeMap<(String, i64, Context), BTreeSet<Permission>>,
}

impl Current {
    pub fn has_customer(&self, login: &str, customer: &str) -> bool {
        self.customers.contains(&(lower(login), lower(customer)))
    }

    pub fn has_service(&self, login: &str, service: i64) -> bool {
        self.services.contains(&(lower(login), service))
    }

    pub fn of_person(&self, login: &str, group: i64) -> BTreeSet<Permission> {
        let found = self.people.get(&(lower(login), group));
        found.cloned().unwrap_or_default()
    }

    pub fn of_customer(&self, id: &str, group: i64, context: Context) -> BTreeSet<Permission> {
        let found = self.of_customers.get(&(lower(id), group, context));
        found.cloned().unwrap_or_default()
    }
}

impl Access<'_> {
    pub(crate) async fn current_grants<'a>(
        self,
        named: impl Iterator<Item = &'a ResolvedRelation>,
    ) -> Result<Current> {
        let mut of_customer: BTreeSet<String> = BTreeSet::new();
        let mut of_group: BTreeSet<String> = BTreeSet::new();
        let mut of_service: BTreeSet<String> = BTreeSet::new();
        let mut customers: BTreeSet<String> = BTreeSet::new();
        let mut groups: BTreeSet<i64> = BTreeSet::new();
        for one in named {
            match one {
                ResolvedRelation::Customer { login, .. } => of_customer.insert(login.clone()),
                ResolvedRelation::PersonGroup { login, group, .. } => {
                    groups.insert(*group);
                    of_group.insert(login.clone())
                }
                ResolvedRelation::CustomerGroup {
                    customer, group, ..
                } => {
                    groups.insert(*group);
                    customers.insert(customer.clone())
                }
                ResolvedRelation::Service { login, .. } => of_service.insert(login.clone()),
            };
        }
        let home = self.directory.home();
        let list = |keys: BTreeSet<String>| keys.into_iter().collect::<Vec<_>>();
        // One group is asked for alone: that is the matrix of one group.
        let group = match groups.len() {
            1 => groups.first().copied(),
            _ => None,
        };
        let mut current = Current::default();
        for (login, customer) in access::further_customers(home, &list(of_customer))
            .await
            .map_err(Error::home)?
        {
            current.customers.insert((lower(&login), lower(&customer)));
        }
        for (login, service) in access::given_services(home, &list(of_service))
            .await
            .map_err(Error::home)?
        {
            current.services.insert((lower(&login), service));
        }
        for given in access::person_grants(home, &list(of_group), group)
            .await
            .map_err(Error::home)?
        {
            let cell = (lower(&given.login), given.grant.group);
            let cell = current.people.entry(cell).or_default();
            cell.insert(given.grant.permission);
        }
        for given in access::customer_grants(home, &list(customers), group)
            .await
            .map_err(Error::home)?
        {
            let cell = (lower(&given.customer), given.grant.group, given.context);
            let cell = current.of_customers.entry(cell).or_default();
            cell.insert(given.grant.permission);
        }
        Ok(current)
    }
}
