//! `[checks]`: what is checked beyond the field map.

use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[Key::new(
    "email",
    Kind::Switch,
    "true",
    "Refuse what is not an e-mail address (CheckEmailAddresses).",
)];

/// `[checks]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checks {
    /// Whether the syntax of e-mail addresses is checked.
    pub email: bool,
}

impl Default for Checks {
    fn default() -> Self {
        Self { email: true }
    }
}

impl Checks {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        Self {
            email: section.switch("email").unwrap_or(Self::default().email),
        }
    }
}
