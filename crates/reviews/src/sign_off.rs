//! Signing off: what would be taken away, and who loses what by it.

use kartoteka_access::{AccessEffects, RelationPlan, Wanted};
use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, FieldError, FieldProblem, Object, Result, Sealed};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::drift::{ComparedItem, Drifted};
use super::item::{Decision, no_more};
use crate::Reviews;

/// Signing off, worked out but not done.
pub type SignOffPlan = Sealed<SignOffPlanned>;

/// What the plan of a sign-off says.
#[derive(Debug, Clone)]
pub struct SignOffPlanned {
    pub review: i64,
    /// Items that stay.
    pub confirmed: u64,
    /// Items that are taken away: their numbers.
    pub revoked: Vec<i64>,
    /// Items that others took away before.
    pub gone: u64,
    /// Items that are not decided yet; with any, nothing can be signed off.
    pub undecided: u64,
    /// What was given since the review began and is in no item.
    pub added: u64,
    /// What is taken away with it, and who loses what.
    pub relations: RelationPlan,
    /// What is wrong, with the number of the item if it is one: `12.Group`. A plan with errors can be shown but not
    /// applied.
    pub errors: Vec<FieldError>,
    /// Stands for everything that this plan was made from: a sign-off that names it is refused once that changed.
    pub seen: String,
    pub(super) actor: Actor,
}

/// A permission that people had no more after a sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenAway {
    pub group: String,
    pub permission: String,
    pub people: u64,
    pub customers: u64,
}

/// What signing off came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReviewResult {
    pub confirmed: u64,
    pub revoked: u64,
    /// Items that others had taken away before, by what was decided on them.
    pub gone_undecided: u64,
    pub gone_confirmed: u64,
    pub gone_revoked: u64,
    /// What was given since the review began and was in no item.
    pub added: u64,
    /// Who lost what by it.
    pub lost: Vec<TakenAway>,
    /// The journal's first entry of what was taken away, and how many there are.
    pub journal: Option<(i64, u64)>,
}

impl ReviewResult {
    /// Items that were gone.
    pub fn gone(&self) -> u64 {
        self.gone_undecided + self.gone_confirmed + self.gone_revoked
    }

    /// How many items were undecided, confirmed and revoked.
    pub(super) fn decided(&self) -> (u64, u64, u64) {
        (
            self.gone_undecided,
            self.confirmed + self.gone_confirmed,
            self.revoked + self.gone_revoked,
        )
    }
}

/// What people lose, in short.
pub(super) fn taken_away(effects: &AccessEffects) -> Vec<TakenAway> {
    let lost = effects.permissions.iter().filter(|effect| !effect.gained);
    lost.map(|effect| TakenAway {
        group: effect.group.clone(),
        permission: effect.permission.clone(),
        people: effect.people.len() as u64,
        customers: effect.customers,
    })
    .collect()
}

impl Reviews<'_> {
    /// Plans to sign an open review off. Roles as for starting it; whoever signs must be allowed to take away what is
    /// revoked.
    ///
    /// # Errors
    /// `Unknown`; `Invalid` for a closed review; when a source does not answer.
    #[boxed]
    pub async fn plan_sign_off(self, actor: &Actor, review: i64) -> Result<SignOffPlan> {
        actor.require(Action::Change, Object::Reviews)?;
        let row = self.open_row(review).await?;
        let about = self.about_row(&row).await?;
        let drifted = self.drift(&row).await?;
        let revoked = to_revoke(&drifted);
        let wanted: Vec<Wanted> = revoked.iter().map(|one| no_more(&one.relation)).collect();
        let planned = self.access().plan_relations(actor, wanted).await?;
        let mut relations = self.directory.open(planned);
        let mut errors: Vec<FieldError> = about
            .refuse(&self.access().rights(actor).await?)
            .into_iter()
            .collect();
        let undecided = count(&drifted.given, Decision::Undecided);
        if undecided > 0 {
            let count = undecided as usize;
            errors.push(FieldError::new("items", FieldProblem::Undecided { count }));
        }
        let revoked: Vec<i64> = revoked.iter().map(|one| one.seq).collect();
        errors.extend(at_items(std::mem::take(&mut relations.errors), &revoked));
        Ok(self.directory.seal(SignOffPlanned {
            review,
            confirmed: count(&drifted.given, Decision::Confirm),
            gone: drifted.gone.len() as u64,
            undecided,
            added: drifted.added.len() as u64,
            seen: seen(&drifted),
            revoked,
            relations: self.directory.seal(relations),
            errors,
            actor: actor.clone(),
        }))
    }
}

/// The items that are to be taken away and are still there.
pub(super) fn to_revoke(drifted: &Drifted) -> Vec<&ComparedItem> {
    let given = drifted.given.iter();
    given
        .filter(|one| one.decision == Decision::Revoke)
        .collect()
}

pub(super) fn count(items: &[ComparedItem], decision: Decision) -> u64 {
    items.iter().filter(|one| one.decision == decision).count() as u64
}

/// Mistakes in what is taken away, at the items that they come from.
pub(super) fn at_items(errors: Vec<FieldError>, revoked: &[i64]) -> Vec<FieldError> {
    let at_item = |error: FieldError| {
        let place = error.field.split_once('.');
        let item =
            place.and_then(|(at, part)| Some((revoked.get(at.parse::<usize>().ok()?)?, part)));
        match item {
            Some((item, part)) => FieldError {
                field: format!("{item}.{part}"),
                problem: error.problem,
            },
            None => error,
        }
    };
    errors.into_iter().map(at_item).collect()
}

/// Stands for all decisions and for what is given now.
pub(super) fn seen(drifted: &Drifted) -> String {
    let mut hasher = Sha256::new();
    for (mark, items) in [(b'+', &drifted.given), (b'-', &drifted.gone)] {
        for compared_item in items {
            hasher.update([mark]);
            hasher.update(compared_item.seq.to_be_bytes());
            hasher.update(compared_item.decision.name().as_bytes());
        }
    }
    hasher.update((drifted.added.len() as u64).to_be_bytes());
    hex::encode(&hasher.finalize()[..12])
}
