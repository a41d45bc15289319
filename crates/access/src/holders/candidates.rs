//! Who can have a permission in a group: everybody to whom comes what is given there.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_directory::{Error, Kind, Result};
use kartoteka_model::access::{AccessSettings, Context, Group, Permission, RW};
use kartoteka_model::text::lower;
use kartoteka_store::access::{self, CustomerGrant, PersonGrant};

use crate::Access;

/// Those who can have a permission; all of them have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Candidates {
    Nobody,
    /// Everybody valid: an always-group, or permissions by group are off.
    Everybody,
    /// Valid people of these customers, and these logins.
    Some {
        customers: Vec<String>,
        logins: Vec<String>,
    },
}

/// What is given in a group.
pub(crate) enum Given {
    Nobody,
    Everybody,
    Rows(Rows),
}

/// Rows of what is given, and those whom it reaches by their customers.
pub(crate) struct Rows {
    people: Vec<PersonGrant>,
    /// Known and valid customers, as stored, with what is given to them for their own tickets.
    customers: Vec<(String, Vec<Permission>)>,
    /// Logins that have one of these as a further customer.
    further: Vec<(String, String)>,
}

impl Given {
    /// Those to whom a permission comes.
    pub fn candidates(&self, permission: &str) -> Candidates {
        match self {
            Self::Nobody => Candidates::Nobody,
            Self::Everybody => Candidates::Everybody,
            Self::Rows(rows) => rows.candidates(permission),
        }
    }
}

impl Rows {
    fn candidates(&self, permission: &str) -> Candidates {
        let customers = self.customers.iter();
        let customers: Vec<String> = customers
            .filter(|(_, given)| given.iter().any(|one| one.includes(permission)))
            .map(|(id, _)| id.clone())
            .collect();
        let among: BTreeSet<String> = customers.iter().map(|id| lower(id)).collect();
        let further = self.further.iter();
        let further = further
            .filter(|(_, customer)| among.contains(&lower(customer)))
            .map(|(login, _)| lower(login));
        let logins: BTreeSet<String> = self
            .people
            .iter()
            .filter(|given| given.grant.permission.includes(permission))
            .map(|given| lower(&given.login))
            .chain(further)
            .collect();
        Candidates::Some {
            customers,
            logins: logins.into_iter().collect(),
        }
    }
}

impl Access<'_> {
    /// Everybody who can have one permission.
    pub(crate) async fn candidates(
        self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
    ) -> Result<Candidates> {
        let given = self.given_of(group, &[permission], settings).await?;
        Ok(given.candidates(permission))
    }

    /// What is given in a group, as far as it includes one of these permissions.
    pub(crate) async fn given_of(
        self,
        group: &Group,
        permissions: &[&str],
        settings: &AccessSettings,
    ) -> Result<Given> {
        let all =
            settings.is_everybodys(group) || settings.is_every_customers(group, Context::Same);
        let grants = match group.valid && !all {
            true => self.grants_including(group, permissions).await?,
            false => vec![],
        };
        self.given_in(group, settings, &grants).await
    }

    /// Whom it reaches that this is given to customers in a group, and what is given to people.
    pub(crate) async fn given_in(
        self,
        group: &Group,
        settings: &AccessSettings,
        grants: &[CustomerGrant],
    ) -> Result<Given> {
        if !group.valid {
            return Ok(Given::Nobody);
        }
        if settings.is_everybodys(group) {
            return Ok(Given::Everybody);
        }
        let index = self.directory.index(Kind::Customer);
        let customers = if settings.is_every_customers(group, Context::Same) {
            let everything = |id: String| (id, vec![Permission::new(RW)]);
            let all = index.valid_keys().await.map_err(Error::internal)?;
            all.into_iter().map(everything).collect()
        } else {
            let mut given: BTreeMap<String, Vec<Permission>> = BTreeMap::new();
            for one in grants.iter().filter(|one| one.context == Context::Same) {
                let permissions = given.entry(lower(&one.customer)).or_default();
                permissions.push(one.grant.permission.clone());
            }
            let keys: Vec<String> = given.keys().cloned().collect();
            let known = index.valid_among(&keys).await.map_err(Error::internal)?;
            known
                .into_iter()
                .map(|customer| {
                    let permissions = given.remove(&lower(&customer));
                    (customer, permissions.unwrap_or_default())
                })
                .collect::<Vec<_>>()
        };
        let home = self.directory.home();
        let ids: Vec<String> = customers.iter().map(|(id, _)| id.clone()).collect();
        let (people, further) = futures::try_join!(
            access::group_people_grants(home, group.id),
            access::people_with_customers(home, &ids),
        )
        .map_err(Error::home)?;
        Ok(Given::Rows(Rows {
            people,
            customers,
            further,
        }))
    }
}
