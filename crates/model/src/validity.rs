//! Whether a person, customer, group or service takes part: OTOBO's table `valid`.

use serde::{Deserialize, Serialize};

/// The three validities of OTOBO's `valid` table. People and customers are never deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    Valid,
    Invalid,
    InvalidTemporarily,
}

impl Validity {
    /// All validities in the order of their numbers.
    pub const ALL: [Validity; 3] = [Self::Valid, Self::Invalid, Self::InvalidTemporarily];

    /// The number that the `valid_id` columns hold.
    pub fn id(self) -> i16 {
        match self {
            Self::Valid => 1,
            Self::Invalid => 2,
            Self::InvalidTemporarily => 3,
        }
    }

    /// The validity with this number, if there is one.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|validity| i64::from(validity.id()) == id)
    }

    /// Reads what a form, REST or a file may say: the number or OTOBO's name (`invalid-temporarily`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .find(|validity| validity.name() == text || validity.id().to_string() == text)
    }

    /// OTOBO's name, also the one REST uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::InvalidTemporarily => "invalid-temporarily",
        }
    }
}
