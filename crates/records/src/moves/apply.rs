//! Doing a move: the row where the person goes, the rows that go, and the journal's entry.

use kartoteka_directory::inside::{Hashes, JournalDraft, SourceHandle, not_found, version};
use kartoteka_directory::{Error, FieldProblem, Kind, Result, Stale, Version};
use kartoteka_model::source::Address;
use kartoteka_sources::SourceRow;
use kartoteka_store::own::principal::PrincipalKey;
use kartoteka_store::{StoreError, Tx};
use secrecy::ExposeSecret;

use super::rows::{Rows, state};
use super::{Moved, SOURCE};
use crate::Records;
use crate::apply::{find_locked, refused};
use crate::plan::{Applied, RecordPlan};
use crate::transactions::Transactions;
use crate::validate::RecordDraft;

impl Records<'_> {
    /// Does what the plan of a move says. Where databases differ, the record is kept where it goes before it is taken
    /// from where it was: whatever stops it, the person is somewhere, and the same move can be made again.
    pub(crate) async fn apply_move(self, plan: RecordPlan) -> Result<Applied> {
        let to = self.directory.source(plan.kind, Some(&plan.source))?;
        let hashes = self
            .directory
            .hashed(plan.password.clone(), to.at_home())
            .await?;
        let applied = self
            .directory
            .save(|| self.write_move(plan.clone(), to, hashes.as_ref()))
            .await?;
        to.answered();
        // What was taken from another database after the journal's entry is not told by it.
        let keys = [applied.key.clone()].into();
        if let Err(error) = self.directory.refresh(applied.kind, &keys).await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "whoever was moved is looked at again with the next search"
            );
        }
        Ok(applied)
    }

    async fn write_move(
        self,
        plan: RecordPlan,
        to: &SourceHandle,
        hashes: Option<&Hashes>,
    ) -> Result<Applied> {
        let moved = plan.moved.as_ref().ok_or_else(|| unreadable("the move"))?;
        let home = self.directory.begin_locked().await?;
        let rows = self.rows_under(&plan.key, to).await?;
        self.check_rows(&plan, moved, &rows).await?;
        let now = self.directory.now_text();
        let mut open = Transactions::new(home);
        let target = rows.target().map(|row| &row.stored);
        if moved.writes {
            self.check_moved(&plan, to, target).await?;
            let tx = open.of(to).await?;
            write_target(&plan, moved, to, tx, target, hashes, &now).await?;
        }
        let mut last: Vec<&Address> = vec![];
        for row in rows.removable() {
            if !row.handle.shares_database(to) {
                let table = row.handle.spec.origin.table();
                last.extend(table.and_then(|table| table.database.as_ref()));
            }
            let tx = open.of(row.handle).await?;
            remove(row.handle, tx, &row.stored).await?;
        }
        let stored = match moved.writes {
            true => find_locked(to, open.of(to).await?, &plan.key).await?,
            false => target.cloned(),
        };
        let stored = stored.ok_or_else(|| unreadable("the moved row"))?;
        let preferences = self.directory.offered_preferences(to, &plan.key).await?;
        if let Some(hashes) = hashes {
            let owner = PrincipalKey::customer_user(&plan.key);
            self.directory
                .keep_password(&mut open.home, &owner, hashes, plan.chosen)
                .await?;
        }
        let entry = JournalDraft {
            action: "move",
            kind: plan.kind.name(),
            source: &plan.source,
            key: &plan.key,
            key_before: "",
            changes: &plan.changes,
            effects: &plan.effects,
        };
        let id = self
            .directory
            .journal_entry(&mut open.home, &plan.actor, entry)
            .await?;
        open.commit_with_last(&last).await?;
        Ok(Applied {
            kind: plan.kind,
            source: plan.source,
            key: plan.key,
            version: version(&stored, &preferences),
            record: stored.record,
            preferences,
            password: plan.password.filter(|_| plan.generated),
            journal: Some(id),
            effects: plan.effects,
        })
    }

    /// Whether every source has under the login what it had when the plan was made.
    async fn check_rows(self, plan: &RecordPlan, moved: &Moved, rows: &Rows<'_>) -> Result<()> {
        let Some(speaker) = rows.speaker() else {
            return Err(not_found(plan.kind, &plan.key));
        };
        let preferences = self
            .directory
            .offered_preferences(speaker.handle, &plan.key)
            .await?;
        let now = version(&speaker.stored, &preferences);
        if rows.seen() == moved.seen && Some(&now) == plan.version.as_ref() {
            return Ok(());
        }
        Err(Error::Conflict(Box::new(Stale {
            kind: plan.kind,
            key: plan.key.clone(),
            current: self
                .directory
                .found(speaker.handle, speaker.stored.clone())
                .await?,
            wanted: plan.wanted.clone(),
            had: plan.version.clone().unwrap_or(Version(String::new())),
        })))
    }

    /// What may have become untrue since the plan was made: somebody took the e-mail address, or the customer is none
    /// any more.
    async fn check_moved(
        self,
        plan: &RecordPlan,
        to: &SourceHandle,
        target: Option<&SourceRow>,
    ) -> Result<()> {
        let draft = RecordDraft {
            kind: Kind::CustomerUser,
            handle: to,
            before: target.map(|stored| &stored.record),
            fields: &plan.wanted,
            after: &plan.after,
            key_is_settled: true,
        };
        let mut errors = self.other_taken(&draft, &[]).await?;
        errors.extend(self.customer_mistake(&draft).await?);
        match errors.is_empty() {
            true => Ok(()),
            false => Err(Error::Invalid(errors)),
        }
    }
}

async fn write_target(
    plan: &RecordPlan,
    moved: &Moved,
    to: &SourceHandle,
    tx: &mut Tx,
    target: Option<&SourceRow>,
    hashes: Option<&Hashes>,
    now: &str,
) -> Result<()> {
    let table = to.table().await?;
    let given = hashes.map(|hashes| &hashes.stored);
    let hash = given.or(moved.hash.as_ref());
    let hash = hash.map(ExposeSecret::expose_secret);
    let actor = plan.actor.id();
    let written = match target {
        None => table.insert(tx, &plan.after, hash, actor, now).await,
        Some(target) => {
            let fields = plan.after.iter();
            let fields = fields.filter(|(field, value)| target.record.get(field) != *value);
            let fields: Vec<(&str, &str)> = fields.collect();
            let key = to.key_of(&target.record);
            match fields.is_empty() && hash.is_none() {
                true => Ok(()),
                false => table
                    .update(tx, key, &fields, hash, actor, now)
                    .await
                    .map(|_| ()),
            }
        }
    };
    match written {
        Ok(()) => Ok(()),
        Err(error) => Err(refused(plan, to, table, tx, error).await),
    }
}

/// Takes away a row that is as it was seen.
async fn remove(handle: &SourceHandle, tx: &mut Tx, seen: &SourceRow) -> Result<()> {
    let key = handle.key_of(&seen.record);
    let held = find_locked(handle, tx, key).await?;
    if held.is_none_or(|held| state(&held) != state(seen)) {
        // Somebody changed it just now: what stands in it is looked at again.
        let changed = FieldProblem::ChangedSince {
            by: handle.spec.name.clone(),
        };
        return Err(Error::field(SOURCE, changed));
    }
    let table = handle.table().await?;
    match table.delete(tx, key).await {
        Ok(1) => Ok(()),
        // A key that is none: nobody can say which of them the person is.
        Ok(_) => Err(Error::field(SOURCE, FieldProblem::NotAccepted)),
        Err(StoreError::Refused(_) | StoreError::Duplicate(_) | StoreError::NotHeld(_)) => {
            Err(Error::field(SOURCE, FieldProblem::NotAccepted))
        }
        Err(error) => Err(handle.failed(error)),
    }
}

fn unreadable(what: &str) -> Error {
    Error::internal(StoreError::Unreadable(what.into()))
}
