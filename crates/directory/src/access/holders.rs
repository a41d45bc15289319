//! Everybody who has a permission in a group, and why: the other direction of the same answer.

use std::collections::BTreeSet;

use kartoteka_model::access::{
    AccessSettings, Context, Group, GroupAccess, Permission, Why, effective_permissions,
};
use kartoteka_model::text::lower;
use kartoteka_store::access;
use kartoteka_store::index::Member;
use serde::Serialize;

use crate::actor::{Actor, Role};
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::names;
use crate::open::Directory;

/// Somebody with the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    pub login: String,
    /// The display text.
    pub text: String,
    /// What the person has in the group that includes the permission, and why.
    pub reasons: Vec<(Permission, Why)>,
}

/// One page of them, in the default order of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldersPage {
    pub group: Group,
    pub permission: String,
    pub holders: Vec<Holder>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// Above so many customers that have a group, its people are found by walking through everybody in order, of whom
/// many are among them; below, by starting from the customers.
const MANY_CUSTOMERS: usize = 1500;

/// People looked at in one go while walking.
const STRIDE: u32 = 400;

/// Strides without enough people found, after which starting from the customers is cheaper after all.
const MOST_STRIDES: usize = 12;

/// The most people on one page.
const MAX_PAGE: u32 = 1000;

/// Who can have a permission in a group at all.
enum Candidates {
    Nobody,
    /// Everybody valid: an always-group, or permissions by group are off.
    Everybody,
    /// Valid people of these customers, and these logins.
    Some {
        customers: Vec<String>,
        logins: Vec<String>,
    },
}

impl Directory {
    /// People who have a permission in a group, with why (OTOBO's `GroupMemberList` by group, with the decision D06).
    /// `after` is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; when a source does not answer.
    pub async fn holders(
        &self,
        actor: &Actor,
        group: &str,
        permission: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<HoldersPage> {
        actor.require(Role::Reader)?;
        let group = self.group_named(group).await?;
        self.follow_both().await?;
        let settings = self.access_settings().await?;
        let limit = limit.clamp(1, MAX_PAGE);
        let found = self
            .holders_after(&group, permission, &settings, after, limit + 1)
            .await?;
        let more = found.len() > limit as usize;
        let page = &found[..found.len().min(limit as usize)];
        let next = page
            .last()
            .filter(|_| more)
            .map(|(member, _)| member.key.clone());
        let texts = self
            .texts_of(page.iter().map(|(member, _)| &member.key))
            .await?;
        let holders = page
            .iter()
            .map(|(member, access)| Holder {
                login: member.key.clone(),
                text: texts
                    .iter()
                    .find(|(key, _)| *key == member.key)
                    .map_or_else(|| member.key.clone(), |(_, text)| text.clone()),
                reasons: access.reasons(permission).cloned().collect(),
            })
            .collect();
        Ok(HoldersPage {
            group,
            permission: permission.to_owned(),
            holders,
            next,
        })
    }

    /// How many people have a permission in a group, exactly. Role: reader.
    ///
    /// # Errors
    /// As [`Directory::holders`].
    pub async fn count_holders(&self, actor: &Actor, group: &str, permission: &str) -> Result<u64> {
        actor.require(Role::Reader)?;
        let group = self.group_named(group).await?;
        self.follow_both().await?;
        let settings = self.access_settings().await?;
        self.count_in_group(&group, permission, &settings).await
    }

    pub(crate) async fn count_in_group(
        &self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
    ) -> Result<u64> {
        let index = &self.keeper(Kind::CustomerUser).index;
        let count = match self.candidates(group, permission, settings).await? {
            Candidates::Nobody => return Ok(0),
            Candidates::Everybody => index.count(0).await,
            Candidates::Some { customers, logins } => {
                index.count_members(&customers, &logins).await
            }
        };
        count.map_err(Error::internal)
    }

    async fn holders_after(
        &self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
        after: Option<&str>,
        wanted: u32,
    ) -> Result<Vec<(Member, GroupAccess)>> {
        let index = &self.keeper(Kind::CustomerUser).index;
        if !group.valid {
            return Ok(vec![]);
        }
        let everybody = !settings.customer_group_support || settings.is_always(&group.name);
        if everybody || self.is_given_to_many(group, settings).await? {
            let mut found = vec![];
            let mut place = after.map(str::to_owned);
            for stride in 0.. {
                if !everybody && stride >= MOST_STRIDES {
                    break;
                }
                let size = if everybody { wanted } else { STRIDE };
                let members = index
                    .walk(place.as_deref(), size)
                    .await
                    .map_err(Error::internal)?;
                let Some(last) = members.last() else {
                    return Ok(found);
                };
                place = Some(last.key.clone());
                self.keep_holders(group, permission, settings, members, &mut found)
                    .await?;
                if found.len() >= wanted as usize {
                    found.truncate(wanted as usize);
                    return Ok(found);
                }
            }
        }
        let Candidates::Some { customers, logins } =
            self.candidates(group, permission, settings).await?
        else {
            return Ok(vec![]);
        };
        let members = index
            .members(&customers, &logins, after, wanted)
            .await
            .map_err(Error::internal)?;
        let mut found = vec![];
        self.keep_holders(group, permission, settings, members, &mut found)
            .await?;
        Ok(found)
    }

    async fn keep_holders(
        &self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
        members: Vec<Member>,
        found: &mut Vec<(Member, GroupAccess)>,
    ) -> Result<()> {
        let facts = self.many_facts(&members, Some(group.id)).await?;
        for (member, person) in members.into_iter().zip(facts) {
            let groups = std::slice::from_ref(group);
            let effective = effective_permissions(&person, groups, settings);
            let access = effective.groups.into_iter().next();
            if let Some(access) = access.filter(|access| access.holds(permission)) {
                found.push((member, access));
            }
        }
        Ok(())
    }

    async fn is_given_to_many(&self, group: &Group, settings: &AccessSettings) -> Result<bool> {
        if settings.is_company_always(&group.name) {
            return Ok(true);
        }
        let many = access::is_given_to_many(&self.inner.home, group.id, MANY_CUSTOMERS).await;
        many.map_err(Error::home)
    }

    /// Everybody who can have the permission; all of them have it.
    async fn candidates(
        &self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
    ) -> Result<Candidates> {
        if !group.valid {
            return Ok(Candidates::Nobody);
        }
        if !settings.customer_group_support || settings.is_always(&group.name) {
            return Ok(Candidates::Everybody);
        }
        let home = &self.inner.home;
        let customers_index = &self.keeper(Kind::Customer).index;
        let customers = if settings.is_company_always(&group.name) {
            customers_index
                .valid_keys()
                .await
                .map_err(Error::internal)?
        } else {
            let grants = access::group_customer_grants(home, group.id)
                .await
                .map_err(Error::home)?;
            let given: BTreeSet<String> = grants
                .into_iter()
                .filter(|given| given.context == Context::Same)
                .filter(|given| given.grant.permission.includes(permission))
                .map(|given| lower(&given.customer))
                .collect();
            let given: Vec<String> = given.into_iter().collect();
            let known = customers_index
                .with_keys(&given)
                .await
                .map_err(Error::internal)?;
            known
                .into_iter()
                .filter(|customer| customer.valid)
                .map(|customer| customer.key)
                .collect()
        };
        let (direct, further) = futures::try_join!(
            access::group_people_grants(home, group.id),
            access::people_with_customers(home, &customers),
        )
        .map_err(Error::home)?;
        let among: BTreeSet<String> = customers.iter().map(|id| lower(id)).collect();
        let further = further
            .into_iter()
            .filter(|(_, customer)| among.contains(&lower(customer)))
            .map(|(login, _)| lower(&login));
        let logins: BTreeSet<String> = direct
            .into_iter()
            .filter(|given| given.grant.permission.includes(permission))
            .map(|given| lower(&given.login))
            .chain(further)
            .collect();
        Ok(Candidates::Some {
            customers,
            logins: logins.into_iter().collect(),
        })
    }

    /// The display texts of people.
    pub(crate) async fn texts_of(
        &self,
        keys: impl Iterator<Item = &String>,
    ) -> Result<Vec<(String, String)>> {
        let keys: Vec<String> = keys.cloned().collect();
        self.texts(Kind::CustomerUser, &keys).await
    }

    /// The display texts of records, by key, as the index knows them.
    pub(crate) async fn texts(&self, kind: Kind, keys: &[String]) -> Result<Vec<(String, String)>> {
        let hits = self
            .keeper(kind)
            .index
            .records(keys)
            .await
            .map_err(Error::internal)?;
        let handles = self.handles(kind);
        let text = |hit: kartoteka_store::index::Hit| {
            let text = handles.get(hit.source).map_or_else(
                || hit.key.clone(),
                |handle| names::display_text(&handle.spec, &hit.record),
            );
            (hit.key, text)
        };
        Ok(hits.into_iter().map(text).collect())
    }
}
