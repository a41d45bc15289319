//! Gathering what the engine has to know.

pub(super) mod grants;
pub(super) mod services;
pub(super) mod settings;

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{SourceHandle, is_valid, not_found, own_customer_ids};
use kartoteka_directory::{Error, Kind, Result};
use kartoteka_index::Member;
use kartoteka_model::Record;
use kartoteka_model::access::{
    AccessSettings, Belonging, Context, CustomerFacts, Grant, Group, PersonFacts,
};
use kartoteka_model::text::{lower, same_key};
use kartoteka_store::access;
use kartoteka_store::source::SourceRow;

use crate::{Access, Grants};

/// A record of a source with what access depends on.
pub(crate) struct RecordStatus {
    /// As stored.
    pub key: String,
    pub valid: bool,
}

/// One group, in which alone people are asked about.
pub(crate) struct GroupScope<'a> {
    pub group: &'a Group,
    pub settings: &'a AccessSettings,
    /// Customers whose grants there are to change.
    pub changing: &'a [String],
}

/// Up to so many customers are looked up one by one.
const FEW_CUSTOMERS: usize = 1000;

/// What is given to a login directly, and rows of its further customers, as they are spelled.
type GivenToLogin = (Vec<access::PersonGrant>, Vec<(String, String)>);

/// What is known of a person, and what is to be said of it.
pub(crate) struct ToldFacts {
    pub facts: PersonFacts,
    /// Since when the source does not answer, in seconds since 1970: it is what was last known.
    pub unavailable_since: Option<i64>,
    /// Since when what the login had is held back, as it is another person's.
    pub held_back_since: Option<i64>,
}

/// What is given to people, by login in lower case.
#[derive(Default)]
struct GivenTo {
    direct: BTreeMap<String, Vec<Grant>>,
    /// Further customers, in lower case.
    further: BTreeMap<String, Vec<String>>,
}

impl GivenTo {
    /// All customers of these people, in lower case.
    fn customers(&self, members: &[Member]) -> BTreeSet<String> {
        let own = members.iter().flat_map(|member| member.customers.iter());
        own.chain(self.further.values().flatten())
            .cloned()
            .collect()
    }

    fn facts(
        &self,
        members: &[Member],
        customers: &BTreeMap<String, CustomerFacts>,
    ) -> Vec<PersonFacts> {
        let person = |member: &Member| {
            let key = lower(&member.key);
            let mut ids: Vec<(&String, Belonging)> = vec![];
            for id in &member.customers {
                let belonging = match Some(id) == member.primary.as_ref() {
                    true => Belonging::Primary,
                    false => Belonging::Mapped,
                };
                ids.push((id, belonging));
            }
            for id in self.further.get(&key).into_iter().flatten() {
                if !ids.iter().any(|(known, _)| *known == id) {
                    ids.push((id, Belonging::Further));
                }
            }
            let customers = ids.into_iter().map(|(id, belonging)| {
                let facts = customers.get(id).cloned();
                let facts = facts.unwrap_or_else(|| unknown_customer(id));
                CustomerFacts { belonging, ..facts }
            });
            PersonFacts {
                login: member.key.clone(),
                known: true,
                valid: member.valid,
                direct: self.direct.get(&key).cloned().unwrap_or_default(),
                customers: customers.collect(),
            }
        };
        members.iter().map(person).collect()
    }
}

impl Access<'_> {
    /// A person from the sources and tables themselves. Of a source that does not answer it is what was last known.
    pub(crate) async fn person_facts(self, login: &str) -> Result<PersonFacts> {
        Ok(self.person_facts_told(login).await?.facts)
    }

    /// The same, with since when the source does not answer, and what the login had is held back. What was given to somebody
    /// else under this login is not theirs, also where nobody has found that before.
    pub(crate) async fn person_facts_told(self, login: &str) -> Result<ToldFacts> {
        // Asked for beside the record: most logins are typed as they are stored.
        let (stored, given, known) = futures::try_join!(
            self.directory.find_row(Kind::CustomerUser, login),
            self.given_to_login(login),
            self.directory.known_identity(login),
        )?;
        let (handle, stored) = stored.ok_or_else(|| not_found(Kind::CustomerUser, login))?;
        let key = stored.record.get(handle.spec.key_field()).to_owned();
        self.directory.check_identity_of(handle, &stored);
        let is_another = known.is_another(handle, &stored);
        let given = match key == login {
            _ if is_another => GivenToLogin::default(),
            true => given,
            false => self.given_to_login(&key).await?,
        };
        let found_now = is_another.then(|| self.directory.clock().now());
        let facts = self.facts_with(handle, &stored.record, key, given).await?;
        Ok(ToldFacts {
            facts,
            unavailable_since: handle.status().unavailable_since,
            held_back_since: known.held_since(handle).or(found_now),
        })
    }

    /// What a record of a source comes to, with what is given to a login.
    pub(super) async fn facts_of(
        self,
        handle: &SourceHandle,
        record: &Record,
        key: String,
    ) -> Result<PersonFacts> {
        let given = self.given_to_login(&key).await?;
        self.facts_with(handle, record, key, given).await
    }

    async fn given_to_login(self, login: &str) -> Result<GivenToLogin> {
        let home = self.directory.home();
        let logins = [login.to_owned()];
        // No row holds one, and PostgreSQL refuses to be asked.
        if login.contains('\0') {
            return Ok((vec![], vec![]));
        }
        let direct = access::person_grants(home, &logins, None);
        let further = access::further_customers(home, &logins);
        let (direct, mut further) = futures::try_join!(direct, further).map_err(Error::home)?;
        further.sort_by_cached_key(|(_, id)| (self.directory.collation().key(id), id.clone()));
        Ok((direct, further))
    }

    async fn facts_with(
        self,
        handle: &SourceHandle,
        record: &Record,
        key: String,
        (direct, further): GivenToLogin,
    ) -> Result<PersonFacts> {
        let own = handle
            .people
            .as_ref()
            .map(|people| own_customer_ids(people, record))
            .unwrap_or_default();
        let primary = record.get("UserCustomerID").to_owned();
        let valid = is_valid(handle, record);
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
        let customers = self.grants().customers_facts(ids).await?;
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

    async fn holders_with_ids(self, ids: &[String]) -> Result<Vec<Option<RecordStatus>>> {
        let found = self.directory.find_rows(Kind::Customer, ids).await?;
        let holder = |(handle, stored): (&SourceHandle, SourceRow)| RecordStatus {
            valid: is_valid(handle, &stored.record),
            key: stored.record.get(handle.spec.key_field()).to_owned(),
        };
        Ok(found.into_iter().map(|one| one.map(holder)).collect())
    }

    /// Many people at once, as far as it makes a difference in one group: customers that give nothing there are not looked
    /// up, and stand as unknown.
    pub(crate) async fn many_facts_in(
        self,
        members: &[Member],
        scope: &GroupScope<'_>,
    ) -> Result<Vec<PersonFacts>> {
        let id = scope.group.id;
        let given = self.given_to(members, Some(id)).await?;
        let named = given.customers(members);
        let every = scope
            .settings
            .is_every_customers(scope.group, Context::Same);
        let customers = match every || named.len() <= FEW_CUSTOMERS {
            true => self.grants().many_customers(named, Some(id)).await?,
            false => self.giving_customers(named, scope).await?,
        };
        Ok(given.facts(members, &customers))
    }

    async fn given_to(self, members: &[Member], group: Option<i64>) -> Result<GivenTo> {
        let home = self.directory.home();
        let logins: Vec<String> = members.iter().map(|member| member.key.clone()).collect();
        let (direct, further) = futures::try_join!(
            access::person_grants(home, &logins, group),
            access::further_customers(home, &logins),
        )
        .map_err(Error::home)?;
        let mut given = GivenTo::default();
        for one in direct {
            let grants = given.direct.entry(lower(&one.login)).or_default();
            grants.push(one.grant);
        }
        for (login, customer) in further {
            let customers = given.further.entry(lower(&login)).or_default();
            customers.push(lower(&customer));
        }
        Ok(given)
    }

    /// Those of these customers to which something is given in the group, and those whose grants are to change. Read by
    /// group: for thousands of customers that is less than to look each of them up.
    async fn giving_customers(
        self,
        named: BTreeSet<String>,
        scope: &GroupScope<'_>,
    ) -> Result<BTreeMap<String, CustomerFacts>> {
        let grants = access::group_customer_grants(self.directory.home(), scope.group.id, &[])
            .await
            .map_err(Error::home)?;
        let mut grants_of: BTreeMap<String, Vec<(Context, Grant)>> = BTreeMap::new();
        for given in grants {
            let customer = lower(&given.customer);
            if named.contains(&customer) {
                let grants = grants_of.entry(customer).or_default();
                grants.push((given.context, given.grant));
            }
        }
        let changing = scope.changing.iter().map(|id| lower(id));
        let asked: BTreeSet<String> = changing
            .filter(|id| named.contains(id))
            .chain(grants_of.keys().cloned())
            .collect();
        let asked: Vec<String> = asked.into_iter().collect();
        let mut customers = self.indexed_customers(&asked).await?;
        for (id, facts) in &mut customers {
            facts.grants = grants_of.remove(id).unwrap_or_default();
        }
        Ok(customers)
    }

    /// Customers as the index knows them, without what is given to them, by their IDs in lower case.
    async fn indexed_customers(self, named: &[String]) -> Result<BTreeMap<String, CustomerFacts>> {
        let index = self.directory.index(Kind::Customer);
        let known = index.with_keys(named).await.map_err(Error::internal)?;
        let facts = |member: Member| {
            let id = lower(&member.key);
            let facts = CustomerFacts {
                known: true,
                valid: member.valid,
                ..unknown_customer(&member.key)
            };
            (id, facts)
        };
        Ok(known.into_iter().map(facts).collect())
    }
}

impl Grants<'_> {
    /// Customers from their sources, with what is given to them.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn customers_facts(
        self,
        ids: Vec<(String, Belonging)>,
    ) -> Result<Vec<CustomerFacts>> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let asked: Vec<String> = ids.iter().map(|(id, _)| id.clone()).collect();
        let found = self.access.holders_with_ids(&asked);
        let grants = async {
            access::customer_grants(self.access.directory.home(), &asked, None)
                .await
                .map_err(Error::home)
        };
        let (found, grants) = futures::try_join!(found, grants)?;
        let customer = |((id, belonging), holder): ((String, Belonging), Option<RecordStatus>)| {
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

    /// Customers by their IDs in lower case, as the index knows them.
    ///
    /// # Errors
    /// When the database or the index can't be read.
    #[boxed]
    pub async fn many_customers(
        self,
        named: BTreeSet<String>,
        group: Option<i64>,
    ) -> Result<BTreeMap<String, CustomerFacts>> {
        let named: Vec<String> = named.into_iter().collect();
        let mut customers = self.access.indexed_customers(&named).await?;
        let ids: Vec<String> = customers.values().map(|facts| facts.id.clone()).collect();
        let grants = access::customer_grants(self.access.directory.home(), &ids, group)
            .await
            .map_err(Error::home)?;
        for given in grants {
            if let Some(facts) = customers.get_mut(&lower(&given.customer)) {
                facts.grants.push((given.context, given.grant));
            }
        }
        Ok(customers)
    }

    /// Many people at once, as the indexes know them, with what is given in a group (or in all): a few statements,
    /// however many people.
    ///
    /// # Errors
    /// When the database or the index can't be read.
    #[boxed]
    pub async fn many_facts(
        self,
        members: &[Member],
        group: Option<i64>,
    ) -> Result<Vec<PersonFacts>> {
        let given = self.access.given_to(members, group).await?;
        let customers = self.many_customers(given.customers(members), group).await?;
        Ok(given.facts(members, &customers))
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
