//! The kinds of records that plans, history and the journal speak of.

use serde::{Deserialize, Serialize};

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A person: `UserLogin` is the key.
    CustomerUser,
    /// A company: `CustomerID` is the key.
    Customer,
    /// A person who works in Kartoteka: `UserLogin` is the key.
    Agent,
}

impl Kind {
    /// The word that addresses, the journal and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomerUser => "customer-user",
            Self::Customer => "customer",
            Self::Agent => "agent",
        }
    }

    /// The field that holds the key of records of this kind, as the outside sees it.
    pub fn key_field(self) -> &'static str {
        match self {
            Self::CustomerUser | Self::Agent => "UserLogin",
            Self::Customer => "CustomerID",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::CustomerUser, Self::Customer, Self::Agent]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}
