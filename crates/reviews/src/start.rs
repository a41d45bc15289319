//! Beginning a review: what it would go through, then taking that in.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Object, Relation, Result, Sealed,
};
use kartoteka_store::own::reviews::{self, ReviewRow};
use kartoteka_store::own::{journal, review_items};

use super::current_grants::CurrentGrants;
use super::item::GroupNames;
use super::read::{Review, ReviewState};
use super::subject::{About, OtherAccess, Subject};
use crate::Reviews;

/// The most grants that one review goes through.
const MOST: usize = 50_000;

/// A review that was not begun.
pub type ReviewPlan = Sealed<ReviewPlanned>;

/// What the plan of a review says.
#[derive(Debug, Clone)]
pub struct ReviewPlanned {
    pub subject: Subject,
    /// The display text.
    pub text: String,
    /// How many grants there are to go through.
    pub grants: u64,
    /// Access that comes from elsewhere, which a review shows but can't decide on.
    pub beside: Vec<OtherAccess>,
    /// The review of the same that is under way.
    pub open: Option<i64>,
    /// What is wrong. A plan with errors can be shown but not applied.
    pub errors: Vec<FieldError>,
    actor: Actor,
}

impl Reviews<'_> {
    /// Plans to review a group or customer. Role: editor; of a group, one with `rw` in it.
    ///
    /// # Errors
    /// `Unknown` or `NotFound` for what is to be reviewed; when a source does not answer.
    #[boxed]
    pub async fn plan_review(self, actor: &Actor, subject: Subject) -> Result<ReviewPlan> {
        actor.require(Action::Change, Object::Reviews)?;
        let about = self.about(&subject).await?;
        let names = self.group_names().await?;
        let current = self.current_grants(&about, &names).await?;
        let settings = self.grants().access_settings().await?;
        let groups = self.access().all_groups(actor).await?;
        let open = self.open_review(&about).await?;
        let rights = self.access().rights(actor).await?;
        let mut errors: Vec<FieldError> = about.refuse(&rights).into_iter().collect();
        let field = about.kind().key_field();
        if let Some(review) = open {
            let problem = FieldProblem::ReviewOpen { review };
            errors.push(FieldError::new(field, problem));
        }
        if current.len() > MOST {
            let problem = FieldProblem::TooManyGrants { max: MOST };
            errors.push(FieldError::new(field, problem));
        }
        let key = about.key().to_owned();
        Ok(self.directory.seal(ReviewPlanned {
            subject: match about {
                About::Group(_) => Subject::Group(key),
                About::Customer { .. } => Subject::Customer(key),
            },
            text: about.text().to_owned(),
            grants: current.len() as u64,
            beside: about.beside(&groups, &settings),
            open,
            errors,
            actor: actor.clone(),
        }))
    }

    /// Begins the review: takes in everything that is given now.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, when somebody else began one meanwhile, and for a note that is too long.
    #[boxed]
    pub async fn start_review(self, plan: ReviewPlan, note: &str) -> Result<Review> {
        let plan = self.directory.open(plan);
        if !plan.errors.is_empty() {
            return Err(Error::Invalid(plan.errors));
        }
        let note = super::remark("note", note)?;
        let actor = &plan.actor;
        let before = self.taken_in(&plan.subject).await?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let mut taken = before.clone();
                if journal::head(self.directory.home())
                    .await
                    .map_err(Error::home)?
                    != taken.head
                {
                    // Somebody saved something meanwhile; now nobody does.
                    taken = self.taken_in(&plan.subject).await?;
                }
                let about = &taken.about;
                let field = about.kind().key_field();
                if let Some(review) = self.open_review(about).await? {
                    return Err(Error::field(field, FieldProblem::ReviewOpen { review }));
                }
                if taken.rows.len() > MOST {
                    return Err(Error::field(
                        field,
                        FieldProblem::TooManyGrants { max: MOST },
                    ));
                }
                let beside = serde_json::to_string(&plan.beside).map_err(Error::internal)?;
                let row = ReviewRow {
                    id: 0,
                    kind: about.kind().name().to_owned(),
                    subject: about.key().to_owned(),
                    subject_id: about.number(),
                    named: about.key().to_owned(),
                    text: about.text().to_owned(),
                    state: ReviewState::Open.name().to_owned(),
                    note: note.clone(),
                    started: self.directory.clock().now(),
                    started_by: actor.name(),
                    items: taken.rows.len() as i64,
                    beside,
                    ended: None,
                    ended_by: String::new(),
                    remark: String::new(),
                    result: String::new(),
                    digest: String::new(),
                    entry: None,
                };
                let id = reviews::insert(&mut tx, &row).await.map_err(Error::home)?;
                for (seq, item) in (1..).zip(&mut taken.rows) {
                    item.review = id;
                    item.seq = seq;
                }
                review_items::insert(&mut tx, &taken.rows)
                    .await
                    .map_err(Error::home)?;
                let changes = [
                    said(field, about.key()),
                    said("Items", taken.rows.len()),
                    said("Note", &note),
                ];
                self.review_entry(&mut tx, actor, "start-review", id, &changes)
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                self.review(actor, id).await
            })
            .await
    }

    /// Takes grants that were given since an open review began into it; how many they were. Roles as for starting one.
    ///
    /// # Errors
    /// `Unknown`; `Invalid` for a review that is closed.
    #[boxed]
    pub async fn take_in_added(self, actor: &Actor, review: i64) -> Result<u64> {
        actor.require(Action::Change, Object::Reviews)?;
        let row = self.open_row(review).await?;
        let about = self.about_row(&row).await?;
        if let Some(error) = about.refuse(&self.access().rights(actor).await?) {
            return Err(Error::Invalid(vec![error]));
        }
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let mut row = self.lock_open(&mut tx, review).await?;
                let drift = self.drift(&row).await?;
                let added: Vec<Relation> = drift.added.into_values().collect();
                let count = added.len();
                if count == 0 {
                    return Ok(0);
                }
                if row.items as usize + count > MOST {
                    let field = about.kind().key_field();
                    return Err(Error::field(
                        field,
                        FieldProblem::TooManyGrants { max: MOST },
                    ));
                }
                let mut rows = self.described(added).await?;
                for (seq, item) in (row.items + 1..).zip(&mut rows) {
                    item.review = review;
                    item.seq = seq;
                }
                review_items::insert(&mut tx, &rows)
                    .await
                    .map_err(Error::home)?;
                row.items += count as i64;
                reviews::update(&mut tx, &row).await.map_err(Error::home)?;
                let changes = [said("Items", row.items)];
                self.review_entry(&mut tx, actor, "take-into-review", review, &changes)
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(count as u64)
            })
            .await
    }

    async fn taken_in(self, subject: &Subject) -> Result<TakenIn> {
        let head = journal::head(self.directory.home())
            .await
            .map_err(Error::home)?;
        let about = self.about(subject).await?;
        let names: GroupNames = self.group_names().await?;
        let current: CurrentGrants = self.current_grants(&about, &names).await?;
        let rows = self.described(current.into_values().collect()).await?;
        Ok(TakenIn { head, about, rows })
    }

    /// The open review of the same, if there is one.
    pub(super) async fn open_review(self, about: &About) -> Result<Option<i64>> {
        let kind = about.kind().name();
        let found =
            reviews::find_open(self.directory.home(), kind, about.key(), about.number()).await;
        Ok(found.map_err(Error::home)?.map(|row| row.id))
    }

    /// An entry of the journal about a review.
    pub(super) async fn review_entry(
        self,
        tx: &mut kartoteka_store::Tx,
        actor: &Actor,
        action: &str,
        review: i64,
        changes: &[Change],
    ) -> Result<i64> {
        let changes: Vec<Change> = changes
            .iter()
            .filter(|change| !change.after.is_empty())
            .cloned()
            .collect();
        let note = JournalDraft {
            action,
            kind: super::KIND,
            source: "",
            key: &review.to_string(),
            key_before: "",
            changes: &changes,
            effects: &[],
        };
        self.directory.journal_entry(tx, actor, note).await
    }
}

/// What a review takes in, and the journal's head when that was read.
#[derive(Clone)]
struct TakenIn {
    head: i64,
    about: About,
    rows: Vec<review_items::ItemRow>,
}

/// What an entry says of a review.
pub(super) fn said(field: &str, value: impl ToString) -> Change {
    Change {
        field: field.to_owned(),
        before: String::new(),
        after: value.to_string(),
    }
}
