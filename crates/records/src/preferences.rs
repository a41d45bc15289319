//! Preferences as a part of a record's plan: taken out of the fields, checked, compared, written.

use kartoteka_directory::inside::SourceHandle;
use kartoteka_directory::{Change, Error, FieldError, FieldProblem, Fields, Preference, Result};
use kartoteka_store::Tx;
use kartoteka_store::own::preferences;

use crate::Records;

/// The most characters that a value may have.
const MAX: usize = 250;

/// Takes the preferences out of the fields that a caller passed.
pub(crate) fn take_preferences(handle: &SourceHandle, fields: &mut Fields) -> Fields {
    let offered = handle.preferences().filter_map(|one| {
        let (key, value) = fields.remove_entry(one.key())?;
        Some((key, value.trim().to_owned()))
    });
    offered.collect()
}

impl Records<'_> {
    /// Writes the preferences that a plan changes; an empty one is stored no longer.
    pub(crate) async fn write_preferences(
        self,
        tx: &mut Tx,
        login: &str,
        wanted: &Fields,
    ) -> Result<()> {
        for (key, value) in wanted {
            let value = Some(value.as_str()).filter(|value| !value.is_empty());
            preferences::set(tx, login, key, value)
                .await
                .map_err(Error::home)?;
        }
        Ok(())
    }
}

/// What changes, and drops the rest from what is wanted.
pub(crate) fn changes(before: &Fields, wanted: &mut Fields) -> Vec<Change> {
    let stored = |key: &str| before.get(key).map(String::as_str).unwrap_or_default();
    wanted.retain(|key, value| value != stored(key));
    let offered = Preference::ALL.into_iter();
    let change = |one: Preference| {
        let after = wanted.get(one.key())?.clone();
        Some(Change {
            field: one.key().to_owned(),
            before: stored(one.key()).to_owned(),
            after,
        })
    };
    offered.filter_map(change).collect()
}

/// What is wrong with preferences that change.
pub(crate) fn mistakes(wanted: &Fields) -> Vec<FieldError> {
    let mistake = |(key, value): (&String, &String)| {
        let choices = Preference::parse(key).and_then(Preference::choices);
        let problem = if value.is_empty() {
            None
        } else if value.chars().any(char::is_control) {
            Some(FieldProblem::ControlCharacter)
        } else if value.chars().count() > MAX {
            Some(FieldProblem::TooLong { max: MAX })
        } else if choices.is_some_and(|choices| !choices.contains(&value.as_str())) {
            Some(FieldProblem::NotAChoice)
        } else {
            None
        };
        problem.map(|problem| FieldError::new(key, problem))
    };
    wanted.iter().filter_map(mistake).collect()
}
