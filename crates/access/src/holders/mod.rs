//! Everybody who has a permission in a group, and why: the other direction of the same answer.

pub(super) mod candidates;
pub(super) mod customers;
pub(super) mod first;
pub(super) mod group_grants;
pub(super) mod group_holders;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::Confirming;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{AccessSettings, Group, GroupAccess, Permission, Why};
use serde::Serialize;

use crate::Access;
use crate::holders::candidates::Candidates;
use crate::page::cut;

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

/// The most people on one page.
const MAX_PAGE: u32 = 1000;

impl Access<'_> {
    /// People who have a permission in a group, with why (OTOBO's `GroupMemberList` by group, with the decision D06).
    /// `after` is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; `Invalid` for an unknown cursor; when a source does not answer.
    #[boxed]
    pub async fn holders(
        self,
        actor: &Actor,
        group: &str,
        permission: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<HoldersPage> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        self.directory.sync_indexes().await?;
        let settings = self.grants().access_settings().await?;
        let limit = limit.clamp(1, MAX_PAGE);
        let mut confirming = Confirming::default();
        let (mut page, next, gone) = loop {
            let found = self
                .holders_after(&group, permission, &settings, after, limit + 1)
                .await?;
            let (page, next) = cut(found, limit as usize, |(member, _)| &member.key);
            let keys: Vec<String> = page.iter().map(|(one, _)| one.key.clone()).collect();
            if let Some(gone) = confirming
                .gone(&self.directory, Kind::CustomerUser, &keys)
                .await?
            {
                break (page, next, gone);
            }
        };
        page.retain(|(member, _)| !gone.has(&member.key));
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
    /// As [`Access::holders`].
    #[boxed]
    pub async fn count_holders(self, actor: &Actor, group: &str, permission: &str) -> Result<u64> {
        actor.require(Action::See, Object::Access)?;
        let group = self.grants().group_named(group).await?;
        self.directory.sync_indexes().await?;
        let settings = self.grants().access_settings().await?;
        self.count_in_group(&group, permission, &settings).await
    }

    pub(crate) async fn count_in_group(
        self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
    ) -> Result<u64> {
        let index = self.directory.index(Kind::CustomerUser);
        let count = match self.candidates(group, permission, settings).await? {
            Candidates::Nobody => return Ok(0),
            Candidates::Everybody => index.count(0).await,
            Candidates::Some { customers, logins } => {
                index.count_members(&customers, &logins).await
            }
        };
        count.map_err(Error::internal)
    }

    /// People after one who have a permission in a group, at most so many, with everything that they have there.
    pub(super) async fn holders_after(
        self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
        after: Option<&str>,
        wanted: u32,
    ) -> Result<Vec<(Member, GroupAccess)>> {
        let asked = [permission.to_owned()];
        let density = self.grant_density(group, &asked, settings).await?;
        let few = self.grants_including(group, &density.few(&asked)).await?;
        let firsts = self
            .first_people(group, &asked, settings, (&density, &few), after, wanted)
            .await?;
        let found = firsts.into_iter().next().map(|first| first.found);
        Ok(found.unwrap_or_default())
    }

    /// The display texts of people.
    pub(crate) async fn texts_of(
        self,
        keys: impl Iterator<Item = &String>,
    ) -> Result<Vec<(String, String)>> {
        let keys: Vec<String> = keys.cloned().collect();
        self.directory.texts(Kind::CustomerUser, &keys).await
    }
}
