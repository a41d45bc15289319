//! Values of columns that are not text: brought into the form that the column gives back, and what is wrong with others.

use kartoteka_directory::inside::SourceHandle;
use kartoteka_directory::{Change, Error, FieldError, FieldProblem, Fields, Result};
use kartoteka_model::{Field, Record, Validity};
use kartoteka_store::StoreError;
use kartoteka_store::source::{ColumnKind, Misfit, TableStore};

use crate::validate::trimmed;

/// Fields without outer blanks, a validity by its number, and values of columns as a table stores them.
pub(crate) async fn tidy(
    handle: &SourceHandle,
    table: Option<&TableStore>,
    fields: Fields,
) -> Result<Fields> {
    let mut tidy = Fields::new();
    for (name, value) in fields {
        let field = handle.spec.map.find(&name);
        let mut value = trimmed(handle, field, &value);
        if let Some(field) = field.filter(|field| !field.is_secret() && !value.is_empty()) {
            if Some(&field.column) == handle.spec.valid.as_ref() {
                if let Some(validity) = Validity::parse(&value) {
                    value = validity.id().to_string();
                }
            } else if let Some(table) = table {
                let read = match table.kind(field) {
                    ColumnKind::Other(_) => table.read_by_engine(field, &value).await,
                    kind => Ok(kind.read(&value).ok()),
                };
                value = read.map_err(|error| handle.failed(error))?.unwrap_or(value);
            }
        }
        tidy.insert(name, value);
    }
    Ok(tidy)
}

/// Whether a field has this value already, however it is written.
pub(crate) fn has_already(table: &TableStore, field: &Field, before: &Record, value: &str) -> bool {
    let kind = table.kind(field);
    !kind.is_text() && kind.is_same(before.get(&field.name), value)
}

/// What is wrong with a value in its column.
pub(crate) fn misfit(kind: &ColumnKind, value: &str) -> Option<FieldProblem> {
    Some(match kind.read(value).err()? {
        Misfit::NotWhole => FieldProblem::NotANumber,
        Misfit::NotDecimal { places } => FieldProblem::NotADecimal { places },
        Misfit::OutOfRange { least, most } => FieldProblem::OutOfRange { least, most },
        Misfit::NotADate => FieldProblem::NotADate,
        Misfit::NotATime => FieldProblem::NotATime,
        Misfit::NotAUuid => FieldProblem::NotAUuid,
        Misfit::NoneOf(choices) => FieldProblem::NotOneOf {
            choices: choices.join(", "),
        },
    })
}

/// What only the database can say of a value.
pub(crate) async fn refused_by_database(
    table: &TableStore,
    field: &Field,
    value: &str,
) -> Result<Option<FieldProblem>, StoreError> {
    if let Some(characters) = table.unheld(field, value).await? {
        return Ok(Some(FieldProblem::UnstorableCharacter { characters }));
    }
    let asks = matches!(table.kind(field), ColumnKind::Other(_));
    let taken = !asks || table.read_by_engine(field, value).await?.is_some();
    Ok((!taken).then_some(FieldProblem::NotAccepted))
}

/// A refusal of the database that nobody foresaw, as a check of the table's own: at the field of the column that it
/// names, else at the first that was changed.
pub(crate) fn not_accepted(handle: &SourceHandle, changes: &[Change], cause: &str) -> Error {
    let map = &handle.spec.map;
    let mut fields: Vec<&Field> = changes
        .iter()
        .filter_map(|one| map.find(&one.field))
        .collect();
    // The longer of two names may hold the other.
    fields.sort_by_key(|field| std::cmp::Reverse(field.column.len()));
    let named = fields.iter().find(|field| cause.contains(&field.column));
    let name = match (named, changes.first()) {
        (Some(field), _) => field.name.as_str(),
        (None, Some(change)) => change.field.as_str(),
        (None, None) => handle.spec.key_field(),
    };
    Error::Invalid(vec![FieldError::new(name, FieldProblem::NotAccepted)])
}
