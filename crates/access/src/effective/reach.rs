//! The customers whose tickets a person reaches (OTOBO's `GroupContextCustomers`).

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_model::access::{Context, Group, reached_customers};
use kartoteka_model::text::lower;
use kartoteka_store::access;
use serde::Serialize;

use crate::Access;
use crate::effective::PersonAccess;

/// A customer whose tickets are reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReachedCustomer {
    pub id: String,
    pub text: String,
    /// The groups through which they are reached in the context *other customers*; none for one's own customers.
    pub through: Vec<Group>,
}

/// The customers that somebody reaches: their own, then the others, by ID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reach {
    pub login: String,
    pub customers: Vec<ReachedCustomer>,
    /// How many they are altogether.
    pub total: u64,
    /// There are more than were asked for.
    pub more: bool,
}

impl Access<'_> {
    /// The valid customers whose tickets a person reaches: their own, and those that have, in the context *same*, a
    /// group that the person has for *other customers*; at most so many. Role: reader.
    ///
    /// # Errors
    /// `NotFound`; when a source does not answer.
    #[boxed]
    pub async fn reach(self, actor: &Actor, login: &str, limit: usize) -> Result<Reach> {
        self.reach_after(actor, login, None, limit).await
    }

    /// The same, those that come after a customer. Role: reader.
    ///
    /// # Errors
    /// As [`Access::reach`].
    #[boxed]
    pub async fn reach_after(
        self,
        actor: &Actor,
        login: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Reach> {
        let access = self.permissions_of(actor, login).await?;
        self.reach_with(actor, &access, after, limit).await
    }

    /// The same for what somebody would have ([`Access::permissions_if_changed`]). Role: reader.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn reach_with(
        self,
        actor: &Actor,
        access: &PersonAccess,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Reach> {
        actor.require(Action::See, Object::Access)?;
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        self.directory.sync_index(Kind::Customer).await?;
        let mut reached: BTreeMap<String, Vec<Group>> = access
            .person
            .customers
            .iter()
            .filter(|customer| customer.counts() && access.person.counts())
            .map(|customer| (lower(&customer.id), vec![]))
            .collect();
        let own: BTreeSet<String> = reached.keys().cloned().collect();
        let through = reached_customers(&access.person, &groups, &access.settings);
        let (everybody, some): (Vec<&Group>, Vec<&Group>) = through
            .into_iter()
            .partition(|group| access.settings.is_company_always(&group.name));
        let ids: Vec<i64> = some.iter().map(|group| group.id).collect();
        let given = access::customer_grants_in(self.directory.home(), &ids, Context::Same)
            .await
            .map_err(Error::home)?;
        let all = match everybody.is_empty() {
            true => vec![],
            false => {
                let all = self.directory.index(Kind::Customer).valid_keys().await;
                all.map_err(Error::internal)?
            }
        };
        let of_all = everybody
            .iter()
            .flat_map(|group| all.iter().map(move |id| (lower(id), *group)));
        let of_some = given
            .iter()
            .filter(|given| given.grant.permission.includes("ro"))
            .filter_map(|given| {
                let group = some.iter().find(|group| group.id == given.grant.group);
                Some((lower(&given.customer), *group?))
            });
        for (customer, group) in of_all.chain(of_some) {
            if !own.contains(&customer) {
                let through = reached.entry(customer).or_default();
                if !through.contains(group) {
                    through.push(group.clone());
                }
            }
        }
        for through in reached.values_mut() {
            through.sort_by_key(|group| group.id);
        }
        let keys: Vec<String> = reached.keys().cloned().collect();
        let known = self.directory.index(Kind::Customer).with_keys(&keys).await;
        let mut valid: Vec<String> = known
            .map_err(Error::internal)?
            .into_iter()
            .filter(|customer| customer.valid)
            .map(|customer| customer.key)
            .collect();
        let total = valid.len() as u64;
        let order = |id: &str| (!own.contains(&lower(id)), lower(id));
        valid.sort_by_cached_key(|id| order(id));
        if let Some(after) = after.map(order) {
            valid.retain(|id| order(id) > after);
        }
        let more = valid.len() > limit;
        valid.truncate(limit);
        let texts = self.directory.texts(Kind::Customer, &valid).await?;
        let customers = valid
            .into_iter()
            .map(|id| ReachedCustomer {
                text: texts
                    .iter()
                    .find(|(key, _)| *key == id)
                    .map_or_else(|| id.clone(), |(_, text)| text.clone()),
                through: reached.remove(&lower(&id)).unwrap_or_default(),
                id,
            })
            .collect();
        Ok(Reach {
            login: access.login.clone(),
            customers,
            total,
            more,
        })
    }
}
