//! Permission names and contexts.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The permission that includes all others.
pub const RW: &str = "rw";

/// The permissions that OTOBO knows, whichever of them can be given.
pub const STANDARD: [&str; 7] = ["ro", "move_into", "create", "note", "owner", "priority", RW];

/// The name of a permission: `ro`, `move_into`, `create`, `note`, `owner`, `priority`, `rw`, or another that
/// `System::Customer::Permission` names. Compared exactly (D06).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permission(String);

impl Permission {
    /// The permission of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Its name, as stored.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Whether it is `rw`.
    pub fn is_rw(&self) -> bool {
        self.0 == RW
    }

    /// Whether somebody who has this one has the other.
    pub fn includes(&self, other: &str) -> bool {
        self.is_rw() || self.0 == other
    }
}

impl Borrow<str> for Permission {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which tickets a customer's permission speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Those of the same customer: OTOBO's `001-CustomerID-same`.
    Same,
    /// Those of other customers: OTOBO's `100-CustomerID-other`.
    Other,
}

impl Context {
    /// Both contexts, the default one first.
    pub const ALL: [Self; 2] = [Self::Same, Self::Other];

    /// What the column `permission_context` holds.
    pub fn stored(self) -> &'static str {
        match self {
            Self::Same => "Ticket::CustomerID::Same",
            Self::Other => "Ticket::CustomerID::Other",
        }
    }

    /// The context that is stored so.
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|context| context.stored() == text)
    }

    /// The name in REST, the terminal and the journal: `same`, `other`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
        }
    }

    /// The context of this name, or of the stored form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|context| context.name() == text)
            .or_else(|| Self::from_stored(text))
    }
}
