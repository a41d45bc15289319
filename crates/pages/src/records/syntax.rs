//! What can be typed into a search, and a malformed one with a mark below the place.

use kartoteka_model::search::{Blanks, Grammar, SyntaxError, remarks};

use super::screen::Screen;
use crate::frame::Frame;

/// What can be typed into the search of a list, and the key of what it finds: in the fields that are searched, which the
/// hint names after them. People's towns are none of those.
pub fn examples(screen: Screen, blanks: Blanks) -> [(&'static str, &'static str); 5] {
    let (both, others) = match (screen.is_people(), blanks == Blanks::Join) {
        (true, true) => ("nowak anna", PEOPLE),
        (true, false) => ("nowak+anna", PEOPLE),
        (false, true) => ("orion gmbh", CUSTOMERS),
        (false, false) => ("orion+gmbh", CUSTOMERS),
    };
    let [exactly, either, without, any] = others;
    [
        (both, "records-search-help-and"),
        (exactly, "records-search-help-phrase"),
        (either, "records-search-help-or"),
        (without, "records-search-help-not"),
        (any, "records-search-help-any"),
    ]
}

const PEOPLE: [&str; 4] = ["\"anna.nowak\"", "nowak OR kowal", "!nowak", "now*k"];

const CUSTOMERS: [&str; 4] = ["\"sp. z o.o.\"", "orion OR solar", "!gmbh", "or*gmbh"];

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
