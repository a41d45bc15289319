//! The search language: text in, [`Condition`] out.
//!
//! Words are joined by a blank, `+` or `AND`, by `OR` (which binds weaker), and negated by `!`; `"…"` keeps text together,
//! `*` stands for anything, and a backslash takes the meaning from a sign. The full grammar also knows
//! parentheses, `&&` and `||`. OTOBO rewrites such a text step by step into SQL; here it is read once into a tree,
//! and a malformed text is an error that points at its place (D01 to D05, D26).

mod numbers;
mod parser;
mod remarks;
mod tokens;

pub use numbers::is_number;
pub use remarks::{Remark, RemarkKind, remarks};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::condition::{Condition, Part, Pattern};

/// The longest text that is read, in characters.
pub const MAX_LENGTH: usize = 10_000;

/// How deep parentheses may be nested.
pub const MAX_DEPTH: usize = 100;

/// The most words that one search may have: each is looked for in every row that the others leave.
pub const MAX_WORDS: usize = 100;

/// The most `*` that one text may have.
pub const MAX_WILDCARDS: usize = 50;

/// Which signs have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grammar {
    /// `+`, `AND`, `OR`, `!`, `"…"` and `*`; parentheses, `&&` and `||` are ordinary text. For customer users.
    Words,
    /// All signs. For customers.
    Full,
}

/// What a blank between bare words means (D27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blanks {
    /// It joins them as `+` does: each word in any of the fields. Groups of digits are found as one number, too.
    #[default]
    Join,
    /// It belongs to the word, as OTOBO reads it.
    Text,
}

/// What is put around each word before it has to match a whole value. `*` (or `%`) is anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affixes {
    pub prefix: String,
    pub suffix: String,
}

/// A malformed search. Pages show it under what was typed, REST as a problem with its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} at character {at}")]
pub struct SyntaxError {
    /// The place, in characters from the beginning of the text as it was typed.
    pub at: usize,
    pub kind: SyntaxErrorKind,
}

/// What is wrong with a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SyntaxErrorKind {
    /// Nothing but blanks.
    #[error("nothing to search for")]
    Empty,
    /// An operator or `!` without a word.
    #[error("a word is missing")]
    MissingWord,
    /// `AND` next to `OR`.
    #[error("two different operators stand side by side")]
    OperatorClash,
    /// A `)` without its `(`.
    #[error("a closing parenthesis has no opening one")]
    Unopened,
    /// A `(` without its `)`.
    #[error("an opening parenthesis is not closed")]
    Unclosed,
    /// Parentheses nested deeper than [`MAX_DEPTH`].
    #[error("the parentheses are nested too deeply")]
    TooDeep,
    /// More than [`MAX_WORDS`] words.
    #[error("there are too many words")]
    TooManyWords,
    /// More than [`MAX_WILDCARDS`] wildcards.
    #[error("there are too many wildcards")]
    TooManyWildcards,
    /// Longer than [`MAX_LENGTH`].
    #[error("the search is too long")]
    TooLong,
}

impl SyntaxErrorKind {
    /// A stable name for programs and translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::MissingWord => "missing-word",
            Self::OperatorClash => "operator-clash",
            Self::Unopened => "unopened",
            Self::Unclosed => "unclosed",
            Self::TooDeep => "too-deep",
            Self::TooManyWords => "too-many-words",
            Self::TooManyWildcards => "too-many-wildcards",
            Self::TooLong => "too-long",
        }
    }
}

/// Reads a search over these fields.
///
/// # Errors
/// A malformed text, with the place.
pub fn parse(
    text: &str,
    grammar: Grammar,
    blanks: Blanks,
    affixes: &Affixes,
    fields: &[String],
) -> Result<Condition, SyntaxError> {
    let length = bounded(text)?;
    if crate::text::trim(text).is_empty() {
        return Err(SyntaxError {
            at: 0,
            kind: SyntaxErrorKind::Empty,
        });
    }
    parser::parse(
        &tokens::read(text, grammar),
        length,
        blanks,
        affixes,
        fields,
    )
}

/// The length of a text in characters.
fn bounded(text: &str) -> Result<usize, SyntaxError> {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Err(SyntaxError {
            at: MAX_LENGTH,
            kind: SyntaxErrorKind::TooLong,
        });
    }
    Ok(length)
}

/// Whether a backslash takes the meaning from this character (D04).
pub(crate) fn is_sign(c: char) -> bool {
    matches!(
        c,
        '*' | '+' | '(' | ')' | '&' | '|' | '!' | '"' | '\\' | ' '
    )
}

/// Whether a text of the detail search is within bounds.
///
/// # Errors
/// `TooLong` and `TooManyWildcards`, with the place.
pub fn check_wildcard(text: &str) -> Result<(), SyntaxError> {
    bounded(text)?;
    let mut stars = text.chars().enumerate().filter(|(_, c)| *c == '*');
    match stars.nth(MAX_WILDCARDS) {
        Some((at, _)) => Err(SyntaxError {
            at,
            kind: SyntaxErrorKind::TooManyWildcards,
        }),
        None => Ok(()),
    }
}

/// A text of the detail search, where only `*` has a meaning, and a backslash takes it away. It has to match a whole
/// value. Texts from outside are [checked](check_wildcard) first.
pub fn wildcard(text: &str) -> Pattern {
    let mut parts = vec![];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' => parts.push(Part::Any),
            '\\' => {
                let literal = chars.next_if(|next| is_sign(*next)).unwrap_or('\\');
                parts.push(Part::Text(literal.into()));
            }
            c => parts.push(Part::Text(c.into())),
        }
    }
    Pattern(parts).simplified()
}

#[cfg(test)]
mod tests;
