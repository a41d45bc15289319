//! What a new password has to be like.

mod common;

use std::fmt;

use regex::Regex;
use secrecy::{ExposeSecret, SecretString};

use crate::MAX_BYTES;

pub use common::is_like;

/// The rules (OTOBO's `CustomerPreferencesGroups###Password`). The default is what OTOBO ships. Rules that need to know
/// more than the password itself, its history and its age, are not judged here.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The least number of characters (`PasswordMinSize`).
    pub min_length: usize,
    /// The most bytes: what lies beyond would not count.
    pub max_bytes: usize,
    /// Two of a-z and two of A-Z (`PasswordMin2Lower2UpperCharacters`).
    pub min_2_lower_2_upper: bool,
    /// A digit, of any script (`PasswordNeedDigit`).
    pub need_digit: bool,
    /// Two word characters: letters, digits, underscores (`PasswordMin2Characters`).
    pub min_2_characters: bool,
    /// Three of: a digit, a-z, A-Z, anything that is no word character (`PasswordMin3of4`).
    pub min_3_of_4: bool,
    /// What has to be found in it (`PasswordRegExp`); searched in a time that grows only with the password's length.
    pub pattern: Option<Regex>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            min_length: 8,
            max_bytes: MAX_BYTES,
            min_2_lower_2_upper: false,
            need_digit: true,
            min_2_characters: false,
            min_3_of_4: false,
            pattern: None,
        }
    }
}

/// A rule that a password breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    /// Fewer characters than asked for.
    TooShort {
        min: usize,
    },
    /// More bytes than are looked at ([`crate::WriteFormat::max_bytes`]); of any policy.
    TooLong {
        max_bytes: usize,
    },
    /// Not two of a-z and two of A-Z.
    Not2Lower2Upper,
    NoDigit,
    /// Not two letters, digits or underscores.
    Not2Characters,
    /// Not three of the four kinds of characters.
    Not3Of4,
    /// The regular expression of the policy does not match.
    NoMatch,
    /// One that everybody tries first; of any policy.
    Common,
    /// A line break or another control character: nobody can type it; of any policy.
    ControlCharacter,
    /// The login, or the name, with little around it; of any policy. Only who knows them can tell ([`is_like`]).
    LikeName,
    /// The present one, or one of so many before it (`PasswordHistory`). Only who keeps them can tell.
    UsedBefore {
        count: usize,
    },
}

impl Violation {
    /// A stable name for programs: `too-short`, `no-digit`, ….
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::Not2Lower2Upper => "not-2-lower-2-upper",
            Self::NoDigit => "no-digit",
            Self::Not2Characters => "not-2-characters",
            Self::Not3Of4 => "not-3-of-4",
            Self::NoMatch => "no-match",
            Self::Common => "common",
            Self::ControlCharacter => "control-character",
            Self::LikeName => "like-name",
            Self::UsedBefore { .. } => "used-before",
        }
    }

    /// The number that the rule speaks of: characters, bytes or passwords.
    pub fn number(self) -> Option<usize> {
        match self {
            Self::TooShort { min } => Some(min),
            Self::TooLong { max_bytes } => Some(max_bytes),
            Self::UsedBefore { count } => Some(count),
            _ => None,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { min } => write!(f, "at least {min} characters"),
            Self::TooLong { max_bytes } => write!(f, "at most {max_bytes} bytes"),
            Self::Not2Lower2Upper => f.write_str("at least two small letters and two capitals"),
            Self::NoDigit => f.write_str("at least one digit"),
            Self::Not2Characters => f.write_str("at least two letters or digits"),
            Self::Not3Of4 => f.write_str(
                "at least three of: a digit, a small letter, a capital, another character",
            ),
            Self::NoMatch => f.write_str("what the pattern `regexp` in the settings finds"),
            Self::Common => f.write_str("not one of the passwords that everybody tries first"),
            Self::ControlCharacter => f.write_str("no line breaks and other control characters"),
            Self::LikeName => f.write_str("neither the login nor the name"),
            Self::UsedBefore { count } => {
                write!(
                    f,
                    "neither the present one nor one of the {count} before it"
                )
            }
        }
    }
}

impl Policy {
    /// The rules that hold beside those of any policy, as what a password that breaks them all would break.
    pub fn rules(&self) -> Vec<Violation> {
        let min = self.min_length.max(1);
        [
            (true, Violation::TooShort { min }),
            (
                self.max_bytes < MAX_BYTES,
                Violation::TooLong {
                    max_bytes: self.max_bytes,
                },
            ),
            (self.min_2_lower_2_upper, Violation::Not2Lower2Upper),
            (self.need_digit, Violation::NoDigit),
            (self.min_2_characters, Violation::Not2Characters),
            (self.min_3_of_4, Violation::Not3Of4),
            (self.pattern.is_some(), Violation::NoMatch),
        ]
        .into_iter()
        .filter_map(|(holds, rule)| holds.then_some(rule))
        .collect()
    }

    /// All rules that a password breaks, in the order in which they are listed; none when it is good.
    pub fn check(&self, password: &SecretString) -> Vec<Violation> {
        let password = password.expose_secret();
        // An empty one is never accepted.
        let (min, max_bytes) = (self.min_length.max(1), self.max_bytes.min(MAX_BYTES));
        if password.len() > max_bytes {
            // Nothing else is worth looking for.
            return vec![Violation::TooLong { max_bytes }];
        }
        let count = |kind: fn(char) -> bool| password.chars().filter(|c| kind(*c)).count();
        let lower = count(|c| c.is_ascii_lowercase());
        let upper = count(|c| c.is_ascii_uppercase());
        let digits = count(char::is_numeric);
        let word = count(in_word);
        let other = count(|c| !in_word(c));
        let kinds = [digits, lower, upper, other]
            .into_iter()
            .filter(|count| *count > 0)
            .count();
        // Those of few characters are too short.
        let common = password.chars().count() >= 6 && common::is_common(password);
        let control = password.chars().any(char::is_control);
        [
            (password.chars().count() < min, Violation::TooShort { min }),
            (
                self.min_2_lower_2_upper && (lower < 2 || upper < 2),
                Violation::Not2Lower2Upper,
            ),
            (self.need_digit && digits == 0, Violation::NoDigit),
            (self.min_2_characters && word < 2, Violation::Not2Characters),
            (self.min_3_of_4 && kinds < 3, Violation::Not3Of4),
            (
                self.pattern
                    .as_ref()
                    .is_some_and(|pattern| !pattern.is_match(password)),
                Violation::NoMatch,
            ),
            (common, Violation::Common),
            (control, Violation::ControlCharacter),
        ]
        .into_iter()
        .filter_map(|(broken, violation)| broken.then_some(violation))
        .collect()
    }
}

/// A word character of regular expressions (`\w`).
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests;
