//! What plans and the journal say: fields, changes, and what a write does beside them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Fields that a caller passes, by name. Fields not passed stay as they are; an empty text empties (D09).
pub type Fields = BTreeMap<String, String>;

/// The state of a record, as a short opaque text: `ETag` in REST, a hidden field in forms.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub String);

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub before: String,
    pub after: String,
}

/// What a write does beside the record itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum Effect {
    /// The key changes; what refers to it is carried along.
    Renames { from: String, to: String },
    /// So many rows of a table follow the new key.
    Carries { table: String, rows: u64 },
    /// So many people of a read-only source keep the key that nothing has any more then.
    LeavesBehind { source: String, rows: u64 },
    /// A password is set. It is never shown.
    SetsPassword { generated: bool },
    /// So many sessions end.
    EndsSessions { count: u64 },
    /// The record stops or starts to take part.
    ChangesValidity { from: String, to: String },
    /// A service below follows: its full name begins otherwise.
    RenamesBelow { from: String, to: String },
    /// An agent gets another role.
    ChangesRole { from: String, to: String },
    /// A person goes from one source to another.
    Moves { from: String, to: String },
    /// The row in this source goes: in the same transaction, or once the record is kept where it goes.
    RemovesRow { source: String, together: bool },
    /// What the source had under the login before is written over.
    Overwrites { source: String },
    /// Fields that have values and no place in the source.
    NoPlace { source: String, fields: Vec<String> },
    /// Columns of the row that goes which no field is in.
    LosesColumns {
        source: String,
        columns: Vec<String>,
    },
    /// The stored password goes along.
    CarriesPassword,
    /// The stored password can't go along.
    LosesPassword,
    /// There is no password that could go along.
    HasNoPassword,
    /// This source has the login as well and is not asked for it.
    Shadows { source: String },
    /// This source goes on speaking for the login for as long as it has it.
    SpeaksLater { source: String },
    /// People gain or lose a permission in a group. Only a preview by the room of access says so; the journal does not
    /// repeat what it tells anyway.
    ChangesPermission {
        group: String,
        permission: String,
        /// Otherwise they lose it.
        gained: bool,
        people: u64,
        /// How many customers they are of, by their own records, where that was counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customers: Option<u64>,
        /// The first of them.
        logins: Vec<String>,
    },
}
