//! The kinds of records that plans, history and the journal speak of.

use serde::{Deserialize, Serialize};

/// The field with a service's full name, made of `Parent` and `Name`.
pub const FULL_NAME: &str = "FullName";

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
    /// What permissions are given on: `Name` is the key.
    Group,
    /// What a customer user may ask for: `FullName` (`Parent::Child`) is the key.
    Service,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [
        Self::CustomerUser,
        Self::Customer,
        Self::Agent,
        Self::Group,
        Self::Service,
    ];

    /// The word that addresses, the journal and messages use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CustomerUser => "customer-user",
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Group => "group",
            Self::Service => "service",
        }
    }

    /// The field that holds the key of records of this kind, as the outside sees it.
    pub fn key_field(self) -> &'static str {
        match self {
            Self::CustomerUser | Self::Agent => "UserLogin",
            Self::Customer => "CustomerID",
            Self::Group => "Name",
            Self::Service => FULL_NAME,
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
