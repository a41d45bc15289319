//! `[lists]`: how much lists show.

use kartoteka_model::search::Blanks;

use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[
    Key::new("page_size", Kind::Whole(1, 1000), "50", "Rows of one page."),
    Key::new(
        "first",
        Kind::Whole(1, 100_000),
        "1000",
        "How many of the hits of a search can be paged through.",
    ),
    Key::new(
        "search_grammar",
        Kind::Choice(&["kartoteka", "otobo"]),
        "\"kartoteka\"",
        "What a blank between words of a search means: each word, in any of the fields; or, as OTOBO reads it, a part of one text.",
    ),
];

/// `[lists]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lists {
    /// Rows of one page.
    pub page_size: u32,
    /// "The first 1000 of 12 431".
    pub first: u32,
    /// What a blank in a search means: `search_grammar`.
    pub blanks: Blanks,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            page_size: 50,
            first: 1000,
            blanks: Blanks::Join,
        }
    }
}

impl Lists {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        Self {
            page_size: section.number("page_size").unwrap_or(shipped.page_size),
            first: section.number("first").unwrap_or(shipped.first),
            blanks: match section.choice("search_grammar") {
                Some("otobo") => Blanks::Text,
                _ => Blanks::Join,
            },
        }
    }
}
