//! What a search may cost: refused at its field before anything is asked. The text of a search has bounds of its own,
//! which its parser keeps.

use kartoteka_model::search::{MAX_LENGTH, MAX_WILDCARDS, SyntaxErrorKind, check_wildcard};

use crate::error::{Error, FieldProblem, Result};
use crate::search::{Criterion, Lookup, Search};

/// The most values that a detail search compares fields with: the engine takes expressions up to a depth of 1000.
const MAX_VALUES: usize = 500;

/// Refuses a detail search or look-up that would take too long.
///
/// # Errors
/// `Invalid` with the field.
pub(crate) fn within_bounds(search: &Search) -> Result<()> {
    let mut left = MAX_VALUES;
    for (field, criterion) in &search.fields {
        let values = match criterion {
            Criterion::Like(text) | Criterion::Contains(text) => {
                pattern(field, text)?;
                1
            }
            Criterion::OneOf(values) | Criterion::NoneOf(values) => values.len(),
        };
        left = left.checked_sub(values).ok_or_else(|| {
            let max = MAX_VALUES;
            Error::field(field, FieldProblem::TooMany { max })
        })?;
    }
    match &search.lookup {
        Some(Lookup::Login(text)) => pattern("login", text),
        Some(Lookup::Customer(text)) => pattern("customer", text),
        Some(Lookup::Sender(_) | Lookup::CustomerExactly(_)) | None => Ok(()),
    }
}

fn pattern(field: &str, text: &str) -> Result<()> {
    let problem = match check_wildcard(text).map_err(|error| error.kind) {
        Ok(()) => return Ok(()),
        Err(SyntaxErrorKind::TooManyWildcards) => {
            let max = MAX_WILDCARDS;
            FieldProblem::TooManyWildcards { max }
        }
        Err(_) => FieldProblem::TooLong { max: MAX_LENGTH },
    };
    Err(Error::field(field, problem))
}
