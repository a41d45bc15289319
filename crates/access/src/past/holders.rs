//! Everybody who had a permission in a group at a moment, page by page; and who gained or lost it between two.
//!
//! Those who are valid now come first, in the default order; those who are not any more come last, by login.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_index::Member;
use kartoteka_model::access::{Group, GroupAccess, Permission, Why};
use kartoteka_model::text::lower;
use serde::Serialize;

use crate::Access;
use crate::past::group::{GroupThen, HoldersThen, PORTION};

/// Somebody who had the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastHolder {
    /// The login of now.
    pub login: String,
    /// The login of then.
    pub login_then: String,
    /// The display text of now.
    pub text: String,
    /// What the person had in the group that included the permission, and why.
    pub reasons: Vec<(Permission, Why)>,
}

/// One page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastHoldersPage {
    /// The name that the group has now.
    pub name: String,
    /// As it was; none while it was not there yet.
    pub group: Option<Group>,
    pub permission: String,
    pub holders: Vec<PastHolder>,
    /// How many there are on all pages, exactly.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// Somebody who gained or lost the permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolderDifference {
    /// The login of now.
    pub login: String,
    /// The display text of now.
    pub text: String,
    /// Held at the later time, otherwise at the earlier one.
    pub gained: bool,
    /// Why it was held when it was.
    pub reasons: Vec<(Permission, Why)>,
}

/// One page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldersDifferencePage {
    /// The name that the group has now.
    pub name: String,
    pub permission: String,
    pub people: Vec<HolderDifference>,
    /// How many gained it, on all pages.
    pub gained: u64,
    /// How many lost it, on all pages.
    pub lost: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// The most people on one page.
const MAX_PAGE: u32 = 1000;

/// Who may be looked for: all valid people, or those of some customers and some logins.
enum Candidates {
    Everybody,
    Some {
        customers: Vec<String>,
        logins: Vec<String>,
    },
}

impl Access<'_> {
    /// People who had a permission in a group at a time (milliseconds since 1970), with why; the group is named by
    /// its present name, or else one that it had. `after` is the cursor of the page before. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the group; when a source does not answer.
    #[boxed]
    pub async fn holders_as_of(
        self,
        actor: &Actor,
        group: &str,
        permission: &str,
        at: i64,
        (after, limit): (Option<&str>, u32),
    ) -> Result<PastHoldersPage> {
        actor.require(Action::See, Object::Access)?;
        let then = self.group_then(group, at).await?;
        let holders = self.holders_then(&then, permission).await?;
        let limit = limit.clamp(1, MAX_PAGE) as usize;
        let candidates = match holders.everybody {
            true => Candidates::Everybody,
            false => Candidates::Some {
                customers: holders.spelled(),
                logins: with_changed(holders.logins.iter(), &[&holders]),
            },
        };
        let keep = |member: &Member| holders.has(member);
        let (members, next) = self
            .page_of(&candidates, keep, &[&holders], after, limit)
            .await?;
        let reasons = self.reasons_then(&then, permission, &members).await?;
        let texts = self.texts_by_key(&members).await?;
        let holder = |(member, (login_then, reasons)): (&Member, (String, _))| PastHolder {
            login: member.key.clone(),
            login_then,
            text: texts.get(&member.key).cloned().unwrap_or_default(),
            reasons,
        };
        Ok(PastHoldersPage {
            holders: members.iter().zip(reasons).map(holder).collect(),
            total: self.count_then(&holders).await?,
            permission: permission.to_owned(),
            name: then.name,
            group: then.group,
            next,
        })
    }

    /// People who gained or lost a permission in a group between two times, with why they had it. Role: reader.
    ///
    /// # Errors
    /// As [`Access::holders_as_of`].
    #[boxed]
    pub async fn holders_between(
        self,
        actor: &Actor,
        group: &str,
        permission: &str,
        (earlier, later): (i64, i64),
        (after, limit): (Option<&str>, u32),
    ) -> Result<HoldersDifferencePage> {
        actor.require(Action::See, Object::Access)?;
        let then = [
            self.group_then(group, earlier).await?,
            self.group_then(group, later).await?,
        ];
        let before = self.holders_then(&then[0], permission).await?;
        let now = self.holders_then(&then[1], permission).await?;
        let limit = limit.clamp(1, MAX_PAGE) as usize;
        let both = [&before, &now];
        let candidates = differing(&before, &now);
        let keep = |member: &Member| before.has(member) != now.has(member);
        let (members, next) = self.page_of(&candidates, keep, &both, after, limit).await?;
        let (gained, lost) = self.count_between(&candidates, &before, &now).await?;
        let texts = self.texts_by_key(&members).await?;
        let reasons = [
            self.reasons_then(&then[0], permission, &members).await?,
            self.reasons_then(&then[1], permission, &members).await?,
        ];
        let person = |(at, member): (usize, &Member)| {
            let gained = now.has(member);
            HolderDifference {
                login: member.key.clone(),
                text: texts.get(&member.key).cloned().unwrap_or_default(),
                gained,
                reasons: reasons[usize::from(gained)][at].1.clone(),
            }
        };
        let [_, GroupThen { name, .. }] = then;
        Ok(HoldersDifferencePage {
            people: members.iter().enumerate().map(person).collect(),
            permission: permission.to_owned(),
            name,
            gained,
            lost,
            next,
        })
    }

    /// So many of the candidates as `keep` keeps, after a cursor; and the cursor of the next page.
    async fn page_of(
        self,
        candidates: &Candidates,
        keep: impl Fn(&Member) -> bool,
        holders: &[&HoldersThen],
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Member>, Option<String>)> {
        let index = self.directory.index(Kind::CustomerUser);
        let mut found: Vec<Member> = vec![];
        let cursor = match after {
            Some(key) => index
                .with_keys(&[key.to_owned()])
                .await
                .map_err(Error::internal)?
                .pop(),
            None => None,
        };
        // Somebody who is not valid any more is in the last part.
        let last_part = cursor.as_ref().is_some_and(|member| !member.valid);
        let mut place = cursor.as_ref().map(|member| member.key.clone());
        while !last_part && found.len() <= limit {
            let size = (limit + 1).max(PORTION / 10) as u32;
            let members = self.candidates_after(candidates, place.as_deref(), size);
            let members = members.await?;
            let Some(last) = members.last() else { break };
            place = Some(last.key.clone());
            let more = members.len() == size as usize;
            found.extend(members.into_iter().filter(|member| keep(member)));
            if !more {
                break;
            }
        }
        if found.len() <= limit {
            let beginning = match &cursor {
                Some(member) if last_part => lower(&member.key),
                _ => String::new(),
            };
            let changed = holders.iter().flat_map(|holders| holders.changed.keys());
            let changed: BTreeSet<&String> = changed.filter(|key| **key > beginning).collect();
            let changed: Vec<String> = changed.into_iter().cloned().collect();
            let mut invalid: Vec<Member> = vec![];
            for portion in changed.chunks(PORTION) {
                let members = index.with_keys(portion).await.map_err(Error::internal)?;
                let members = members.into_iter();
                invalid.extend(members.filter(|member| !member.valid && keep(member)));
            }
            invalid.sort_by_cached_key(|member| lower(&member.key));
            found.extend(invalid);
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| more)
            .map(|member| member.key.clone());
        Ok((found, next))
    }

    async fn candidates_after(
        self,
        candidates: &Candidates,
        after: Option<&str>,
        size: u32,
    ) -> Result<Vec<Member>> {
        let index = self.directory.index(Kind::CustomerUser);
        let members = match candidates {
            Candidates::Everybody => index.walk(after, size).await,
            Candidates::Some { customers, logins } => {
                index.members(customers, logins, after, size).await
            }
        };
        members.map_err(Error::internal)
    }

    /// How many had it: those who would have it with the record of now, put right by those whose records were
    /// otherwise.
    async fn count_then(self, holders: &HoldersThen) -> Result<u64> {
        let index = self.directory.index(Kind::CustomerUser);
        let logins: Vec<String> = holders.logins.iter().cloned().collect();
        let base = match holders.everybody {
            true => index.count(0).await,
            false => index.count_members(&holders.spelled(), &logins).await,
        };
        let mut count = base.map_err(Error::internal)?;
        let changed: Vec<String> = holders.changed.keys().cloned().collect();
        for portion in changed.chunks(PORTION) {
            for member in index.with_keys(portion).await.map_err(Error::internal)? {
                match (holders.would(&member), holders.has(&member)) {
                    (true, false) => count = count.saturating_sub(1),
                    (false, true) => count += 1,
                    _ => {}
                }
            }
        }
        Ok(count)
    }

    /// How many gained and how many lost it.
    async fn count_between(
        self,
        candidates: &Candidates,
        before: &HoldersThen,
        now: &HoldersThen,
    ) -> Result<(u64, u64)> {
        if matches!(candidates, Candidates::Everybody) {
            // One of the two is everybody, so what differs the other way differs by changed records alone.
            let changed: BTreeSet<&String> =
                before.changed.keys().chain(now.changed.keys()).collect();
            let (everybody, others) = match now.everybody {
                true => (now, before),
                false => (before, now),
            };
            let mut against = 0;
            let changed: Vec<String> = changed.into_iter().cloned().collect();
            for portion in changed.chunks(PORTION) {
                let index = self.directory.index(Kind::CustomerUser);
                let members = index.with_keys(portion).await.map_err(Error::internal)?;
                let other_way = |member: &&Member| others.has(member) && !everybody.has(member);
                against += members.iter().filter(other_way).count() as u64;
            }
            let all = self.count_then(everybody).await?;
            let with = (all + against).saturating_sub(self.count_then(others).await?);
            return Ok(match now.everybody {
                true => (with, against),
                false => (against, with),
            });
        }
        let (mut gained, mut lost) = (0, 0);
        let mut place: Option<String> = None;
        let keep = |member: &Member| before.has(member) != now.has(member);
        loop {
            let (members, next) = self
                .page_of(candidates, keep, &[before, now], place.as_deref(), PORTION)
                .await?;
            let won = members.iter().filter(|member| now.has(member)).count() as u64;
            gained += won;
            lost += members.len() as u64 - won;
            place = next;
            if place.is_none() {
                return Ok((gained, lost));
            }
        }
    }

    /// The login that each of these people had, and why they had the permission.
    async fn reasons_then(
        self,
        then: &GroupThen,
        permission: &str,
        members: &[Member],
    ) -> Result<Vec<(String, Vec<(Permission, Why)>)>> {
        let had = self.had(then, permission, members).await?;
        let one = |(member, access): (&Member, Option<GroupAccess>)| {
            let was = then.since.people.get(&lower(&member.key));
            let login = was.and_then(|was| was.key_then.clone());
            let reasons = access.map(|access| access.reasons(permission).cloned().collect());
            (
                login.unwrap_or_else(|| member.key.clone()),
                reasons.unwrap_or_default(),
            )
        };
        Ok(members.iter().zip(had).map(one).collect())
    }

    async fn texts_by_key(
        self,
        members: &[Member],
    ) -> Result<std::collections::BTreeMap<String, String>> {
        let texts = self.texts_of(members.iter().map(|member| &member.key));
        Ok(texts.await?.into_iter().collect())
    }
}

/// Logins, with those of changed records, who are found by their customers of now otherwise.
fn with_changed<'a>(
    logins: impl Iterator<Item = &'a String>,
    holders: &[&HoldersThen],
) -> Vec<String> {
    let changed = holders.iter().flat_map(|holders| holders.changed.keys());
    let all: BTreeSet<String> = logins.cloned().chain(changed.cloned()).collect();
    all.into_iter().collect()
}

/// Who may have it at one of two times only.
fn differing(before: &HoldersThen, now: &HoldersThen) -> Candidates {
    if before.everybody != now.everybody {
        return Candidates::Everybody;
    }
    let both = [before, now];
    let changed = with_changed(std::iter::empty(), &both);
    if before.everybody {
        return Candidates::Some {
            customers: vec![],
            logins: changed,
        };
    }
    let spelled = |holders: &HoldersThen| holders.spelled().into_iter().collect::<BTreeSet<_>>();
    let (one, other) = (spelled(before), spelled(now));
    Candidates::Some {
        customers: one.symmetric_difference(&other).cloned().collect(),
        logins: with_changed(before.logins.symmetric_difference(&now.logins), &both),
    }
}
