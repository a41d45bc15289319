//! Planning a new group or service, and a change of one.

use kartoteka_directory::inside::named::{FULL_NAME, fields, found, full_name};
use kartoteka_directory::inside::not_found;
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Fields, Kind, Object, Result, Stale,
    Version,
};
use kartoteka_model::text::{composed, trim};
use kartoteka_model::{Record, Validity};
use kartoteka_store::own::named::{self, NamedTable};
use kartoteka_store::source::unheld_in;

use super::check::NamedDraft;
use crate::Records;
use crate::plan::{Plan, RecordPlan};

impl Records<'_> {
    pub(crate) async fn plan_named(
        self,
        actor: &Actor,
        kind: Kind,
        table: NamedTable,
        key: Option<&str>,
        wanted: Fields,
        had: Option<Version>,
    ) -> Result<Plan> {
        actor.require(Action::Change, Object::Records(kind))?;
        let wanted: Fields = wanted.into_iter().map(tidy).collect();
        let rows = named::all(self.directory.home(), table)
            .await
            .map_err(Error::home)?;
        let row = match key {
            Some(key) => {
                let row = rows.iter().find(|row| row.name == key);
                Some(row.ok_or_else(|| not_found(kind, key))?)
            }
            None => None,
        };
        let before = row.map(|row| found(table, row));
        if let (Some(found), Some(had)) = (&before, had)
            && had != found.version
        {
            return Err(Error::Conflict(Box::new(Stale {
                kind,
                key: found.key.clone(),
                current: found.clone(),
                wanted,
                had,
            })));
        }
        let record = before.as_ref().map(|found| &found.record);
        let mut after = record.cloned().unwrap_or_else(new_record);
        for (name, value) in &wanted {
            // A name in another form of the same characters is the stored one.
            if composed(after.get(name)) != *value {
                after.set(name, value);
            }
        }
        let name = full_name(table, &after);
        if table == NamedTable::Services {
            after.set(FULL_NAME, &name);
        }
        let all = NamedDraft {
            table,
            rows: &rows,
            row,
            before: record,
            fields: &wanted,
            after: &after,
        };
        let mut errors = all.mistakes();
        errors.extend(self.unstorable(table, record, &after).await?);
        Ok(self.directory.seal(RecordPlan {
            kind,
            source: table.name().into(),
            key: name,
            changes: changes(table, record, &after),
            errors,
            effects: all.effects(),
            before: record.cloned(),
            version: before.map(|found| found.version),
            after,
            actor: actor.clone(),
            wanted,
            preferences: Fields::new(),
            password: None,
            generated: false,
            chosen: false,
            policy: self.directory.password_policy(),
            moved: None,
        }))
    }

    /// Texts with characters that the table can't hold.
    async fn unstorable(
        self,
        table: NamedTable,
        before: Option<&Record>,
        after: &Record,
    ) -> Result<Vec<FieldError>> {
        let mut errors = vec![];
        for (field, column) in [("Name", "name"), ("Comment", "comments")] {
            let text = after.get(field);
            if before.is_some_and(|before| before.get(field) == text) {
                continue;
            }
            let unheld = unheld_in(self.directory.home(), table.name(), column, text).await;
            errors.extend(unheld.map_err(Error::home)?.map(|characters| {
                FieldError::new(field, FieldProblem::UnstorableCharacter { characters })
            }));
        }
        Ok(errors)
    }
}

/// Text without outer blanks, and a validity by its number.
fn tidy((name, value): (String, String)) -> (String, String) {
    let value = composed(trim(&value));
    let value = match Validity::parse(&value) {
        Some(validity) if name == "ValidID" => validity.id().to_string(),
        _ => value,
    };
    (name, value)
}

fn new_record() -> Record {
    Record::from_iter([("ValidID", Validity::Valid.id().to_string())])
}

fn changes(table: NamedTable, before: Option<&Record>, after: &Record) -> Vec<Change> {
    let change = |field: &&str| {
        let from = before.map_or("", |before| before.get(field));
        let to = after.get(field);
        (from != to).then(|| Change {
            field: (*field).to_owned(),
            before: from.into(),
            after: to.into(),
        })
    };
    fields(table).iter().filter_map(change).collect()
}
