//! Doing what a plan of relations says: one transaction with its journal entries.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_model::text::lower;
use kartoteka_store::access;
use kartoteka_store::own::journal;

use crate::access::plan::relation::RelationChange;
use crate::access::plan::{RelationPlan, RelationsApplied};
use crate::apply::{Note, entry_of};
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::open::Directory;

/// The journal entries of relations that were written, by kind and key (in lower case) of the person or customer.
#[derive(Debug, Default)]
pub(crate) struct RelationEntries {
    /// The number of the first, and how many there are.
    range: Option<(i64, u64)>,
    numbers: BTreeMap<(&'static str, String), i64>,
}

impl RelationEntries {
    /// The entry of a person.
    pub fn of_person(&self, login: &str) -> Option<i64> {
        let key = (Kind::CustomerUser.name(), lower(login));
        self.numbers.get(&key).copied()
    }
}

impl Directory {
    /// Does what a plan says, all of it or nothing. What is wanted is worked out once more behind the journal's lock:
    /// whoever or whatever vanished, became invalid or got another name meanwhile is an error, and what somebody else
    /// did already is left out.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, or would have them now.
    pub async fn apply_relations(&self, plan: RelationPlan) -> Result<RelationsApplied> {
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let applied = self.apply_relations_within(&mut tx, plan.clone()).await?;
            tx.commit().await.map_err(Error::home)?;
            Ok(applied)
        })
        .await
    }

    /// The same within a transaction that holds the journal's lock.
    ///
    /// # Errors
    /// As [`Directory::apply_relations`].
    pub(crate) async fn apply_relations_within(
        &self,
        tx: &mut kartoteka_store::Tx,
        plan: RelationPlan,
    ) -> Result<RelationsApplied> {
        let plan = plan.open();
        if !plan.errors.is_empty() {
            return Err(Error::Invalid(plan.errors));
        }
        self.follow_both_at_once().await?;
        let settings = self.access_settings().await?;
        let (changes, errors) = self
            .worked_out(&plan.actor, &plan.wanted, plan.strict, &settings)
            .await?;
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let effects = match changes == plan.changes {
            true => plan.effects,
            false => self.access_effects(&changes, &settings).await?,
        };
        let entries = self
            .write_relations(tx, &plan.actor, &changes, None)
            .await?;
        Ok(RelationsApplied {
            changes,
            effects,
            journal: entries.range,
        })
    }

    /// Writes rows with their journal entries: one for each person or customer, all with the number of the first, so
    /// that they can be undone together, and that of the job that they are part of.
    pub(crate) async fn write_relations(
        &self,
        tx: &mut kartoteka_store::Tx,
        actor: &crate::Actor,
        changes: &[RelationChange],
        job: Option<i64>,
    ) -> Result<RelationEntries> {
        let rows = |given: bool| {
            let wanted = changes.iter().filter(move |change| change.given == given);
            wanted
                .map(|change| change.relation.row())
                .collect::<Vec<_>>()
        };
        let now = self.now_text();
        access::change(tx, &rows(false), &rows(true), actor.id(), &now)
            .await
            .map_err(Error::home)?;
        let mut holders: BTreeMap<(&'static str, &str), Vec<&RelationChange>> = BTreeMap::new();
        for change in changes {
            let (kind, key) = change.relation.holder();
            holders.entry((kind.name(), key)).or_default().push(change);
        }
        if holders.is_empty() {
            return Ok(RelationEntries::default());
        }
        self.note_written(tx).await?;
        let first = journal::next(tx).await.map_err(Error::home)?;
        let size = holders.len() as u64;
        let mut entries = vec![];
        let mut numbers = BTreeMap::new();
        for (number, ((kind, key), changes)) in (first..).zip(holders) {
            numbers.insert((kind, lower(key)), number);
            let links: BTreeSet<(String, String)> = changes
                .iter()
                .map(|change| change.relation.other())
                .map(|(kind, key)| (kind.to_owned(), key))
                .collect();
            let mut body = serde_json::json!({
                "changes": [], "effects": [], "relations": changes, "batch": first, "size": size,
            });
            if let Some(job) = job {
                body["job"] = job.into();
            }
            let note = Note {
                action: "relate",
                kind,
                source: "",
                key,
                key_before: "",
                changes: &[],
                effects: &[],
            };
            let entry = entry_of(actor, &note, body.to_string(), self.inner.clock.now_ms())?;
            entries.push((entry, links.into_iter().collect()));
        }
        journal::append_many(tx, entries)
            .await
            .map_err(Error::home)?;
        Ok(RelationEntries {
            range: Some((first, size)),
            numbers,
        })
    }
}
