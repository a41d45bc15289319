//! Doing what a plan of relations says: one transaction with its journal entries.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{JournalDraft, entry_of};
use kartoteka_directory::{Actor, Error, Kind, RelationChange, Result};
use kartoteka_model::text::lower;
use kartoteka_store::access;
use kartoteka_store::own::journal;

use crate::plan::{RelationPlan, RelationsApplied, Wanted};
use crate::{Access, Grants};

/// The journal entries of relations that were written, by kind and key (in lower case) of the person or customer.
#[derive(Debug, Default)]
pub struct RelationEntries {
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

impl Access<'_> {
    /// Does what a plan says, all of it or nothing. What is wanted is worked out once more behind the journal's lock:
    /// whoever or whatever vanished, became invalid or got another name meanwhile is an error, and what somebody else
    /// did already is left out.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, or would have them now.
    #[boxed]
    pub async fn apply_relations(self, plan: RelationPlan) -> Result<RelationsApplied> {
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let applied = self
                    .grants()
                    .apply_relations_within(&mut tx, plan.clone())
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(applied)
            })
            .await
    }

    /// Adds or removes a further customer of a person (OTOBO's `CustomerUserCustomerMemberAdd`). Role: editor.
    ///
    /// # Errors
    /// `Invalid` for a missing login or customer ID.
    #[boxed]
    pub async fn relate_customer(
        self,
        actor: &Actor,
        login: &str,
        customer: &str,
        active: bool,
    ) -> Result<()> {
        let wanted = Wanted::Customer {
            login: login.to_owned(),
            customer: customer.to_owned(),
            given: active,
        };
        let plan = self.plan_relations_of_anybody(actor, vec![wanted]).await?;
        self.apply_relations(plan).await.map(|_| ())
    }
}

impl Grants<'_> {
    /// Writes rows with their journal entries: one for each person or customer, all with the number of the first, so
    /// that they can be undone together, and that of the job that they are part of.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn write_relations(
        self,
        tx: &mut kartoteka_store::Tx,
        actor: &Actor,
        changes: &[RelationChange],
        job: Option<i64>,
    ) -> Result<RelationEntries> {
        let rows = |given: bool| {
            let wanted = changes.iter().filter(move |change| change.given == given);
            wanted
                .map(|change| change.relation.row())
                .collect::<Vec<_>>()
        };
        let now = self.access.directory.now_text();
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
        self.access.directory.mark_request_written(tx).await?;
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
            let draft = JournalDraft {
                action: "relate",
                kind,
                source: "",
                key,
                key_before: "",
                changes: &[],
                effects: &[],
            };
            let entry = entry_of(
                actor,
                &draft,
                body.to_string(),
                self.access.directory.clock().now_ms(),
            )?;
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

impl Grants<'_> {
    /// Does what a plan of relations says within a transaction that holds the journal's lock.
    ///
    /// # Errors
    /// As [`Access::apply_relations`].
    #[boxed]
    pub async fn apply_relations_within(
        self,
        tx: &mut kartoteka_store::Tx,
        plan: RelationPlan,
    ) -> Result<RelationsApplied> {
        let plan = self.access.directory.open(plan);
        if !plan.errors.is_empty() {
            return Err(Error::Invalid(plan.errors));
        }
        self.access.directory.sync_indexes_no_wait().await?;
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
}
