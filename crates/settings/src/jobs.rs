//! `[jobs]`: changes for many people at once.

use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[Key::new(
    "kept_days",
    Kind::Whole(0, 36_500),
    "90",
    "Days after which it is forgotten what a finished job did for each person: then it can't be taken back as a whole any \
     more. Its counts and the journal stay; 0 forgets nothing.",
)];

/// `[jobs]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jobs {
    /// Days for which the people of a finished job are kept; 0 stands for ever.
    pub kept_days: u32,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { kept_days: 90 }
    }
}

impl Jobs {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        Self {
            kept_days: section.number("kept_days").unwrap_or(shipped.kept_days),
        }
    }
}
