//! `[checks]`: what is checked beyond the field map.

use kartoteka_model::RegExp;
use kartoteka_model::email::EmailRules;

use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "email",
        Kind::Switch,
        "true",
        "Refuse what is not an e-mail address (CheckEmailAddresses). Mail servers are never asked: what CheckMXRecord does is not done.",
    ),
    Key::new(
        "email_valid_address",
        Kind::Text,
        r"'^(root@localhost|admin@localhost)$'",
        "Regular expression of addresses that are taken whatever they look like, without regard to case (CheckEmailValidAddress); empty for none.",
    ),
    Key::new(
        "email_invalid_address",
        Kind::Text,
        r"'@(example)\.(..|...)$'",
        "Regular expression of addresses that are refused though well-formed, without regard to case (CheckEmailInvalidAddress); empty for none.",
    ),
];

/// `[checks]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    /// Whether e-mail addresses are checked at all.
    pub email: bool,
    /// Which are taken or refused beside their syntax.
    pub email_rules: EmailRules,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            email: true,
            email_rules: EmailRules::default(),
        }
    }
}

impl Checks {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        let rule = |key, shipped| {
            section
                .expression(key, RegExp::ignoring_case)
                .unwrap_or(shipped)
        };
        Self {
            email: section.bool("email").unwrap_or(shipped.email),
            email_rules: EmailRules {
                accepted: rule("email_valid_address", shipped.email_rules.accepted),
                refused: rule("email_invalid_address", shipped.email_rules.refused),
            },
        }
    }
}
