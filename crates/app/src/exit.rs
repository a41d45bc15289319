//! How the program ends.

use kartoteka_directory::{Error, FieldProblem, OpenError};
use kartoteka_store::StoreError;

/// Exit codes. They are part of what scripts may rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Ok = 0,
    /// What was given is invalid, refused, or something failed.
    Refused = 1,
    /// The command line can't be understood; clap ends the program with the same number.
    Usage = 2,
    /// There is no such record.
    NotFound = 3,
    /// Somebody else was first: a stale version, or a key that is taken.
    Conflict = 4,
    /// A database or source does not answer.
    Unavailable = 5,
}

/// An end with a message of its own.
#[derive(Debug)]
pub struct Ended {
    pub exit: Exit,
    pub message: String,
}

impl Ended {
    /// Refuses with a message.
    pub fn refused(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Refused,
            message: message.into(),
        }
    }

    /// The command line asks for what does not go together.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Ended {}

impl Exit {
    /// The code that a failure stands for.
    pub fn of(error: &anyhow::Error) -> Self {
        error
            .chain()
            .find_map(Self::of_cause)
            .unwrap_or(Self::Refused)
    }

    fn of_cause(cause: &(dyn std::error::Error + 'static)) -> Option<Self> {
        if let Some(ended) = cause.downcast_ref::<Ended>() {
            return Some(ended.exit);
        }
        if let Some(error) = cause.downcast_ref::<Error>() {
            return Some(Self::of_refusal(error));
        }
        let store =
            cause
                .downcast_ref::<StoreError>()
                .or(match cause.downcast_ref::<OpenError>() {
                    Some(OpenError::Database(store) | OpenError::Index(store)) => Some(store),
                    _ => None,
                });
        match store {
            Some(StoreError::Unavailable(_)) => Some(Self::Unavailable),
            _ => None,
        }
    }

    fn of_refusal(error: &Error) -> Self {
        match error {
            Error::NotFound { .. } | Error::Unknown { .. } => Self::NotFound,
            Error::Conflict(_) => Self::Conflict,
            Error::Invalid(errors) => {
                let taken = |problem: &FieldProblem| matches!(problem, FieldProblem::Taken { .. });
                if !errors.is_empty() && errors.iter().all(|error| taken(&error.problem)) {
                    Self::Conflict
                } else {
                    Self::Refused
                }
            }
            Error::Unavailable { .. } | Error::Busy { .. } | Error::TooMany { .. } => {
                Self::Unavailable
            }
            _ => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kartoteka_directory::{FieldError, Kind};

    #[test]
    fn refusals_have_their_codes() {
        let of = |error: Error| Exit::of(&anyhow::Error::new(error).context("while saving"));
        let field = |problem| Error::Invalid(vec![FieldError::new("UserLogin", problem)]);
        assert_eq!(
            of(Error::NotFound {
                kind: Kind::Customer,
                key: "x".into()
            }),
            Exit::NotFound
        );
        assert_eq!(of(field(FieldProblem::Required)), Exit::Refused);
        assert_eq!(
            of(field(FieldProblem::Taken { by: "ewa".into() })),
            Exit::Conflict
        );
        assert_eq!(Exit::of(&Ended::usage("no").into()), Exit::Usage);
        assert_eq!(Exit::of(&anyhow::anyhow!("other")), Exit::Refused);
    }
}
