//! Regular expressions from settings: `PasswordRegExp`, `CheckEmailValidAddress` and their kind.

use regex::{Regex, RegexBuilder};
use thiserror::Error;

/// Bytes that an expression may come to when it is prepared; one that needs more is a mistake or an attack.
const LARGEST: usize = 1 << 20;

/// A regular expression. It is found in a time that grows only with the length of the text, which rules out
/// back references and looking around.
#[derive(Debug, Clone)]
pub struct RegExp(Regex);

/// Why a text is no expression, in English, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct RegExpError(String);

impl RegExp {
    /// Reads an expression.
    ///
    /// # Errors
    /// When it is malformed, too large, or looks around or back.
    pub fn new(text: &str) -> Result<Self, RegExpError> {
        Self::build(RegexBuilder::new(text))
    }

    /// Reads an expression that does not mind the case of letters.
    ///
    /// # Errors
    /// As [`RegExp::new`].
    pub fn ignoring_case(text: &str) -> Result<Self, RegExpError> {
        let mut builder = RegexBuilder::new(text);
        builder.case_insensitive(true);
        Self::build(builder)
    }

    fn build(mut builder: RegexBuilder) -> Result<Self, RegExpError> {
        let built = builder.size_limit(LARGEST).dfa_size_limit(LARGEST).build();
        built.map(Self).map_err(|error| {
            // The library draws the place over several lines, the reason is the last one.
            let text = error.to_string();
            let reason = text.lines().last().unwrap_or_default();
            RegExpError(reason.trim_start_matches("error: ").to_owned())
        })
    }

    /// Whether it is found anywhere in a text.
    pub fn is_found_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The expression for crates that know nothing of ours.
    pub fn regex(&self) -> &Regex {
        &self.0
    }
}

impl PartialEq for RegExp {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RegExp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_anywhere_and_with_regard_to_case_unless_told() {
        let expression = RegExp::new("^[a-z]+@").unwrap();
        assert!(expression.is_found_in("a@b") && !expression.is_found_in("A@b"));
        let expression = RegExp::ignoring_case("^[a-z]+@").unwrap();
        assert!(expression.is_found_in("A@b"));
    }

    #[test]
    fn what_is_none_says_why_in_one_line() {
        for (text, reason) in [
            ("(", "unclosed group"),
            ("[z-a]", "invalid character class range"),
            ("(?=x)", "look-around"),
            (r"(a)\1", "backreferences are not supported"),
            ("(x{1000}){1000}", "size limit"),
        ] {
            let error = RegExp::new(text).unwrap_err().to_string();
            assert!(error.contains(reason) && !error.contains('\n'), "{error}");
        }
    }
}
