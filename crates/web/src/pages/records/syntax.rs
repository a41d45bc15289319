//! A malformed search, with a mark below the place.

use kartoteka_model::search::{Grammar, SyntaxError, remarks};

use crate::frame::Frame;

/// What the page shows of a malformed search.
pub struct SyntaxMistake {
    pub message: String,
    /// The search as typed, in one line.
    pub text: String,
    /// Blanks, then `^` below the place.
    pub caret: String,
}

impl SyntaxMistake {
    /// The mistake in a search.
    pub fn new(page: &Frame, text: &str, error: &SyntaxError) -> Self {
        let place = error.at.min(text.chars().count());
        let message = format!(
            "{} {}",
            page.t(&format!("records-syntax-{}", error.kind.code())),
            page.count("records-syntax-at", place + 1)
        );
        Self::at(text, place, message)
    }

    /// What there is to say about a search that was read all the same, if anything.
    pub fn remark(page: &Frame, text: &str, grammar: Grammar) -> Option<Self> {
        let remark = *remarks(text, grammar).first()?;
        let message = page.t(&format!("records-remark-{}", remark.kind.code()));
        Some(Self::at(text, remark.at, message))
    }

    fn at(text: &str, place: usize, message: String) -> Self {
        Self {
            message,
            // One character is one column, so that the mark stands below it.
            text: text.replace(char::is_control, " "),
            caret: format!("{}^", " ".repeat(place)),
        }
    }
}
