//! People whom a guarded source has under another login than before, by the identity that outlives a rename: what refers to
//! them is carried, as when a login is renamed here (D07), and the journal says that it was the source.

use std::collections::BTreeSet;

use kartoteka_index::{Mark, SearchIndex};
use kartoteka_model::text::same_key;
use kartoteka_store::Renamed;
use kartoteka_store::own::identities;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::journal::draft::JournalDraft;
use crate::kind::Kind;
use crate::plan::{Change, Effect};
use crate::references::update_references;
use crate::source_precedence::rows;

impl Directory {
    /// Carries what refers to those of these rows, by key and identity, that the index knows under another key which the
    /// source does not have any more. To be called before the index follows, which tells of the former key.
    pub(crate) async fn carry_renames(
        &self,
        kind: Kind,
        source: usize,
        handle: &SourceHandle,
        found: &[(String, i64)],
    ) -> Result<()> {
        if kind != Kind::CustomerUser || !handle.is_guarded() || found.is_empty() {
            return Ok(());
        }
        let index = self.index_sync(kind).index();
        let ids: Vec<i64> = found.iter().map(|(_, id)| *id).collect();
        let most = 2 * ids.len() as u32;
        let former = index.keys_of_rows(source, &ids, most).await;
        let former = former.map_err(Error::index)?;
        let keys: Vec<String> = found.iter().map(|(key, _)| key.clone()).collect();
        let taken = index.with_keys(&keys).await.map_err(Error::index)?;
        let marks = index.marks(&former).await.map_err(Error::index)?;
        let mut renames = vec![];
        for mark in marks.into_values().flatten() {
            let is_it = |(key, id): &&(String, i64)| {
                mark.source == source && mark.id == Some(*id) && !same_key(key, &mark.key)
            };
            let Some((to, _)) = found.iter().find(is_it) else {
                continue;
            };
            // A login that somebody has already is not given what another one had.
            match taken.iter().any(|member| same_key(&member.key, to)) {
                true => tracing::warn!(
                    source = handle.spec.id,
                    "somebody was renamed to a login that another has; what was given to the former login stays there"
                ),
                false => renames.push((mark.key, to.clone())),
            }
        }
        let asked: Vec<String> = renames.iter().map(|(from, _)| from.clone()).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let still_there = rows(handle, &asked).await?;
        for (from, to) in renames {
            if !still_there.contains_key(&from) {
                self.carry_rename(kind, handle, &from, &to).await?;
            }
        }
        Ok(())
    }

    /// The same of those who are in an index under these keys and not in another that was made anew, unless that has them
    /// under other ones, which are carried. Tells who is.
    pub(crate) async fn carry_renames_into(
        &self,
        handle: &SourceHandle,
        (old, number): (&SearchIndex, usize),
        (made, source): (&SearchIndex, usize),
        keys: &[String],
    ) -> Result<BTreeSet<String>> {
        let known = old.marks(keys).await.map_err(Error::index)?;
        let known = known.into_values().flatten();
        let known: Vec<Mark> = known.filter(|mark| mark.source == number).collect();
        let ids: Vec<i64> = known.iter().filter_map(|mark| mark.id).collect();
        let now = made.keys_of_rows(source, &ids, 2 * ids.len() as u32).await;
        let now = made.marks(&now.map_err(Error::index)?).await;
        let now: Vec<Mark> = now.map_err(Error::index)?.into_values().flatten().collect();
        let mut renamed = BTreeSet::new();
        for mark in known {
            let mut now = now.iter().filter(|one| one.source == source);
            if let Some(to) = now.find(|one| one.id.is_some() && one.id == mark.id) {
                // Relations of people; customers are not renamed elsewhere.
                if handle.people.is_some() {
                    self.carry_rename(Kind::CustomerUser, handle, &mark.key, &to.key)
                        .await?;
                }
                renamed.insert(mark.key);
            }
        }
        Ok(renamed)
    }

    /// Carries what refers to a login to the one that the same person has now.
    pub(crate) async fn carry_rename(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        from: &str,
        to: &str,
    ) -> Result<()> {
        let inside = self.inside();
        inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                let known = inside.present_key(kind, from, 0).await?;
                // Another node found it, too.
                if same_key(&known, to) {
                    return Ok(());
                }
                let twin = false;
                let carried = Renamed { from, to, twin };
                update_references(&mut tx, kind, carried).await?;
                identities::rename(&mut tx, &handle.spec.id, from, to)
                    .await
                    .map_err(Error::home)?;
                let changes = [Change {
                    field: kind.key_field().into(),
                    before: from.into(),
                    after: to.into(),
                }];
                let effects = [Effect::Renames {
                    from: from.into(),
                    to: to.into(),
                }];
                let draft = JournalDraft {
                    action: "rename",
                    kind: kind.name(),
                    source: &handle.spec.id,
                    key: to,
                    key_before: from,
                    changes: &changes,
                    effects: &effects,
                };
                inside.journal_entry_of_source(&mut tx, draft).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}
