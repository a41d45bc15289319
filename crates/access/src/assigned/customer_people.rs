//! The people of a customer: by their own records, and by having it as a further customer.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{Confirming, display_text, not_found, own_customer_ids};
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_index::Hit;
use kartoteka_model::access::Belonging;
use kartoteka_model::text::same_key;
use kartoteka_store::access;
use serde::Serialize;

use crate::Access;
use crate::page::cut;

/// Somebody of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerPerson {
    pub login: String,
    /// The display text.
    pub text: String,
    pub belonging: Belonging,
}

/// One page of them, in the default order of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerPeoplePage {
    /// As stored.
    pub customer: String,
    pub people: Vec<CustomerPerson>,
    /// How many there are on all pages, exactly.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// The most people on one page.
const MAX_PAGE: u32 = 1000;

impl Access<'_> {
    /// Valid people of a customer, with how they belong to it; never more than a page. `after` is the cursor of the
    /// page before. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for the customer; `Invalid` for an unknown cursor; when a source does not answer.
    #[boxed]
    pub async fn people_of_customer(
        self,
        actor: &Actor,
        customer: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<CustomerPeoplePage> {
        actor.require(Action::See, Object::Access)?;
        let (handle, stored) = self
            .directory
            .find_row(Kind::Customer, customer)
            .await?
            .ok_or_else(|| not_found(Kind::Customer, customer))?;
        let customer = stored.record.get(handle.spec.key_field()).to_owned();
        self.directory.sync_index(Kind::CustomerUser).await?;
        let customers = [customer.clone()];
        let further = self.logins_further_of(&customer).await?;
        let limit = limit.clamp(1, MAX_PAGE);
        let index = self.directory.index(Kind::CustomerUser);
        let mut confirming = Confirming::default();
        let (total, mut keys, next, gone) = loop {
            let (total, members) = futures::try_join!(
                index.count_members(&customers, &further),
                index.members(&customers, &further, after, limit + 1),
            )
            .map_err(Error::internal)?;
            let (members, next) = cut(members, limit as usize, |member| &member.key);
            let keys: Vec<String> = members.into_iter().map(|member| member.key).collect();
            if let Some(gone) = confirming
                .gone(&self.directory, Kind::CustomerUser, &keys)
                .await?
            {
                break (total, keys, next, gone);
            }
        };
        keys.retain(|key| !gone.has(key));
        let hits = index.records(&keys).await.map_err(Error::internal)?;
        let person = |login: String| {
            let hit = hits.iter().find(|hit| hit.key == login);
            CustomerPerson {
                text: hit.map_or_else(|| login.clone(), |hit| self.text_of_person(hit)),
                belonging: hit.map_or(Belonging::Further, |hit| self.belonging(hit, &customer)),
                login,
            }
        };
        Ok(CustomerPeoplePage {
            people: keys.into_iter().map(person).collect(),
            customer,
            total,
            next,
        })
    }

    /// The logins of those who have a customer as a further one.
    pub(crate) async fn logins_further_of(self, customer: &str) -> Result<Vec<String>> {
        let of = [customer.to_owned()];
        let found = access::people_with_customers(self.directory.home(), &of)
            .await
            .map_err(Error::home)?;
        let found = found.into_iter().filter(|(_, id)| same_key(id, customer));
        Ok(found.map(|(login, _)| login).collect())
    }

    fn text_of_person(self, hit: &Hit) -> String {
        let handle = self.directory.handles(Kind::CustomerUser).get(hit.source);
        handle.map_or_else(
            || hit.key.clone(),
            |handle| display_text(&handle.spec, &hit.record),
        )
    }

    /// How somebody belongs to a customer: by the record, or else as a further one.
    fn belonging(self, hit: &Hit, customer: &str) -> Belonging {
        let handle = self.directory.handles(Kind::CustomerUser).get(hit.source);
        let own = handle
            .and_then(|handle| handle.people.as_ref())
            .map(|people| own_customer_ids(people, &hit.record))
            .unwrap_or_default();
        if !own.iter().any(|id| same_key(id, customer)) {
            Belonging::Further
        } else if same_key(hit.record.get("UserCustomerID"), customer) {
            Belonging::Primary
        } else {
            Belonging::Mapped
        }
    }
}
