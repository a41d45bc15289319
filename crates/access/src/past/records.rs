//! Records, groups and settings as they were: what is now, with what the journal says was done since taken back.

use std::collections::BTreeMap;

use kartoteka_directory::inside::{SourceHandle, body};
use kartoteka_directory::{Error, Kind, RelationChange, Result};
use kartoteka_model::access::{AccessSettings, Group};
use kartoteka_model::text::{lower, same_key};
use kartoteka_model::{Record, Validity};
use kartoteka_store::access;
use kartoteka_store::own::journal::{self, Entry};
use kartoteka_store::own::journal_sets;
use kartoteka_store::source::SourceRow;

use crate::Access;

/// A record as it was.
pub(crate) struct PastRecord {
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

impl Access<'_> {
    /// A record as it was at a position of the journal, by the key that it has now, or else one that it had since.
    pub(crate) async fn record_named(
        self,
        kind: Kind,
        key: &str,
        position: i64,
    ) -> Result<Option<PastRecord>> {
        if let Some(past) = self.record_at(kind, key, position).await? {
            return Ok(Some(past));
        }
        let present = self.directory.present_key(kind, key, position).await?;
        match same_key(&present, key) {
            true => Ok(None),
            false => self.record_at(kind, &present, position).await,
        }
    }

    /// A record as it was at a position of the journal, by the key that it has now.
    async fn record_at(self, kind: Kind, key: &str, position: i64) -> Result<Option<PastRecord>> {
        let found = self.records_at(kind, &[key.to_owned()], position).await?;
        Ok(found.into_iter().next().flatten())
    }

    /// Records as they were at a position of the journal, by the keys that they have now: a few statements, however many
    /// there are, and some for each that was renamed since.
    pub(crate) async fn records_at(
        self,
        kind: Kind,
        keys: &[String],
        position: i64,
    ) -> Result<Vec<Option<PastRecord>>> {
        let stored = self.directory.find_rows(kind, keys).await?.into_iter();
        let stored: Vec<Option<PastRecord>> = stored
            .map(|found| found.map(|(handle, stored)| self.of_now(kind, handle, stored)))
            .collect();
        let names: Vec<String> = stored
            .iter()
            .flatten()
            .map(|record| record.key_now.clone())
            .collect();
        let told = journal_sets::of_keys(self.directory.home(), kind.name(), &names, position)
            .await
            .map_err(Error::home)?;
        let mut told_of: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in told.into_iter().rev() {
            told_of.entry(lower(&entry.key)).or_default().push(entry);
        }
        let mut records = vec![];
        for record in stored {
            records.push(match record {
                None => None,
                Some(record) => {
                    let told = told_of.get(&lower(&record.key_now)).cloned();
                    let told = told.unwrap_or_default();
                    Some(self.taken_back(kind, record, told, position).await?)
                }
            });
        }
        Ok(records)
    }

    /// A record as it is, before anything is taken back.
    fn of_now(self, kind: Kind, handle: &SourceHandle, stored: SourceRow) -> PastRecord {
        let source = self
            .directory
            .handles(kind)
            .iter()
            .position(|one| one.spec.id == handle.spec.id);
        let key_now = stored.record.get(handle.spec.key_field()).to_owned();
        PastRecord {
            key_then: key_now.clone(),
            key_now,
            existed: true,
            record: stored.record,
            changed: BTreeMap::new(),
            since: vec![],
            source: source.unwrap_or_default(),
        }
    }

    /// The record without what these entries, the latest first, did to it; and what was done under earlier keys.
    async fn taken_back(
        self,
        kind: Kind,
        mut past: PastRecord,
        mut entries: Vec<Entry>,
        position: i64,
    ) -> Result<PastRecord> {
        loop {
            let mut renamed = None;
            for entry in entries {
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
                    renamed = Some(entry.id);
                    break;
                }
            }
            let Some(before) = renamed else {
                return Ok(past);
            };
            let key = Some(past.key_then.as_str());
            let earlier = journal::since(self.directory.home(), kind.name(), key, position, before);
            entries = earlier.await.map_err(Error::home)?;
        }
    }

    /// All groups as they were.
    pub(crate) async fn groups_at(self, position: i64) -> Result<Vec<Group>> {
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let entries = journal::since(
            self.directory.home(),
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
        // As groups of now are listed.
        let mut groups: Vec<Group> = groups.into_values().flatten().collect();
        groups.sort_by_cached_key(|group| (self.directory.collation().key(&group.name), group.id));
        Ok(groups)
    }

    /// The settings as they were in force.
    pub(crate) async fn access_settings_at(self, position: i64) -> Result<AccessSettings> {
        let settings = self.grants().access_settings().await?;
        let entries = journal::since(
            self.directory.home(),
            crate::facts::settings::KIND,
            Some(crate::facts::settings::STATE),
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
