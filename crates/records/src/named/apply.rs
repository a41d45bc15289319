//! Saving a group or service: one transaction with its journal entries.

use kartoteka_directory::inside::named::{found, full_name, version_of};
use kartoteka_directory::inside::{JournalDraft, not_found};
use kartoteka_directory::{
    Actor, Change, Effect, Error, FieldProblem, Kind, Result, Stale, Version,
};
use kartoteka_model::service;
use kartoteka_store::own::named::{self, NamedTable, NamedValues};
use kartoteka_store::{StoreError, Tx};

use super::check::{Follower, NamedDraft};
use crate::Records;
use crate::plan::{Applied, RecordPlan};
use crate::validate::valid_id;

impl Records<'_> {
    pub(crate) async fn apply_named(self, plan: RecordPlan, table: NamedTable) -> Result<Applied> {
        self.directory
            .save(|| async {
                let plan = plan.clone();
                // From here on the table stays as it is read now: what is checked stays true until the end.
                let mut tx = self.directory.begin_locked().await?;
                let rows = named::all_locked(&mut tx, table)
                    .await
                    .map_err(Error::home)?;
                let key = plan.before.as_ref().map(|before| full_name(table, before));
                let row = match &key {
                    Some(key) => {
                        let row = rows.iter().find(|row| row.name == *key);
                        Some(row.ok_or_else(|| not_found(plan.kind, key))?)
                    }
                    None => None,
                };
                if let Some(current) = row.map(|row| found(table, row))
                    && Some(&current.version) != plan.version.as_ref()
                {
                    return Err(Error::Conflict(Box::new(Stale {
                        kind: plan.kind,
                        key: current.key.clone(),
                        current,
                        wanted: plan.wanted,
                        had: plan.version.unwrap_or_else(|| Version(String::new())),
                    })));
                }
                let all = NamedDraft {
                    table,
                    rows: &rows,
                    row,
                    before: plan.before.as_ref(),
                    fields: &plan.wanted,
                    after: &plan.after,
                };
                let errors = all.mistakes();
                if !errors.is_empty() {
                    return Err(Error::Invalid(errors));
                }
                // Services that came below it since the plan was made follow it, too.
                let (mut effects, followers) = (all.effects(), all.followers());
                let permissions =
                    |effect: &&Effect| matches!(effect, Effect::ChangesPermission { .. });
                effects.extend(plan.effects.iter().filter(permissions).cloned());
                let mut journal = None;
                if plan.creates() || !plan.changes.is_empty() {
                    let now = self.directory.now_text();
                    let values = NamedValues {
                        name: &plan.key,
                        comment: plan.after.get("Comment"),
                        valid_id: valid_id(&plan.after)?,
                    };
                    let actor = plan.actor.id();
                    let written = match row {
                        Some(row) => {
                            named::update(&mut tx, table, row.id, &values, actor, &now).await
                        }
                        None => named::insert(&mut tx, table, &values, actor, &now).await,
                    };
                    written.map_err(|error| refused(&plan.key, error))?;
                    for one in &followers {
                        named::rename(&mut tx, table, one.row.id, &one.name, actor, &now)
                            .await
                            .map_err(|error| refused(&one.name, error))?;
                    }
                    let renamed = key.as_deref().filter(|before| *before != plan.key);
                    let draft = JournalDraft {
                        action: match (row, renamed) {
                            (None, _) => "create",
                            (Some(_), Some(_)) => "rename",
                            (Some(_), None) => "update",
                        },
                        kind: plan.kind.name(),
                        source: table.name(),
                        key: &plan.key,
                        key_before: renamed.unwrap_or_default(),
                        changes: &plan.changes,
                        effects: &effects,
                    };
                    journal = Some(
                        self.directory
                            .journal_entry(&mut tx, &plan.actor, draft)
                            .await?,
                    );
                    if let Some(from) = renamed {
                        self.update_template_references(
                            &mut tx,
                            &plan.actor,
                            plan.kind,
                            from,
                            &plan.key,
                        )
                        .await?;
                    }
                    for one in &followers {
                        self.journal_follower(&mut tx, &plan.actor, plan.kind, table, one)
                            .await?;
                        let (from, to) = (&one.row.name, &one.name);
                        self.update_template_references(&mut tx, &plan.actor, plan.kind, from, to)
                            .await?;
                    }
                }
                tx.commit().await.map_err(Error::home)?;
                Ok(Applied {
                    kind: plan.kind,
                    source: plan.source,
                    key: plan.key,
                    version: version_of(&plan.after),
                    record: plan.after,
                    preferences: plan.preferences,
                    password: None,
                    journal,
                    effects,
                })
            })
            .await
    }

    /// A service that followed has an entry of its own, so that its history goes on under its new name.
    async fn journal_follower(
        self,
        tx: &mut Tx,
        actor: &Actor,
        kind: Kind,
        table: NamedTable,
        one: &Follower<'_>,
    ) -> Result<()> {
        let changes = [Change {
            field: "Parent".into(),
            before: service::split(&one.row.name).0.into(),
            after: service::split(&one.name).0.into(),
        }];
        let draft = JournalDraft {
            action: "rename",
            kind: kind.name(),
            source: table.name(),
            key: &one.name,
            key_before: &one.row.name,
            changes: &changes,
            effects: &[],
        };
        self.directory
            .journal_entry(tx, actor, draft)
            .await
            .map(|_| ())
    }
}

/// The database's unique key finds more names equal than Kartoteka does (accents on MariaDB).
fn refused(name: &str, error: StoreError) -> Error {
    match error {
        StoreError::Duplicate(_) => Error::field("Name", FieldProblem::Taken { by: name.into() }),
        error => Error::home(error),
    }
}
