//! Everybody who has a permission in a group, and why: the other direction of the same answer.

pub(super) mod candidates;
pub(super) mod customers;
pub(super) mod first;
pub(super) mod given;
pub(super) mod holding;

use kartoteka_index::Member;
use kartoteka_model::access::{AccessSettings, Group, GroupAccess, Permission, Why};
use serde::Serialize;

use crate::access::holders::candidates::Candidates;
use crate::access::page::cut;
use crate::actor::Actor;
use crate::confirm::Confirming;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::names;
use crate::open::Directory;
use crate::rights::{Action, Object};

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

impl Directory {
    /// People who have a permission in a group, with why (OTOBO's `GroupMemberList` by group, with the decision D06).
    /// `after` is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; `Invalid` for an unknown cursor; when a source does not answer.
    pub async fn holders(
        &self,
        actor: &Actor,
        group: &str,
        permission: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<HoldersPage> {
        actor.require(Action::See, Object::Access)?;
        let group = self.group_named(group).await?;
        self.follow_both().await?;
        let settings = self.access_settings().await?;
        let limit = limit.clamp(1, MAX_PAGE);
        let mut confirming = Confirming::default();
        let (mut page, next, gone) = loop {
            let found = self
                .holders_after(&group, permission, &settings, after, limit + 1)
                .await?;
            let (page, next) = cut(found, limit as usize, |(member, _)| &member.key);
            let keys: Vec<String> = page.iter().map(|(one, _)| one.key.clone()).collect();
            if let Some(gone) = confirming.gone(self, Kind::CustomerUser, &keys).await? {
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
    /// As [`Directory::holders`].
    pub async fn count_holders(&self, actor: &Actor, group: &str, permission: &str) -> Result<u64> {
        actor.require(Action::See, Object::Access)?;
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
        let index = self.keeper(Kind::CustomerUser).index();
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
        &self,
        group: &Group,
        permission: &str,
        settings: &AccessSettings,
        after: Option<&str>,
        wanted: u32,
    ) -> Result<Vec<(Member, GroupAccess)>> {
        let asked = [permission.to_owned()];
        let many = self.many_have(group, &asked, settings).await?;
        let few = self.grants_including(group, &many.few(&asked)).await?;
        let firsts = self
            .first_people(group, &asked, settings, (&many, &few), after, wanted)
            .await?;
        let found = firsts.into_iter().next().map(|first| first.found);
        Ok(found.unwrap_or_default())
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
            .index()
            .records(keys)
            .await
            .map_err(Error::internal)?;
        let handles = self.handles(kind);
        let text = |hit: kartoteka_index::Hit| {
            let text = handles.get(hit.source).map_or_else(
                || hit.key.clone(),
                |handle| names::display_text(&handle.spec, &hit.record),
            );
            (hit.key, text)
        };
        Ok(hits.into_iter().map(text).collect())
    }
}
