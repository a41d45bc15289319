//! Doing what a plan says: the column first, in a transaction of its own, then the map with its journal entry.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{Change, Error, FieldError, FieldProblem, Result, Topic};
use kartoteka_store::StoreError;
use kartoteka_store::source::add_column;
use serde::Serialize;

use crate::FieldMaps;
use crate::column::{FieldEffect, Missing};
use crate::plan::{FieldPlan, FieldPlanned};
use crate::row::FieldRow;

/// The key that the journal has such entries under; their source is that of the field.
const KEY: &str = "fields";

/// A change of a field map that was done.
#[derive(Debug, Clone, Serialize)]
pub struct FieldApplied {
    pub source: String,
    pub name: String,
    /// None when it was removed.
    pub after: Option<FieldRow>,
    pub changes: Vec<Change>,
    pub effects: Vec<FieldEffect>,
    /// The number of the journal entry; none if nothing had to be changed.
    pub journal: Option<i64>,
}

impl FieldMaps<'_> {
    /// Does what a plan says, and has this node take it up. Role: admin.
    ///
    /// The column is added before the map is written: MariaDB and MySQL end a transaction with it. If the map can't be
    /// written then, the column is there, holds nothing, and is taken as it is the next time.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, would have them now, or the table did not take the column.
    #[boxed]
    pub async fn apply_field(self, plan: FieldPlan) -> Result<FieldApplied> {
        let planned = self.directory.open(plan);
        if !planned.errors.is_empty() {
            return Err(Error::Invalid(planned.errors));
        }
        if let Some(missing) = &planned.missing {
            self.add(&planned, missing).await?;
        }
        let applied = self
            .directory
            .save(|| async {
                let planned = planned.clone();
                let mut tx = self.directory.begin_locked().await?;
                let FieldPlanned {
                    actor,
                    source,
                    name,
                    step,
                    ..
                } = &planned;
                let plan = self.worked_out(actor, source, name, step.clone()).await?;
                if !plan.errors.is_empty() {
                    return Err(Error::Invalid(plan.errors));
                }
                if plan.missing.is_some() {
                    return Err(Error::field("column", FieldProblem::NoColumn));
                }
                if plan.changes.is_empty() {
                    return Ok(done(plan, planned.effects, None));
                }
                self.directory.write_fields(&mut tx, &plan.written).await?;
                let draft = JournalDraft {
                    action: "update",
                    kind: Topic::Settings.name(),
                    source,
                    key: KEY,
                    key_before: "",
                    changes: &plan.changes,
                    effects: &[],
                };
                let entry = self.directory.journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(done(plan, planned.effects, Some(entry)))
            })
            .await?;
        if applied.journal.is_some() {
            self.directory.fields_were_written();
        }
        Ok(applied)
    }

    async fn add(self, planned: &FieldPlanned, missing: &Missing) -> Result<()> {
        let handle = self.handle(&planned.source)?;
        let store = handle.table().await?;
        let added = add_column(&store.db, &missing.table, &missing.column, missing.kind).await;
        let Err(error) = added else {
            tracing::info!(
                table = missing.table,
                column = missing.column,
                "a column was added for a field"
            );
            return Ok(());
        };
        let problem = match &error {
            StoreError::Contended(_) | StoreError::Unavailable(_) => FieldProblem::TableBusy,
            _ => FieldProblem::NotAccepted,
        };
        tracing::warn!(
            table = missing.table,
            column = missing.column,
            error = &error as &dyn std::error::Error,
            "a column could not be added for a field"
        );
        Err(Error::Invalid(vec![FieldError::new("column", problem)]))
    }
}

fn done(plan: FieldPlanned, effects: Vec<FieldEffect>, journal: Option<i64>) -> FieldApplied {
    FieldApplied {
        source: plan.source,
        name: plan.name,
        after: plan.after,
        changes: plan.changes,
        effects,
        journal,
    }
}
