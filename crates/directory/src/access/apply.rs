//! Doing what a plan of relations says: one transaction with its journal entries.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_store::access;
use kartoteka_store::own::journal;

use super::plan::{RelationPlan, RelationsApplied};
use super::relation::RelationChange;
use crate::apply::{Note, entry_of};
use crate::error::{Error, Result};
use crate::open::Directory;

impl Directory {
    /// Does what a plan says, all of it or nothing. What is wanted is worked out once more behind the journal's lock:
    /// whoever or whatever vanished, became invalid or got another name meanwhile is an error, and what somebody else
    /// did already is left out.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, or would have them now.
    pub async fn apply_relations(&self, plan: RelationPlan) -> Result<RelationsApplied> {
        if !plan.errors.is_empty() {
            return Err(Error::Invalid(plan.errors));
        }
        let mut tx = self.inner.home.begin().await.map_err(Error::home)?;
        journal::lock(&mut tx).await.map_err(Error::home)?;
        self.follow_both().await?;
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
        let rows = |given: bool| {
            let wanted = changes.iter().filter(move |change| change.given == given);
            wanted
                .map(|change| change.relation.row())
                .collect::<Vec<_>>()
        };
        let now = self.now_text();
        access::change(&mut tx, &rows(false), &rows(true), plan.actor.id(), &now)
            .await
            .map_err(Error::home)?;
        let journal = self
            .journal_relations(&mut tx, &plan.actor, &changes)
            .await?;
        tx.commit().await.map_err(Error::home)?;
        Ok(RelationsApplied {
            changes,
            effects,
            journal,
        })
    }

    /// One entry for each person or customer, all with the number of the first, so that they can be undone together.
    async fn journal_relations(
        &self,
        tx: &mut kartoteka_store::Tx,
        actor: &crate::Actor,
        changes: &[RelationChange],
    ) -> Result<Option<(i64, u64)>> {
        let mut holders: BTreeMap<(&str, &str), Vec<&RelationChange>> = BTreeMap::new();
        for change in changes {
            let (kind, key) = change.relation.holder();
            holders.entry((kind.name(), key)).or_default().push(change);
        }
        if holders.is_empty() {
            return Ok(None);
        }
        self.note_written(tx).await?;
        let first = journal::next(tx).await.map_err(Error::home)?;
        let size = holders.len() as u64;
        let mut entries = vec![];
        for ((kind, key), changes) in holders {
            let links: BTreeSet<(String, String)> = changes
                .iter()
                .map(|change| change.relation.other())
                .map(|(kind, key)| (kind.to_owned(), key))
                .collect();
            let body = serde_json::json!({
                "changes": [], "effects": [], "relations": changes, "batch": first, "size": size,
            });
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
        Ok(Some((first, size)))
    }
}
