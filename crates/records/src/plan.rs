//! Plans: what a write would do, worked out and validated before anything is written.

use kartoteka_directory::{
    Actor, Change, Effect, FieldError, FieldProblem, Fields, Kind, Policy, Sealed, Version,
};
use kartoteka_model::Record;
use secrecy::SecretString;

use crate::Records;
use crate::moves::Moved;
use crate::save::PASSWORD;

/// A write that was authorised, validated and worked out, but not done. What it says can be read by everybody; it is made
/// and taken apart by rooms alone, so that what is applied is what was checked.
///
/// ```
/// fn read(plan: &kartoteka_records::Plan) -> bool {
///     plan.errors.is_empty()
/// }
/// ```
///
/// ```compile_fail
/// fn alter(plan: &mut kartoteka_records::Plan) {
///     plan.errors.clear();
/// }
/// ```
///
/// ```compile_fail
/// fn make(said: kartoteka_records::RecordPlan) -> kartoteka_records::Plan {
///     kartoteka_directory::Sealed::new(said)
/// }
/// ```
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
    /// What moving the person from another source takes.
    pub(crate) moved: Option<Moved>,
}

/// A write that was done.
#[derive(Debug)]
pub struct Applied {
    pub kind: Kind,
    pub source: String,
    /// The key, as stored.
    pub key: String,
    pub record: Record,
    /// A person's preferences, as [`kartoteka_directory::Found::preferences`] has them.
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
        self.creates()
            || !self.changes.is_empty()
            || self.password.is_some()
            || self.moved.is_some()
    }

    /// The source that the record is in before: another one only where a person moves.
    pub fn source_before(&self) -> &str {
        self.moved
            .as_ref()
            .map_or(&self.source, |moved| &moved.from)
    }

    /// Whether it moves a person from one source to another.
    pub fn moves(&self) -> bool {
        self.moved.is_some()
    }
}

impl RecordPlan {
    /// The same plan, where whoever it is about chose the password themselves.
    pub fn chosen_by_owner(mut self) -> Self {
        self.chosen = true;
        self
    }

    pub(crate) fn generate_password(&mut self) {
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

impl Records<'_> {
    /// Asks for a generated password on saving, if none is set. Where the policy's pattern is one that can't be met by
    /// chance, that is among the errors: the password has to be typed.
    pub fn generate_password(self, plan: Plan) -> Plan {
        let mut plan = self.directory.open(plan);
        plan.generate_password();
        self.directory.seal(plan)
    }
}
