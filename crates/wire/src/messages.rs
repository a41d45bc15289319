//! What is wrong with a field or parameter, in words: English, Polish or German.

use kartoteka_directory::{FieldProblem, Violation};
use serde_json::{Value, json};

use crate::language::Language;
use crate::problems;

/// What is wrong with one field or parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// The directory says so.
    Field(FieldProblem),
    /// JSON of another type than this.
    Type { expected: &'static str },
    /// The endpoint knows no such member or parameter.
    Unknown,
    /// The parameter was given more than once.
    Twice,
    /// Not one of these.
    Choice { of: &'static str },
    /// Not a number in this range.
    Range { from: i64, to: i64 },
    /// More than so many items.
    TooMany { most: usize },
    /// Not a time.
    Time,
    /// Not a cursor that this list gave.
    Cursor,
    /// Either this or another member has to be there, not both.
    EitherOr { other: &'static str },
    /// The key was used for another request.
    KeyUsed,
}

impl Mistake {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Field(problem) => problem.code(),
            Self::Type { .. } => "wrong-type",
            Self::Unknown => "unknown-field",
            Self::Twice => "given-twice",
            Self::Choice { .. } => "not-a-choice",
            Self::Range { .. } => "out-of-range",
            Self::TooMany { .. } => "too-many-items",
            Self::Time => "not-a-time",
            Self::Cursor => "not-a-cursor",
            Self::EitherOr { .. } => "either-or",
            Self::KeyUsed => "key-used",
        }
    }

    /// Each rule of the password policy that is broken, for programs and people.
    pub fn violations(&self, language: Language) -> Option<Value> {
        let Self::Field(FieldProblem::Password { violations }) = self else {
            return None;
        };
        let one = |violation: &Violation| {
            let mut document = json!({
                "code": violation.code(),
                "message": problems::violation(*violation, language),
            });
            if let Some(number) = violation.number() {
                document["number"] = number.into();
            }
            document
        };
        Some(violations.iter().map(one).collect())
    }

    /// The message for people.
    pub fn message(&self, language: Language) -> String {
        let key = format!("api-{}", self.code());
        match self {
            Self::Field(problem) => problems::problem(problem, language),
            Self::Type { expected } => language.text(&key, &[("expected", (*expected).into())]),
            Self::Choice { of } => language.text(&key, &[("of", (*of).into())]),
            // As text: grouped digits would not be what a program has to send.
            Self::Range { from, to } => language.text(
                &key,
                &[
                    ("from", from.to_string().into()),
                    ("to", to.to_string().into()),
                ],
            ),
            Self::TooMany { most } => language.text(&key, &[("count", (*most).into())]),
            Self::EitherOr { other } => language.text(&key, &[("other", (*other).into())]),
            Self::Unknown | Self::Twice | Self::Time | Self::Cursor | Self::KeyUsed => {
                language.text(&key, &[])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_has_words_in_every_language() {
        let mistakes = [
            Mistake::Type { expected: "string" },
            Mistake::Unknown,
            Mistake::Twice,
            Mistake::Choice { of: "a, b" },
            Mistake::Range { from: 1, to: 1000 },
            Mistake::TooMany { most: 10_000 },
            Mistake::Time,
            Mistake::Cursor,
            Mistake::EitherOr { other: "b" },
            Mistake::KeyUsed,
        ];
        for language in Language::ALL {
            for mistake in &mistakes {
                let message = mistake.message(language);
                assert!(!message.starts_with("api-"), "{message}");
            }
        }
        assert_eq!(
            mistakes[4].message(Language::En),
            "has to be a whole number from 1 to 1000"
        );
    }
}
