//! A malformed search, with a mark below the place.

use kartoteka_model::search::SyntaxError;

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
        Self {
            message: format!(
                "{} {}",
                page.t(&format!("records-syntax-{}", error.kind.code())),
                page.count("records-syntax-at", place + 1)
            ),
            text: text.to_owned(),
            caret: format!("{}^", " ".repeat(place)),
        }
    }
}
