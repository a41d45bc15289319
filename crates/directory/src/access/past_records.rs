//! Records, groups and settings as they were: what is now, with what the journal says was done since taken back.

use std::collections::BTreeMap;

use kartoteka_model::access::{AccessSettings, Group};
use kartoteka_model::text::same_key;
use kartoteka_model::{Record, Validity};
use kartoteka_store::access;
use kartoteka_store::own::journal::{self, Entry};

use super::relation::RelationChange;
use crate::error::{Error, Result};
use crate::history::body;
use crate::kind::Kind;
use crate::open::Directory;

/// A record as it was.
pub(super) struct PastRecord {
    /// The key that it has now, and the one that it had.
    pub key_now: String,
    pub key_then: String,
    pub existed: bool,
    pub record: Record,
    /// Fields changed since, with the number of the first entry that changed each.
    pub changed: BTreeMap<String, i64>,
    /// Relations since given or taken with the number of their entry, the latest first.
    pub since: Vec<(i64, RelationChange)>,
    pub source: usize,
}

impl Directory {
    /// A record as it was at a position of the journal, by the key that it has now, or else one that it had since.
    pub(super) async fn record_named(
        &self,
        kind: Kind,
        key: &str,
        position: i64,
    ) -> Result<Option<PastRecord>> {
        if let Some(past) = self.record_at(kind, key, position).await? {
            return Ok(Some(past));
        }
        let present = self.present_key(kind, key, position).await?;
        match same_key(&present, key) {
            true => Ok(None),
            false => self.record_at(kind, &present, position).await,
        }
    }

    /// A record as it was at a position of the journal, by the key that it has now.
    pub(super) async fn record_at(
        &self,
        kind: Kind,
        key: &str,
        position: i64,
    ) -> Result<Option<PastRecord>> {
        if key.is_empty() {
            return Ok(None);
        }
        let Some((handle, stored)) = self.stored(kind, key).await? else {
            return Ok(None);
        };
        let source = self
            .handles(kind)
            .iter()
            .position(|one| one.spec.id == handle.spec.id);
        let key_now = stored.record.get(handle.spec.key_field()).to_owned();
        let mut past = PastRecord {
            key_then: key_now.clone(),
            key_now,
            existed: true,
            record: stored.record,
            changed: BTreeMap::new(),
            since: vec![],
            source: source.unwrap_or_default(),
        };
        let mut before = i64::MAX;
        'names: loop {
            let key = past.key_then.clone();
            let entries =
                journal::since(&self.inner.home, kind.name(), Some(&key), position, before);
            for entry in entries.await.map_err(Error::home)? {
                let body = body(&entry)?;
                for change in body.changes.iter().rev() {
                    past.record.set(&change.field, &change.before);
                    past.changed.insert(change.field.clone(), entry.id);
                }
                let relations = body.relations.into_iter().rev();
                past.since
                    .extend(relations.map(|relation| (entry.id, relation)));
                if entry.action == "create" {
                    past.existed = false;
                }
                if !entry.key_before.is_empty() {
                    past.key_then.clone_from(&entry.key_before);
                    before = entry.id;
                    continue 'names;
                }
            }
            return Ok(Some(past));
        }
    }

    /// The key that a record has now which had this one at or after a position; the same for one that was not renamed.
    pub(crate) async fn present_key(&self, kind: Kind, key: &str, position: i64) -> Result<String> {
        let link = format!("renamed-{}", kind.name());
        let (mut key, mut position) = (key.to_owned(), position);
        loop {
            let mut renames = journal::linked(&self.inner.home, &link, &key, position)
                .await
                .map_err(Error::home)?;
            // The first rename after the position is the one of that record: later ones are of whoever took the key.
            let Some(entry) = renames.pop() else {
                return Ok(key);
            };
            key = entry.key;
            position = entry.id;
        }
    }

    /// All groups as they were.
    pub(crate) async fn groups_at(&self, position: i64) -> Result<Vec<Group>> {
        let groups = access::groups(&self.inner.home)
            .await
            .map_err(Error::home)?;
        let entries = journal::since(
            &self.inner.home,
            Kind::Group.name(),
            None,
            position,
            i64::MAX,
        )
        .await
        .map_err(Error::home)?;
        let mut groups: BTreeMap<i64, Option<Group>> = groups
            .into_iter()
            .map(|group| (group.id, Some(group)))
            .collect();
        for entry in &entries {
            let named = groups
                .values_mut()
                .find(|group| group.as_ref().is_some_and(|one| one.name == entry.key));
            if let Some(slot) = named {
                undo_group(slot, entry)?;
            }
        }
        Ok(groups.into_values().flatten().collect())
    }

    /// The settings as they were in force.
    pub(crate) async fn access_settings_at(&self, position: i64) -> Result<AccessSettings> {
        let settings = self.access_settings().await?;
        let entries = journal::since(
            &self.inner.home,
            super::settings::KIND,
            Some(super::settings::STATE),
            position,
            i64::MAX,
        )
        .await
        .map_err(Error::home)?;
        let mut values = serde_json::to_value(&settings).map_err(Error::internal)?;
        for entry in &entries {
            for change in body(entry)?.changes {
                let before = serde_json::from_str(&change.before).map_err(Error::internal)?;
                values[&change.field] = before;
            }
        }
        serde_json::from_value(values).map_err(Error::internal)
    }
}

fn undo_group(slot: &mut Option<Group>, entry: &Entry) -> Result<()> {
    if entry.action == "create" {
        *slot = None;
        return Ok(());
    }
    let Some(group) = slot else { return Ok(()) };
    for change in body(entry)?.changes {
        match change.field.as_str() {
            "Name" => group.name = change.before,
            "ValidID" => {
                group.valid = Validity::parse(&change.before) == Some(Validity::Valid);
            }
            _ => {}
        }
    }
    Ok(())
}
