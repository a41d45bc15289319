//! Moving a person from one source to another: the login stays, and with it all that hangs on it.
//!
//! Afterwards the source that was named speaks for the login, and no other source that can be written has it. Sources
//! that can't be written keep what they have. Whoever goes back to one of them is there already; what goes then is the
//! row that was made meanwhile.

mod apply;
mod effects;
mod rows;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{SourceHandle, not_found, version};
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Fields, Kind, Object, Result, Stale,
    Version,
};
use kartoteka_model::{FieldKind, Record, Validity};
use secrecy::SecretString;

use crate::Records;
use crate::column_values::tidy;
use crate::plan::{Plan, RecordPlan};
use crate::save::{names_of, password_of, without_password};
use crate::validate::RecordDraft;
use rows::Rows;

/// The field that mistakes about the sources are at.
pub(crate) const SOURCE: &str = "Source";

/// Where a person is to be moved.
#[derive(Debug, Clone, Default)]
pub struct MoveWanted {
    /// The source that is to keep the person.
    pub to: String,
    /// Values that differ from those of the present source, or that it does not have.
    pub fields: Fields,
    /// Puts the record into the source also where an earlier one that can't be written goes on speaking for the login:
    /// it speaks as soon as that one no longer has it.
    pub ahead: bool,
}

/// What a plan that moves somebody knows beside the record.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    /// The source that spoke for the login when the plan was made.
    pub from: String,
    /// The state of each row that a source had under the login.
    pub seen: Vec<(String, Version)>,
    /// Whether the record is written; otherwise the source has it already and can't be written.
    pub writes: bool,
    /// The stored password that goes along; an empty one takes the place of one from earlier days.
    pub hash: Option<SecretString>,
}

impl Records<'_> {
    /// Plans to move a person to another source. The plan's record before is that of the source that speaks for the login
    /// now, and the one after what the other source will hold. `had` is as for [`Records::plan_update`]. Role: admin.
    ///
    /// # Errors
    /// `NotFound`, `Unknown` for a source that is not set up, `ReadOnly` for values that can't be written, `Conflict`,
    /// `Forbidden`, `Unavailable`; mistakes in fields are in [`RecordPlan::errors`], and at `Source` whatever stands in
    /// the way of the move itself.
    #[boxed]
    pub async fn plan_move(
        self,
        actor: &Actor,
        login: &str,
        wanted: MoveWanted,
        had: Option<Version>,
    ) -> Result<Plan> {
        actor.require(Action::Change, Object::Moves)?;
        let kind = Kind::CustomerUser;
        let to = self.directory.source(kind, Some(&wanted.to))?;
        let rows = self.rows_under(login, to).await?;
        let speaker = rows.speaker().ok_or_else(|| not_found(kind, login))?;
        let key = speaker.handle.key_of(&speaker.stored.record).to_owned();
        let preferences = self
            .directory
            .offered_preferences(speaker.handle, &key)
            .await?;
        let version = version(&speaker.stored, &preferences);
        if let Some(had) = had.filter(|had| *had != version) {
            return Err(Error::Conflict(Box::new(Stale {
                kind,
                current: self
                    .directory
                    .found(speaker.handle, speaker.stored.clone())
                    .await?,
                key,
                wanted: without_password(wanted.fields),
                had,
            })));
        }
        let writes = !to.spec.read_only;
        if !writes && !wanted.fields.is_empty() {
            let source_id = to.spec.id.clone();
            return Err(Error::ReadOnly { source_id });
        }
        let password = password_of(&wanted.fields);
        let mut errors = self.in_the_way(&rows, to, wanted.ahead).await?;
        let before = told(speaker.handle, &speaker.stored.record, to);
        let (after, fields) = match rows.target() {
            target if writes => {
                let fields = carried(speaker.handle, &before, to, wanted.fields.clone());
                let fields = tidy(to, Some(to.table().await?), fields).await?;
                let after = record_of(to, &fields, target.map(|row| &row.stored.record));
                (after, fields)
            }
            Some(target) => (target.stored.record.clone(), Fields::new()),
            None => (before.clone(), Fields::new()),
        };
        if writes {
            let draft = RecordDraft {
                kind,
                handle: to,
                before: rows.target().map(|row| &row.stored.record),
                fields: &fields,
                after: &after,
                key_is_settled: true,
            };
            errors.extend(self.mistakes(&draft).await?);
            if let Some(password) = &password {
                let names = names_of(&after);
                let mistake = self
                    .directory
                    .password_mistake(None, &names, password, to.at_home());
                errors.extend(mistake.await?);
            }
        }
        let mut plan = RecordPlan {
            kind,
            source: to.spec.id.clone(),
            key,
            changes: changes(speaker.handle, &before, to, &after),
            effects: vec![],
            before: Some(before),
            after,
            errors,
            version: Some(version),
            actor: actor.clone(),
            wanted: without_password(fields),
            preferences: Fields::new(),
            password,
            generated: false,
            chosen: false,
            policy: self.directory.password_policy(),
            moved: Some(Moved {
                from: speaker.handle.spec.id.clone(),
                seen: rows.seen(),
                writes,
                hash: None,
            }),
        };
        self.tell_effects(&mut plan, &rows, to);
        Ok(self.directory.seal(plan))
    }

    /// What stands in the way of the move itself.
    async fn in_the_way(
        self,
        rows: &Rows<'_>,
        to: &SourceHandle,
        ahead: bool,
    ) -> Result<Vec<FieldError>> {
        let mut errors = vec![];
        let mut refuse = |problem| errors.push(FieldError::new(SOURCE, problem));
        if rows.target().is_none() && to.spec.read_only {
            refuse(FieldProblem::NotThere);
        } else if rows.target_speaks() && rows.removable().next().is_none() {
            refuse(FieldProblem::AlreadyThere);
        } else if let Some(first) = rows.speaks_on().filter(|_| !ahead || to.spec.read_only) {
            let source = first.handle.spec.name.clone();
            refuse(FieldProblem::SpeaksFirst { source });
        }
        // Of two that differ in their case, the other would speak for the login then.
        for row in rows.written() {
            let key = row.handle.key_of(&row.stored.record);
            let twin = row.handle.table().await?.has_twin(key).await;
            if twin.map_err(|error| row.handle.failed(error))? {
                let by = key.to_owned();
                let field = row.handle.spec.key_field();
                errors.push(FieldError::new(field, FieldProblem::Taken { by }));
            }
        }
        Ok(errors)
    }
}

/// What a record says, with its validity where the other source looks for it: who is in a source that keeps none is
/// valid.
fn told(from: &SourceHandle, record: &Record, to: &SourceHandle) -> Record {
    let mut told = record.clone();
    let valid = Validity::Valid.id().to_string();
    let validity = match from.spec.valid_entry() {
        Some(entry) => record.get(entry).to_owned(),
        None => valid,
    };
    let entries = [from.spec.valid_entry(), to.spec.valid_entry()];
    for entry in entries.into_iter().flatten() {
        told.set(entry, &validity);
    }
    told
}

/// The fields that the other source has, with what was told and what is wanted over it.
fn carried(from: &SourceHandle, told: &Record, to: &SourceHandle, wanted: Fields) -> Fields {
    let own = to.spec.map.visible();
    let own = own.filter(|field| field.kind != FieldKind::DynamicField);
    let mut fields: Fields = own
        .map(|field| (field.name.clone(), told.get(&field.name).to_owned()))
        .collect();
    fields.insert(to.spec.key_field().into(), from.key_of(told).into());
    if let Some(entry) = to
        .spec
        .valid_entry()
        .filter(|entry| fields.contains_key(*entry))
    {
        fields.insert(entry.into(), told.get(entry).into());
    }
    fields.extend(wanted);
    // The login is what everything hangs on.
    fields.insert(to.spec.key_field().into(), from.key_of(told).into());
    fields
}

/// The record that these fields make.
fn record_of(to: &SourceHandle, fields: &Fields, present: Option<&Record>) -> Record {
    let mut record = Record::default();
    let own = to.spec.map.visible();
    for field in own.filter(|field| field.kind != FieldKind::DynamicField) {
        match fields.get(&field.name) {
            // As OTOBO stores people: '' where nothing is given.
            Some(value) if !value.is_empty() || field.kind == FieldKind::Var => {
                record.set(&field.name, value);
            }
            Some(value) if present.is_some() => record.set(&field.name, value),
            _ => {}
        }
    }
    if let Some(entry) = to
        .spec
        .valid_entry()
        .filter(|entry| !fields.contains_key(*entry))
    {
        record.set(entry, Validity::Valid.id().to_string());
    }
    record
}

/// What is other afterwards, in the fields of both sources; what has no place is empty then.
fn changes(from: &SourceHandle, before: &Record, to: &SourceHandle, after: &Record) -> Vec<Change> {
    let stored = |handle: &'_ SourceHandle| {
        let fields = handle.spec.map.visible();
        let fields = fields.filter(|field| field.kind != FieldKind::DynamicField);
        fields.map(|field| field.name.clone()).collect::<Vec<_>>()
    };
    let mut names = stored(to);
    names.extend(stored(from));
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let change = |field: String| {
        let place = to.spec.map.find(&field).is_some() || to.spec.valid_entry() == Some(&field);
        let after = if place { after.get(&field) } else { "" };
        let before = before.get(&field);
        (before != after).then(|| Change {
            before: before.to_owned(),
            after: after.to_owned(),
            field,
        })
    };
    names.into_iter().filter_map(change).collect()
}
