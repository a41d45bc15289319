//! Doing what a plan says: one transaction with its journal entry.

use std::pin::Pin;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{
    Hashes, JournalDraft, SourceHandle, named, not_found, update_references, version,
};
use kartoteka_directory::{Change, Error, FieldError, FieldProblem, Kind, Result, Stale, Version};
use kartoteka_sources::SourceRow;
use kartoteka_store::own::principal::PrincipalKey;
use kartoteka_store::source::TableStore;
use kartoteka_store::{Renamed, StoreError, Tx};
use rand::Rng;
use secrecy::{ExposeSecret, SecretString};

use crate::Records;
use crate::column_values::not_accepted;
use crate::plan::{Applied, Plan, RecordPlan};
use crate::transactions::Transactions;
use crate::validate::RecordDraft;

/// What a job writes in the same transaction as a record that it changes.
pub trait JobPart: Sync {
    /// The job's number, which the journal's entry names.
    fn job(&self) -> i64;

    /// Writes it, behind the record's entry in the journal. When it fails, the record stays as it is.
    ///
    /// # Errors
    /// Its own.
    fn write<'f>(
        &'f self,
        tx: &'f mut Tx,
        entry: Option<i64>,
    ) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'f>>;
}

impl Records<'_> {
    /// Does what a plan says, in one transaction with its journal entry. Where a source is in another database, that one
    /// is committed first, and the entry right after it.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors or somebody took the key meanwhile; `Conflict` when the record changed
    /// since the plan was made.
    #[boxed]
    pub async fn apply(self, plan: Plan) -> Result<Applied> {
        let plan = self.directory.open(plan);
        if !plan.errors.is_empty() {
            return Err(Error::Invalid(plan.errors));
        }
        if plan.kind == Kind::Agent {
            return self.apply_agent(plan).await;
        }
        if let Some(table) = named::table(plan.kind) {
            return self.apply_named(plan, table).await;
        }
        if plan.moves() {
            return self.apply_move(plan).await;
        }
        self.apply_record(plan, None).await
    }

    /// The same for a person whom a job changes: what the job writes of it is in the same transaction.
    ///
    /// # Errors
    /// As [`Records::apply`], and those of the job.
    #[boxed]
    pub async fn apply_in_job(self, plan: Plan, part: &dyn JobPart) -> Result<Applied> {
        let plan = self.directory.open(plan);
        match plan.errors.is_empty() {
            true => self.apply_record(plan, Some(part)).await,
            false => Err(Error::Invalid(plan.errors)),
        }
    }

    async fn apply_record(self, plan: RecordPlan, part: Option<&dyn JobPart>) -> Result<Applied> {
        let handle = match plan.changes_row() {
            true => self.directory.writable(plan.kind, Some(&plan.source))?,
            false => self.directory.source(plan.kind, Some(&plan.source))?,
        };
        let hashes = self
            .directory
            .hashed(plan.password.clone(), handle.at_home())
            .await?;
        let applied = self
            .directory
            .save(|| self.write_record(plan.clone(), handle, hashes.as_ref(), part))
            .await;
        if applied.is_ok() {
            handle.answered();
        }
        applied
    }

    async fn write_record(
        self,
        mut plan: RecordPlan,
        handle: &SourceHandle,
        hashes: Option<&Hashes>,
        part: Option<&dyn JobPart>,
    ) -> Result<Applied> {
        let table = handle.source().await?.table();
        // From here on nobody else saves through Kartoteka: what is checked now stays true until the end.
        let home = self.directory.begin_locked().await?;
        self.name_record(&mut plan, handle).await?;
        self.check_again(&plan, handle).await?;
        let now = self.directory.now_text();
        let mut open = Transactions::new(home);
        let tx = open.of(handle).await?;
        let key_before = plan
            .before
            .as_ref()
            .map(|before| before.get(handle.spec.key_field()).to_owned());
        if let Some(key_before) = &key_before {
            self.check_version(&plan, handle, tx, key_before).await?;
        }
        let renamed = key_before.as_ref().filter(|before| **before != plan.key);
        let twin = match (renamed, table) {
            (Some(before), Some(table)) => table.has_twin(before).await,
            _ => Ok(false),
        };
        let twin = twin.map_err(|error| handle.failed(error))?;
        let hash = hashes.map(|hashes| &hashes.stored);
        // People of a source that can't be written have preferences, which are kept elsewhere.
        if let Some(table) = table {
            let written = write_row(&plan, table, tx, key_before.as_deref(), hash, &now).await;
            if let Err(error) = written {
                return Err(refused(&plan, handle, table, tx, error).await);
            }
        }
        let stored = find_locked(handle, tx, &plan.key).await?;
        let stored = stored
            .ok_or_else(|| Error::internal(StoreError::Unreadable("the saved row".into())))?;
        // A new person may find rows that somebody of this login left behind.
        let key = key_before.as_deref().unwrap_or(&plan.key);
        let mut preferences = self.directory.offered_preferences(handle, key).await?;
        let home = &mut open.home;
        if let Some(from) = renamed {
            let to = &plan.key;
            let carried = Renamed { from, to, twin };
            update_references(home, plan.kind, carried).await?;
            if plan.kind == Kind::Customer {
                self.update_people_references(&mut open, carried, plan.actor.id(), &now)
                    .await?;
                self.update_template_references(&mut open.home, &plan.actor, plan.kind, from, to)
                    .await?;
            }
        }
        let home = &mut open.home;
        if let Some(hashes) = hashes {
            let owner = PrincipalKey::customer_user(&plan.key);
            self.directory
                .keep_password(home, &owner, hashes, plan.chosen)
                .await?;
        }
        self.write_preferences(home, &plan.key, &plan.preferences)
            .await?;
        preferences.extend(plan.preferences.clone());
        preferences.retain(|_, value| !value.is_empty());
        let action = match (
            plan.before.is_some(),
            renamed.is_some(),
            plan.changes.is_empty(),
        ) {
            (false, _, _) => "create",
            (true, true, _) => "rename",
            (true, false, true) => "set-password",
            (true, false, false) => "update",
        };
        let entry = JournalDraft {
            action,
            kind: plan.kind.name(),
            source: &plan.source,
            key: &plan.key,
            key_before: renamed.map_or("", String::as_str),
            changes: &plan.changes,
            effects: &plan.effects,
        };
        let changed = plan.changes_anything();
        let job = part.map(JobPart::job);
        let id = match changed {
            true => Some(
                self.directory
                    .journal_entry_of_job(home, &plan.actor, entry, job)
                    .await?,
            ),
            false => None,
        };
        if let Some(part) = part {
            part.write(home, id).await?;
        }
        open.commit().await?;
        Ok(Applied {
            kind: plan.kind,
            source: plan.source,
            key: plan.key,
            version: version(&stored, &preferences),
            record: stored.record,
            preferences,
            password: plan.password.filter(|_| plan.generated),
            journal: id,
            effects: plan.effects,
        })
    }

    /// Gives a generated login (OTOBO's `AutoLoginCreation`).
    async fn name_record(self, plan: &mut RecordPlan, handle: &SourceHandle) -> Result<()> {
        if !plan.key.is_empty() {
            return Ok(());
        }
        let prefix = handle
            .people
            .as_ref()
            .and_then(|people| people.auto_login.as_deref())
            .unwrap_or("auto");
        let minute: String = self
            .directory
            .now_text()
            .chars()
            .filter(char::is_ascii_digit)
            .take(12)
            .collect();
        for _ in 0..200 {
            let login = format!(
                "{prefix}-{minute}{}",
                rand::rng().random_range(0..1_000_000)
            );
            if self.directory.find_row(plan.kind, &login).await?.is_none() {
                plan.after.set(handle.spec.key_field(), &login);
                plan.changes.push(Change {
                    field: handle.spec.key_field().into(),
                    before: String::new(),
                    after: login.clone(),
                });
                plan.key = login;
                return Ok(());
            }
        }
        Err(Error::internal(StoreError::Unreadable(
            "no free login".into(),
        )))
    }

    /// What may have become untrue since the plan was made: somebody took the key or the e-mail address, or the person's
    /// customer was renamed or made invalid.
    async fn check_again(self, plan: &RecordPlan, handle: &SourceHandle) -> Result<()> {
        let wanted = RecordDraft {
            kind: plan.kind,
            handle,
            before: plan.before.as_ref(),
            fields: &plan.wanted,
            after: &plan.after,
            key_is_settled: false,
        };
        let mut errors: Vec<FieldError> = self.key_taken(&wanted).await?.into_iter().collect();
        errors.extend(self.other_taken(&wanted, &errors).await?);
        if plan.kind == Kind::CustomerUser {
            errors.extend(self.customer_mistake(&wanted).await?);
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(errors))
        }
    }

    async fn check_version(
        self,
        plan: &RecordPlan,
        handle: &SourceHandle,
        tx: &mut Tx,
        key: &str,
    ) -> Result<()> {
        let Some(stored) = find_locked(handle, tx, key).await? else {
            return Err(not_found(plan.kind, key));
        };
        let had = plan
            .version
            .clone()
            .unwrap_or_else(|| Version(String::new()));
        let preferences = self.directory.offered_preferences(handle, key).await?;
        if version(&stored, &preferences) == had {
            return Ok(());
        }
        let current = self.directory.found(handle, stored).await?;
        let mut wanted = plan.wanted.clone();
        wanted.extend(plan.preferences.clone());
        Err(Error::Conflict(Box::new(Stale {
            kind: plan.kind,
            key: key.to_owned(),
            current,
            wanted,
            had,
        })))
    }
}

/// The record with exactly this key, which nobody else changes until the transaction ends, if it is in a table.
pub(crate) async fn find_locked(
    handle: &SourceHandle,
    tx: &mut Tx,
    key: &str,
) -> Result<Option<SourceRow>> {
    let source = handle.source().await?;
    match source.table() {
        Some(table) => {
            let found = table.find_locked(tx, key).await;
            found.map_err(|error| handle.failed(error))
        }
        None => {
            let found = source.find(key).await;
            found.map_err(|error| handle.failed(error))
        }
    }
}

async fn write_row(
    plan: &RecordPlan,
    table: &TableStore,
    tx: &mut Tx,
    key_before: Option<&str>,
    hash: Option<&SecretString>,
    now: &str,
) -> Result<(), StoreError> {
    let hash = hash.map(ExposeSecret::expose_secret);
    let actor = plan.actor.id();
    let Some(key) = key_before else {
        return table.insert(tx, &plan.after, hash, actor, now).await;
    };
    if !plan.changes_row() {
        return Ok(());
    }
    let changed: Vec<(&str, &str)> = plan
        .changes
        .iter()
        .map(|change| (change.field.as_str(), change.after.as_str()))
        .collect();
    table
        .update(tx, key, &changed, hash, actor, now)
        .await
        .map(|_| ())
}

/// A unique key of the database refused the row: the key itself, or a customer's name.
pub(crate) async fn refused(
    plan: &RecordPlan,
    handle: &SourceHandle,
    table: &TableStore,
    tx: &mut Tx,
    error: StoreError,
) -> Error {
    match error {
        StoreError::Duplicate(cause) => {
            let names = cause.to_string().to_lowercase();
            let name = plan.kind == Kind::Customer
                && names.contains("name")
                && !names.contains("customer_id");
            let field = if name {
                "CustomerCompanyName"
            } else {
                handle.spec.key_field()
            };
            let value = plan.after.get(field);
            let column = handle.spec.map.find(field).map(|field| &field.column);
            // The table decides by its own rule what is the same, so it knows who has it.
            let holder = match table
                .key_with(tx, column.unwrap_or(&handle.spec.key), value)
                .await
            {
                Ok(holder) => holder,
                Err(error) => return handle.failed(error),
            };
            let by = holder.unwrap_or_else(|| value.to_owned());
            Error::field(field, FieldProblem::Taken { by })
        }
        StoreError::Refused(cause) | StoreError::NotHeld(cause) => {
            not_accepted(handle, &plan.changes, &cause.to_string())
        }
        error => handle.failed(error),
    }
}
