//! Customers that have a permission in a group (OTOBO's `GroupCustomerList` by group).

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::Confirming;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_model::access::{Context, Group, Permission, Why};
use kartoteka_model::text::lower;
use kartoteka_store::access;
use serde::Serialize;

use crate::Access;
use crate::page::cut;

/// A customer with the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerHolder {
    pub customer: String,
    /// The display text.
    pub text: String,
    pub reasons: Vec<(Permission, Why)>,
}

/// One page of them, in the default order of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerHoldersPage {
    pub group: Group,
    pub permission: String,
    pub context: Context,
    pub holders: Vec<CustomerHolder>,
    /// How many there are on all pages, exactly.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// The most customers on one page.
const MAX_PAGE: u32 = 1000;

impl Access<'_> {
    /// Valid customers that have a permission in a group in a context, with why. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; `Invalid` for an unknown cursor; when the database does not answer.
    #[boxed]
    pub async fn customer_holders(
        self,
        actor: &Actor,
        group: &str,
        permission: &str,
        context: Context,
        after: Option<&str>,
        limit: u32,
    ) -> Result<CustomerHoldersPage> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        self.directory.sync_index(Kind::Customer).await?;
        let settings = self.grants().access_settings().await?;
        let limit = limit.clamp(1, MAX_PAGE);
        let index = self.directory.index(Kind::Customer);
        let everybody = settings.is_every_customers(&group, context);
        let mut confirming = Confirming::default();
        let (total, mut keys, next, gone) = loop {
            let (total, members) = if !group.valid {
                (0, vec![])
            } else if everybody {
                futures::try_join!(index.count(0), index.walk(after, limit + 1))
                    .map_err(Error::internal)?
            } else {
                let grants =
                    access::group_customer_grants(self.directory.home(), group.id, &[permission])
                        .await
                        .map_err(Error::home)?;
                let given: BTreeSet<String> = grants
                    .into_iter()
                    .filter(|given| given.context == context)
                    .map(|given| lower(&given.customer))
                    .collect();
                let given: Vec<String> = given.into_iter().collect();
                futures::try_join!(
                    index.count_members(&[], &given),
                    index.members(&[], &given, after, limit + 1),
                )
                .map_err(Error::internal)?
            };
            let (members, next) = cut(members, limit as usize, |member| &member.key);
            let keys: Vec<String> = members.into_iter().map(|member| member.key).collect();
            if let Some(gone) = confirming
                .gone(&self.directory, Kind::Customer, &keys)
                .await?
            {
                break (total, keys, next, gone);
            }
        };
        keys.retain(|key| !gone.has(key));
        let named = keys.iter().map(|key| lower(key)).collect();
        let facts = self.grants().many_customers(named, Some(group.id)).await?;
        let texts = self.directory.texts(Kind::Customer, &keys).await?;
        let holder = |key: &String| {
            let given = facts
                .get(&lower(key))
                .map(|facts| facts.in_group(&group, context, &settings))
                .unwrap_or_default();
            let text = texts.iter().find(|(known, _)| known == key);
            CustomerHolder {
                customer: key.clone(),
                text: text.map_or_else(|| key.clone(), |(_, text)| text.clone()),
                reasons: given
                    .into_iter()
                    .filter(|(given, _)| given.includes(permission))
                    .collect(),
            }
        };
        Ok(CustomerHoldersPage {
            holders: keys.iter().map(holder).collect(),
            next,
            permission: permission.to_owned(),
            total,
            context,
            group,
        })
    }
}
