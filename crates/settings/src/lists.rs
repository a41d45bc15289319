//! `[lists]`: how much lists show.

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
];

/// `[lists]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lists {
    /// Rows of one page.
    pub page_size: u32,
    /// "The first 1000 of 12 431".
    pub first: u32,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            page_size: 50,
            first: 1000,
        }
    }
}

impl Lists {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        Self {
            page_size: section.number("page_size").unwrap_or(shipped.page_size),
            first: section.number("first").unwrap_or(shipped.first),
        }
    }
}
