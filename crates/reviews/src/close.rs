//! Ending a review: signed off, with everything that is taken away, or cancelled.

use kartoteka_access::{RelationsApplied, Wanted};
use kartoteka_boxed::boxed;
use kartoteka_directory::inside::sign_off::{DIGEST, ITEMS_AT_ONCE, SIGN_OFF, Sum};
use kartoteka_directory::inside::{JournalDraft, entry_of};
use kartoteka_directory::{Action, Actor, Change, Error, FieldProblem, Object, Result};
use kartoteka_store::Tx;
use kartoteka_store::own::reviews::{self, ReviewRow};
use kartoteka_store::own::{journal, review_decisions, review_items};

use super::drift::Drifted;
use super::item::{Decision, Outcome, no_more};
use super::read::{Review, ReviewState};
use super::sign_off::{
    ReviewResult, SignOffPlan, SignOffPlanned, at_items, count, seen, taken_away, to_revoke,
};
use super::start::said;
use crate::Reviews;

impl Reviews<'_> {
    /// Signs a review off: takes away what is revoked and closes the review, all of it or nothing. With `expected` (the
    /// [`super::SignOffPlanned::seen`] of a preview) only if nothing changed since.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors or would have them now; then every decision stays as it is.
    #[boxed]
    pub async fn sign_off(
        self,
        plan: SignOffPlan,
        expected: Option<&str>,
        remark: &str,
    ) -> Result<Review> {
        let SignOffPlanned {
            review,
            relations,
            errors,
            seen: planned,
            actor,
            ..
        } = self.directory.open(plan);
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        if expected.is_some_and(|expected| expected != planned) {
            return Err(Error::field("seen", FieldProblem::ReviewChanged));
        }
        let remark = super::remark("note", remark)?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let mut row = self.lock_open(&mut tx, review).await?;
                let drifted = self.drift(&row).await?;
                if seen(&drifted) != planned {
                    // Somebody decided, gave or took something since the plan was made.
                    return Err(Error::field("seen", FieldProblem::ReviewChanged));
                }
                let revoked = to_revoke(&drifted);
                let wanted: Vec<Wanted> =
                    revoked.iter().map(|one| no_more(&one.relation)).collect();
                let revoked: Vec<i64> = revoked.iter().map(|one| one.seq).collect();
                // A rename since the plan was made changes what the revocations name, not what they are.
                let relations = match relations.is_of(&wanted) {
                    true => relations.clone(),
                    false => self.access().plan_relations(&actor, wanted).await?,
                };
                let applied = self
                    .grants()
                    .apply_relations_within(&mut tx, relations)
                    .await;
                let applied = applied.map_err(|error| match error {
                    Error::Invalid(errors) => Error::Invalid(at_items(errors, &revoked)),
                    error => error,
                })?;
                self.end_items(&mut tx, review, &drifted).await?;
                row.state = ReviewState::SignedOff.name().to_owned();
                row.ended = Some(self.directory.clock().now());
                row.ended_by = actor.name();
                row.remark.clone_from(&remark);
                // From here on names stay as they are.
                let about = self.about_row(&row).await?;
                row.subject = about.key().to_owned();
                let result = result(&drifted, &applied);
                row.result = serde_json::to_string(&result).map_err(Error::internal)?;
                row.digest = self.digest_of(&mut tx, &row).await?;
                let entry = self
                    .signed_entry(&mut tx, &actor, &row, &result, applied.journal)
                    .await?;
                row.entry = Some(entry);
                reviews::update(&mut tx, &row).await.map_err(Error::home)?;
                tx.commit().await.map_err(Error::home)?;
                self.review(&actor, review).await
            })
            .await
    }

    /// Ends a review without taking anything away; it is kept as it is. Roles as for starting one.
    ///
    /// # Errors
    /// `Unknown`; `Invalid` for a closed review.
    #[boxed]
    pub async fn cancel_review(self, actor: &Actor, review: i64, remark: &str) -> Result<Review> {
        actor.require(Action::Change, Object::Reviews)?;
        let remark = super::remark("note", remark)?;
        let row = self.open_row(review).await?;
        let about = self.about_row(&row).await?;
        if let Some(error) = about.refuse(&self.access().rights(actor).await?) {
            return Err(Error::Invalid(vec![error]));
        }
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let mut row = self.lock_open(&mut tx, review).await?;
                row.state = ReviewState::Cancelled.name().to_owned();
                row.ended = Some(self.directory.clock().now());
                row.ended_by = actor.name();
                row.remark.clone_from(&remark);
                reviews::update(&mut tx, &row).await.map_err(Error::home)?;
                let changes = [
                    said(about.kind().key_field(), about.key()),
                    said("Note", &row.remark),
                ];
                self.review_entry(&mut tx, actor, "cancel-review", review, &changes)
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                self.review(actor, review).await
            })
            .await
    }

    /// Notes at every item what became of it.
    async fn end_items(self, tx: &mut Tx, review: i64, drifted: &Drifted) -> Result<()> {
        for (decision, outcome) in [
            (Decision::Confirm, Outcome::Kept),
            (Decision::Revoke, Outcome::Revoked),
        ] {
            review_decisions::end_decided(tx, review, decision.name(), outcome.name())
                .await
                .map_err(Error::home)?;
        }
        let gone: Vec<i64> = drifted.gone.iter().map(|one| one.seq).collect();
        review_decisions::end_numbered(tx, review, &gone, Outcome::Gone.name())
            .await
            .map_err(Error::home)
    }

    async fn digest_of(self, tx: &mut Tx, row: &ReviewRow) -> Result<String> {
        let mut sum = Sum::new(row);
        let asked = review_items::ReviewItemFilter::default();
        let mut after = 0;
        loop {
            let items = review_items::page_locked(tx, row.id, &asked, after, ITEMS_AT_ONCE).await;
            let items = items.map_err(Error::home)?;
            let Some(last) = items.last() else { break };
            after = last.seq;
            sum.items(&items);
        }
        Ok(sum.end())
    }

    /// The sign-off's own entry. It belongs to the entries of what was taken away, so that taking it back takes those
    /// back.
    async fn signed_entry(
        self,
        tx: &mut Tx,
        actor: &Actor,
        row: &ReviewRow,
        result: &ReviewResult,
        batch: Option<(i64, u64)>,
    ) -> Result<i64> {
        self.directory.mark_request_written(tx).await?;
        let field = match row.kind.as_str() {
            reviews::OF_CUSTOMER => "CustomerID",
            _ => "Name",
        };
        let changes: Vec<Change> = [
            said(field, &row.subject),
            said("Confirmed", result.confirmed),
            said("Revoked", result.revoked),
            said("Gone", result.gone()),
            said("Unreviewed", result.added),
            said("Note", &row.remark),
            said(DIGEST, &row.digest),
        ]
        .into_iter()
        .filter(|change| !change.after.is_empty())
        .collect();
        let mut body = serde_json::json!({"changes": changes, "effects": []});
        if let Some((first, size)) = batch {
            body["batch"] = first.into();
            body["size"] = size.into();
        }
        let key = row.id.to_string();
        let draft = JournalDraft {
            action: SIGN_OFF,
            kind: super::KIND,
            source: "",
            key: &key,
            key_before: "",
            changes: &changes,
            effects: &[],
        };
        let entry = entry_of(
            actor,
            &draft,
            body.to_string(),
            self.directory.clock().now_ms(),
        )?;
        journal::append(tx, entry).await.map_err(Error::home)
    }
}

fn result(drifted: &Drifted, applied: &RelationsApplied) -> ReviewResult {
    let gone = |decision| count(&drifted.gone, decision);
    ReviewResult {
        confirmed: count(&drifted.given, Decision::Confirm),
        revoked: count(&drifted.given, Decision::Revoke),
        gone_undecided: gone(Decision::Undecided),
        gone_confirmed: gone(Decision::Confirm),
        gone_revoked: gone(Decision::Revoke),
        added: drifted.added.len() as u64,
        lost: taken_away(&applied.effects),
        journal: applied.journal,
    }
}
