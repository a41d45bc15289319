//! Making jobs that change fields.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, FieldError, FieldProblem, Kind, Object, Result};
use kartoteka_model::FieldKind;

use super::field_change::{FieldChange, FieldEdit};
use super::job::{Job, Selection, Task};
use super::make::selected;
use crate::Jobs;

impl Jobs<'_> {
    /// Makes a job that changes fields, and waits to be started unless it is to start at once. Each person is validated
    /// as by hand: whoever a value does not fit is refused, and the others change. Role: editor.
    ///
    /// # Errors
    /// As [`Jobs::make_job`]; at `0.field` for a field that no source has or that can't be changed for many, at `0.replace`
    /// for an empty part.
    #[boxed]
    pub async fn make_field_job(
        self,
        actor: &Actor,
        selection: Selection,
        fields: Vec<FieldChange>,
        start: bool,
    ) -> Result<Job> {
        self.check_field_job(actor, &selection, &fields)?;
        let (select, rows) = selected(selection);
        let task = Task {
            fields,
            ..Task::of_people(select, start)
        };
        self.insert_job(actor, &task, None, &rows).await
    }

    pub(super) fn check_field_job(
        self,
        actor: &Actor,
        selection: &Selection,
        fields: &[FieldChange],
    ) -> Result<()> {
        self.check_selection(actor, selection)?;
        actor.require(Action::Change, Object::Records(Kind::CustomerUser))?;
        if fields.is_empty() {
            return Err(Error::field("changes", FieldProblem::Required));
        }
        let mut errors = vec![];
        for (at, change) in fields.iter().enumerate() {
            if !self.is_for_many(&change.field) {
                let field = format!("{at}.field");
                errors.push(FieldError::new(&field, FieldProblem::UnknownField));
            }
            if matches!(&change.edit, FieldEdit::Replace { replace, .. } if replace.is_empty()) {
                let field = format!("{at}.replace");
                errors.push(FieldError::new(&field, FieldProblem::Required));
            }
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(Error::Invalid(errors)),
        }
    }

    /// Whether a field can be changed for many: some source has it and can be written, and it is neither the login nor a
    /// secret.
    fn is_for_many(self, name: &str) -> bool {
        let handles = self.directory.handles(Kind::CustomerUser).iter();
        handles
            .filter(|handle| !handle.spec.read_only)
            .any(|handle| {
                let field = handle.spec.map.find(name);
                field.is_some_and(|field| {
                    let writable = !field.read_only && !field.is_secret();
                    writable
                        && field.kind != FieldKind::DynamicField
                        && name != handle.spec.key_field()
                })
            })
    }
}
