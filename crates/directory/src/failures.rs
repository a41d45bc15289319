//! Failures of databases and indexes, as doors see them, and records that are not there.

use kartoteka_store::StoreError;

use crate::error::{Error, FieldError, FieldProblem};
use crate::kind::Kind;

/// What a search index is called where it does not answer.
const INDEX: &str = "search index";

impl Error {
    /// A database's failure, as doors see it.
    pub(crate) fn store(source_id: &str, error: StoreError) -> Self {
        match error {
            // A table that is gone is as much use as a database that is.
            StoreError::Unavailable(_) | StoreError::Contended(_) | StoreError::NoTable { .. } => {
                Self::unavailable(source_id, error)
            }
            StoreError::NoPlace(_) => Self::no_place(),
            // Wherever nobody looked at the text before: it is the text that is wrong, not the program.
            StoreError::NotHeld(_) => Self::field("", FieldProblem::NotAccepted),
            error => Self::Internal(Box::new(error)),
        }
    }

    /// Something that does not answer.
    pub fn unavailable(
        source_id: &str,
        cause: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self::Unavailable {
            source_id: source_id.into(),
            cause: Box::new(cause),
        }
    }

    /// Whether others were in the way, so that the same may go through when it is tried again.
    pub fn is_contended(&self) -> bool {
        let Self::Unavailable { cause, .. } = self else {
            return false;
        };
        matches!(
            cause.downcast_ref::<StoreError>(),
            Some(StoreError::Contended(_))
        )
    }

    /// A failure of the search index: its disk may be full.
    pub fn index(error: StoreError) -> Self {
        Self::store(INDEX, error)
    }

    /// Whether a search index can't be written, as on a full disk. It can be read then.
    pub(crate) fn is_of_full_index(&self) -> bool {
        let Self::Unavailable { source_id, cause } = self else {
            return false;
        };
        let cause = cause.downcast_ref::<StoreError>();
        source_id == INDEX && cause.is_some_and(StoreError::refuses_writes)
    }

    /// A failure of the home database.
    pub fn home(error: StoreError) -> Self {
        Self::store("database", error)
    }

    /// A word in our own tables that names no state.
    pub fn unknown_word(word: &str) -> Self {
        Self::internal(StoreError::Unreadable(format!("no known word: {word:?}")))
    }

    /// Anything that should not happen.
    pub fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        let cause: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
        // The search index, too, is a file on a disk that may be full.
        match cause.downcast_ref::<StoreError>() {
            Some(StoreError::Unavailable(_) | StoreError::Contended(_)) => Self::Unavailable {
                source_id: INDEX.into(),
                cause,
            },
            Some(StoreError::NoPlace(_)) => Self::no_place(),
            _ => Self::Internal(cause),
        }
    }

    /// A cursor that no page gave, or whose record is not there any more: going on from it would begin anew unnoticed.
    pub fn no_place() -> Self {
        Self::field("after", FieldProblem::NotAChoice)
    }

    /// Whether the cursor of a page is what is wrong.
    pub fn is_of_cursor(&self) -> bool {
        matches!(self, Self::Invalid(errors) if errors.iter().any(|error| error.field == "after"))
    }

    /// Mistakes in fields.
    pub fn field(field: &str, problem: FieldProblem) -> Self {
        Self::Invalid(vec![FieldError::new(field, problem)])
    }
}

/// There is no record of this key.
pub fn not_found(kind: Kind, key: &str) -> Error {
    Error::NotFound {
        kind,
        key: key.to_owned(),
    }
}
