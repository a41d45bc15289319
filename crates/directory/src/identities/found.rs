//! Comparing rows that were read of a source with whose their logins were.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_index::SearchIndex;
use kartoteka_model::text::{lower, same_key};
use kartoteka_sources::SourceRow;
use kartoteka_store::own::held_back::{self, HeldBackRow};
use kartoteka_store::own::identities::{self, IdentityRow};

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

/// Logins compared at a time.
const PORTION: usize = 400;

/// A login whose identity is another than before.
struct Other {
    login: String,
    before: i64,
    now: i64,
}

/// What comparing some rows has found, as far as more has to be asked.
#[derive(Default)]
struct Unlike {
    /// Logins that were somebody else's.
    others: BTreeMap<String, (String, i64)>,
    /// Identities that had another login: which, and the one that they have now.
    moved: Vec<(IdentityRow, String)>,
    /// Logins of which it is not known whose they were.
    unknown: Vec<(String, i64)>,
    /// Something is held back for one of these identities.
    is_awaited: bool,
}

impl Directory {
    /// Compares rows of a source, by login and identity, with whose the logins were, and does what follows: what another
    /// person had is held back, what the same had under another login is carried, and what was held back for somebody who
    /// is back is given to them. To be called before the index follows; it tells what was known of logins that nothing was
    /// noted of.
    #[boxed]
    pub(crate) async fn check_identities(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        known: Option<(&SearchIndex, usize)>,
        rows: &[(String, i64)],
    ) -> Result<()> {
        let named = handle.names_identity();
        let Some(named) = named.filter(|_| kind == Kind::CustomerUser) else {
            return Ok(());
        };
        for rows in rows.chunks(PORTION) {
            self.check_portion(handle, named, known, rows).await?;
        }
        Ok(())
    }

    async fn check_portion(
        &self,
        handle: &SourceHandle,
        named: &str,
        known: Option<(&SearchIndex, usize)>,
        rows: &[(String, i64)],
    ) -> Result<()> {
        let mut unlike = self.unlike(handle, named, rows).await?;
        let new = self.noteworthy(handle, named, known, &mut unlike).await?;
        let is_unlike = !unlike.others.is_empty() || !unlike.moved.is_empty();
        if is_unlike && handle.is_table() && self.is_renumbered(handle, named).await? {
            return Ok(());
        }
        if is_unlike || unlike.is_awaited {
            self.settle(handle, named, known, rows, &unlike).await?;
        }
        self.note_identities(handle, &new).await
    }

    /// Which rows are otherwise than was noted.
    async fn unlike(
        &self,
        handle: &SourceHandle,
        named: &str,
        rows: &[(String, i64)],
    ) -> Result<Unlike> {
        let (home, source) = (&self.inner.home, handle.spec.id.as_str());
        let logins: Vec<String> = rows.iter().map(|(login, _)| login.clone()).collect();
        let ids: Vec<i64> = rows.iter().map(|(_, id)| *id).collect();
        let noted = identities::of_keys(home, source, &logins).await;
        let noted = noted.map_err(Error::home)?.into_iter();
        let noted: BTreeMap<String, IdentityRow> =
            noted.map(|row| (lower(&row.key), row)).collect();
        let elsewhere = identities::of_identities(home, source, &ids).await;
        let held = held_back::of_identities(home, source, &ids).await;
        let mut unlike = Unlike {
            is_awaited: !held.map_err(Error::home)?.is_empty(),
            ..Unlike::default()
        };
        for (login, id) in rows {
            match noted.get(&lower(login)) {
                Some(row) if row.named != named => unlike.unknown.push((login.clone(), *id)),
                Some(row) if row.identity == *id => {}
                Some(row) => {
                    let other = (login.clone(), row.identity);
                    unlike.others.insert(lower(login), other);
                }
                None => unlike.unknown.push((login.clone(), *id)),
            }
        }
        let to: BTreeMap<i64, &String> = rows.iter().map(|(login, id)| (*id, login)).collect();
        for row in elsewhere.map_err(Error::home)? {
            let now = to.get(&row.identity).filter(|_| row.named == named);
            if let Some(now) = now.filter(|now| !same_key(now, &row.key)) {
                unlike.moved.push((row, (*now).clone()));
            }
        }
        Ok(unlike)
    }

    /// Of those logins of which nothing was noted, what is to be noted: of those that have something. Those that the index
    /// knows as somebody else's are others.
    async fn noteworthy(
        &self,
        handle: &SourceHandle,
        named: &str,
        known: Option<(&SearchIndex, usize)>,
        unlike: &mut Unlike,
    ) -> Result<Vec<IdentityRow>> {
        if unlike.unknown.is_empty() {
            return Ok(vec![]);
        }
        let logins: Vec<String> = unlike.unknown.iter().map(|one| one.0.clone()).collect();
        let having = identities::with_something(&self.inner.home, &logins).await;
        let having = having.map_err(Error::home)?;
        let marks = match known.filter(|_| !having.is_empty()) {
            Some((index, number)) => {
                let having: Vec<String> = having.iter().cloned().collect();
                let marks = index.marks(&having).await.map_err(Error::index)?;
                let marks = marks.into_values().flatten();
                let own = marks.filter(|mark| mark.source == number);
                own.filter_map(|mark| Some((lower(&mark.key), mark.id?)))
                    .collect()
            }
            None => BTreeMap::new(),
        };
        let mut new = vec![];
        for (login, id) in &unlike.unknown {
            let key = lower(login);
            if !having.contains(&key) {
                continue;
            }
            match marks.get(&key) {
                Some(before) if before != id => {
                    unlike.others.insert(key, (login.clone(), *before));
                }
                _ => new.push(IdentityRow {
                    source: handle.spec.id.clone(),
                    key: login.clone(),
                    named: named.to_owned(),
                    identity: *id,
                }),
            }
        }
        Ok(new)
    }

    /// Asks the source once more of those who are otherwise, and does what follows.
    async fn settle(
        &self,
        handle: &SourceHandle,
        named: &str,
        known: Option<(&SearchIndex, usize)>,
        rows: &[(String, i64)],
        unlike: &Unlike,
    ) -> Result<()> {
        let others = unlike.others.values().map(|(login, _)| login.clone());
        let moved = unlike.moved.iter();
        let moved = moved.flat_map(|(row, to)| [row.key.clone(), to.clone()]);
        let mut asked: BTreeSet<String> = others.chain(moved).collect();
        if unlike.is_awaited {
            let ids: Vec<i64> = rows.iter().map(|(_, id)| *id).collect();
            let awaited = self.awaited(handle, &ids).await?;
            let is_awaited = |id: &i64| awaited.iter().any(|row| row.identity == *id);
            let back = rows.iter().filter(|(_, id)| is_awaited(id));
            asked.extend(back.map(|(login, _)| login.clone()));
        }
        let now = identities_now(handle, asked.into_iter().collect()).await?;
        let is =
            |login: &str, id: i64| now.iter().any(|one| same_key(&one.0, login) && one.1 == id);
        let of = |login: &str| now.iter().find(|one| same_key(&one.0, login));
        let mut found: BTreeMap<String, Other> = BTreeMap::new();
        let mut renames = vec![];
        let moved = unlike.moved.iter().map(|(row, to)| {
            if of(&row.key).is_none() && is(to, row.identity) {
                renames.push((row.key.clone(), to.clone()));
            }
            (row.key.clone(), row.identity)
        });
        let moved: Vec<(String, i64)> = moved.collect();
        for (login, before) in unlike.others.values().cloned().chain(moved) {
            // Two entries may have a login: it is whose it was for as long as one of them is theirs.
            if let Some((login, now)) = of(&login).filter(|(login, _)| !is(login, before)) {
                let other = Other {
                    login: login.clone(),
                    before,
                    now: *now,
                };
                found.insert(lower(login), other);
            }
        }
        if !self
            .may_hold_back(handle, known, found.len() as u64)
            .await?
        {
            return Ok(());
        }
        for other in found.values() {
            let identities = [other.before, other.now];
            let speaks = self.speaks_for(handle, &other.login).await?;
            self.hold_back_of(handle, named, &other.login, identities, speaks)
                .await?;
        }
        for (from, to) in renames {
            if self.speaks_for(handle, &from).await? && self.speaks_for(handle, &to).await? {
                self.carry_rename(Kind::CustomerUser, handle, &from, &to)
                    .await?;
            }
        }
        let ids: Vec<i64> = now.iter().map(|(_, id)| *id).collect();
        for row in self.awaited(handle, &ids).await? {
            let mut now = now.iter();
            if let Some((login, _)) = now.find(|(_, id)| *id == row.identity)
                && self.speaks_for(handle, login).await?
            {
                self.give_back(handle, &row, login, None).await?;
            }
        }
        Ok(())
    }

    /// Whether so many may be held back without looking at all of the source first: as many as it may lose.
    async fn may_hold_back(
        &self,
        handle: &SourceHandle,
        known: Option<(&SearchIndex, usize)>,
        count: u64,
    ) -> Result<bool> {
        if count == 0 || !handle.is_guarded() {
            return Ok(true);
        }
        let noted = identities::count(&self.inner.home, &handle.spec.id).await;
        let mut all = noted.map_err(Error::home)?;
        if let Some((index, number)) = known {
            let known = index.count_of_source(number).await.map_err(Error::index)?;
            all = all.max(known.iter().sum());
        }
        let (now, limit) = (handle.now(), handle.spec.loss_limit);
        if !handle
            .losses
            .can_lose(now, count, limit, all + handle.losses.lost(now))
        {
            handle.losses.doubt();
            return Ok(false);
        }
        handle.losses.lose(now, count);
        Ok(true)
    }

    /// Whether nobody of a source before this one has the login: what it has is theirs.
    async fn speaks_for(&self, handle: &SourceHandle, login: &str) -> Result<bool> {
        let kind = Kind::CustomerUser;
        let first = self.handles(kind).first();
        if first.is_some_and(|first| first.spec.id == handle.spec.id) {
            return Ok(true);
        }
        let speaker = self.inside().find_row(kind, login).await?;
        Ok(speaker.is_none_or(|(speaker, _)| speaker.spec.id == handle.spec.id))
    }

    async fn awaited(&self, handle: &SourceHandle, ids: &[i64]) -> Result<Vec<HeldBackRow>> {
        let awaited = held_back::of_identities(&self.inner.home, &handle.spec.id, ids).await;
        awaited.map_err(Error::home)
    }

    async fn note_identities(&self, handle: &SourceHandle, new: &[IdentityRow]) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        let count = new.len();
        tracing::debug!(
            source = handle.spec.id,
            count,
            "it is noted whose logins are"
        );
        let inside = self.inside();
        inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                identities::add(&mut tx, new).await.map_err(Error::home)?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}

/// The identities that a source gives these logins at this moment; several where several entries have one.
pub(super) async fn identities_now(
    handle: &SourceHandle,
    logins: Vec<String>,
) -> Result<Vec<(String, i64)>> {
    let source = match handle.opened() {
        Some(source) => source,
        None => handle.source().await?,
    };
    let rows = source.find_many(&logins).await;
    let rows = rows.map_err(|error| handle.failed(error))?.into_iter();
    let identity = rows.filter_map(|row| Some((handle.key_of(&row.record).to_owned(), row.id?)));
    Ok(identity.collect())
}

/// Rows by login and identity, as far as they have one.
pub(crate) fn identities(handle: &SourceHandle, rows: &[SourceRow]) -> Vec<(String, i64)> {
    let of = |row: &SourceRow| Some((handle.key_of(&row.record).to_owned(), row.id?));
    rows.iter().filter_map(of).collect()
}
