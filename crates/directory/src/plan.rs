//! Plans: what a write would do, worked out and validated before anything is written.

use std::collections::BTreeMap;

use kartoteka_model::Record;
use kartoteka_passwords::policy::Policy;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::error::{FieldError, FieldProblem};
use crate::kind::Kind;
use crate::save::PASSWORD;
use crate::sealed::Sealed;

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
    /// People gain or lose a permission in a group. Only a preview says so ([`crate::Directory::preview`]); the journal
    /// does not repeat what it tells anyway.
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

/// A write that was authorised, validated and worked out, but not done.
pub type Plan = Sealed<RecordPlan>;

/// What the plan of a write says.
#[derive(Debug, Clone)]
pub struct RecordPlan {
    pub kind: Kind,
    /// The source that the record is in or goes to.
    pub source: String,
    /// The key that the record will have; empty when it is generated on saving.
    pub key: String,
    /// The record before; none when it is created.
    pub before: Option<Record>,
    /// The record after.
    pub after: Record,
    pub changes: Vec<Change>,
    /// What is wrong; a plan with errors can be shown but not applied.
    pub errors: Vec<FieldError>,
    pub effects: Vec<Effect>,
    /// The version that the plan was made from.
    pub version: Option<Version>,
    pub(crate) actor: Actor,
    pub(crate) wanted: Fields,
    /// The preferences that change, with their new values; [`RecordPlan::changes`] has them too.
    pub(crate) preferences: Fields,
    pub(crate) password: Option<SecretString>,
    pub(crate) generated: bool,
    /// Whether who gets the password chose it.
    pub(crate) chosen: bool,
    /// What a generated password has to be like.
    pub(crate) policy: Policy,
}

/// A write that was done.
#[derive(Debug)]
pub struct Applied {
    pub kind: Kind,
    pub source: String,
    /// The key, as stored.
    pub key: String,
    pub record: Record,
    /// A person's preferences, as [`crate::Found::preferences`] has them.
    pub preferences: Fields,
    pub version: Version,
    /// A generated password, to be shown once.
    pub password: Option<SecretString>,
    /// The number of the journal entry; none if nothing had to be changed.
    pub journal: Option<i64>,
    pub effects: Vec<Effect>,
}

impl RecordPlan {
    /// Whether the record is created.
    pub fn creates(&self) -> bool {
        self.before.is_none()
    }

    /// Whether the record's own row would be written, and not only preferences.
    pub(crate) fn changes_row(&self) -> bool {
        self.creates() || self.password.is_some() || self.changes.len() > self.preferences.len()
    }

    /// Whether anything would be written.
    pub fn changes_anything(&self) -> bool {
        self.creates() || !self.changes.is_empty() || self.password.is_some()
    }
}

impl Plan {
    /// Asks for a generated password on saving, if none is set. Where the policy's pattern is one that can't be met by
    /// chance, that is among the errors: the password has to be typed.
    pub fn generate_password(&mut self) {
        self.alter().generate_password();
    }
}

impl RecordPlan {
    fn generate_password(&mut self) {
        if self.password.is_some() {
            return;
        }
        self.errors.retain(|error| error.field != PASSWORD);
        match kartoteka_passwords::generate_for(&self.policy, &mut rand::rng()) {
            Ok(password) => {
                self.generated = true;
                self.password = Some(password);
                self.effects.push(Effect::SetsPassword { generated: true });
            }
            Err(violations) => self.errors.push(FieldError::new(
                PASSWORD,
                FieldProblem::Password { violations },
            )),
        }
    }
}
