//! Reviews as people read them: the list, one of them, its items page by page.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, FieldProblem, Object, Result};
use kartoteka_store::Tx;
use kartoteka_store::own::review_items::{self, ReviewItemFilter};
use kartoteka_store::own::reviews::{self, OF_CUSTOMER, OPEN, ReviewRow};

use super::current_grants::Identity;
use super::item::{Decision, GroupNames, Outcome, ReviewItem, group_of, no_more};
use super::sign_off::ReviewResult;
use super::subject::{OtherAccess, Subject};
use crate::Reviews;

/// How far a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    Open,
    SignedOff,
    Cancelled,
}

impl ReviewState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::SignedOff, Self::Cancelled];

    /// The name in REST, the terminal and the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => OPEN,
            Self::SignedOff => "signed-off",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// How many items have which decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub items: u64,
    pub undecided: u64,
    pub confirm: u64,
    pub revoke: u64,
}

impl Counts {
    /// How many are decided.
    pub fn decided(&self) -> u64 {
        self.confirm + self.revoke
    }
}

/// A review.
#[derive(Debug, Clone)]
pub struct Review {
    pub id: i64,
    /// What is reviewed, by the key that it has now, or had when the review was closed.
    pub subject: Subject,
    /// Its key and display text when the review began.
    pub named: String,
    pub text: String,
    pub state: ReviewState,
    pub note: String,
    /// Seconds since 1970.
    pub started: i64,
    pub started_by: String,
    /// Access from elsewhere, as it was when the review began.
    pub beside: Vec<OtherAccess>,
    pub counts: Counts,
    /// When it was signed off or cancelled, by whom, and what they noted.
    pub ended: Option<i64>,
    pub ended_by: String,
    pub remark: String,
    /// What signing off came to.
    pub result: Option<ReviewResult>,
    /// SHA-256 of the whole review as it was signed off.
    pub digest: Option<String>,
    /// The journal's entry of the sign-off.
    pub entry: Option<i64>,
}

/// Which reviews to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReviewFilter {
    pub state: Option<ReviewState>,
    /// Reviews before this number; for paging.
    pub before: Option<i64>,
    pub limit: u32,
}

/// A page of reviews, the latest first.
#[derive(Debug, Clone)]
pub struct ReviewPage {
    pub reviews: Vec<Review>,
    /// The cursor of the next page, if there is one.
    pub next: Option<i64>,
}

/// Which items to list, or to decide on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemFilter {
    pub decision: Option<Decision>,
    pub outcome: Option<Outcome>,
    /// Every word has to be in the name, the key, the group or the permission.
    pub search: String,
}

/// A page of items.
#[derive(Debug, Clone)]
pub struct ItemPage {
    pub items: Vec<ReviewItem>,
    /// How many the filter leaves, on all pages.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<i64>,
}

/// The most on one page.
const MAX_PAGE: u32 = 1000;

impl ItemFilter {
    pub(super) fn asked(&self) -> ReviewItemFilter {
        ReviewItemFilter {
            decision: self.decision.map(|one| one.name().to_owned()),
            outcome: self.outcome.map(|one| one.name().to_owned()),
            search: self.search.clone(),
        }
    }
}

impl Reviews<'_> {
    /// Reviews, the latest first. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn reviews(self, actor: &Actor, filter: &ReviewFilter) -> Result<ReviewPage> {
        actor.require(Action::See, Object::Reviews)?;
        let limit = filter.limit.clamp(1, MAX_PAGE);
        let state = filter.state.map(ReviewState::name);
        let mut rows = reviews::latest(self.directory.home(), state, filter.before, limit + 1)
            .await
            .map_err(Error::home)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        Ok(ReviewPage {
            next: rows.last().filter(|_| more).map(|row| row.id),
            reviews: self.read_reviews(rows).await?,
        })
    }

    /// One review. Role: reader.
    ///
    /// # Errors
    /// `Unknown`; when the database does not answer.
    #[boxed]
    pub async fn review(self, actor: &Actor, review: i64) -> Result<Review> {
        actor.require(Action::See, Object::Reviews)?;
        let row = self.review_row(review).await?;
        let read = self.read_reviews(vec![row]).await?;
        read.into_iter().next().ok_or_else(|| unknown(review))
    }

    /// The open review of a group or customer, if there is one. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn open_review_of(self, actor: &Actor, subject: &Subject) -> Result<Option<i64>> {
        actor.require(Action::See, Object::Reviews)?;
        let about = self.about(subject).await?;
        self.open_review(&about).await
    }

    /// Items of a review, a page of them after a number, with what became of them since. Role: reader.
    ///
    /// # Errors
    /// `Unknown`; when the database does not answer.
    #[boxed]
    pub async fn review_items(
        self,
        actor: &Actor,
        review: i64,
        filter: &ItemFilter,
        after: Option<i64>,
        limit: u32,
    ) -> Result<ItemPage> {
        actor.require(Action::See, Object::Reviews)?;
        let row = self.review_row(review).await?;
        let limit = limit.clamp(1, MAX_PAGE);
        let asked = filter.asked();
        let home = self.directory.home();
        let after = after.unwrap_or_default();
        let (mut rows, total) = futures::try_join!(
            review_items::page(home, review, &asked, after, limit + 1),
            review_items::count(home, review, &asked),
        )
        .map_err(Error::home)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let open = row.state == OPEN;
        // A closed review says what was, whatever groups are called now.
        let names = match open {
            true => self.group_names().await?,
            false => GroupNames::new(),
        };
        let mut items = rows
            .iter()
            .map(|row| ReviewItem::read(row, &names))
            .collect::<Result<Vec<_>>>()?;
        if open {
            self.compare(actor, &mut items).await?;
        }
        Ok(ItemPage {
            next: items.last().filter(|_| more).map(|item| item.seq),
            items,
            total,
        })
    }

    /// Whether items are still given, and whether the actor may decide on them.
    async fn compare(self, actor: &Actor, items: &mut [ReviewItem]) -> Result<()> {
        let relations: Vec<_> = items.iter().map(|item| &item.relation).collect();
        let current = self.still_given(&relations).await?;
        let rights = match actor.may(Action::Change, Object::Reviews) {
            true => Some(self.access().rights(actor).await?),
            false => None,
        };
        for item in items {
            item.given = current.contains_key(&Identity::of(&item.relation));
            if let Some(rights) = &rights {
                let wanted = no_more(&item.relation);
                let refused = rights.refuse(&wanted, group_of(&item.relation));
                item.refused = refused.into_iter().next().map(|error| error.problem);
            }
        }
        Ok(())
    }

    pub(super) async fn review_row(self, review: i64) -> Result<ReviewRow> {
        let found = reviews::find(self.directory.home(), review).await;
        found.map_err(Error::home)?.ok_or_else(|| unknown(review))
    }

    pub(super) async fn open_row(self, review: i64) -> Result<ReviewRow> {
        open(self.review_row(review).await?)
    }

    /// The same within a transaction; nobody else decides or ends it until that ends.
    pub(super) async fn lock_open(self, tx: &mut Tx, review: i64) -> Result<ReviewRow> {
        let found = reviews::find_locked(tx, review).await;
        open(found.map_err(Error::home)?.ok_or_else(|| unknown(review))?)
    }

    async fn read_reviews(self, rows: Vec<ReviewRow>) -> Result<Vec<Review>> {
        let names = match rows
            .iter()
            .any(|row| row.state == OPEN && row.kind != OF_CUSTOMER)
        {
            true => self.group_names().await?,
            false => GroupNames::new(),
        };
        // What a signed-off review came to stands in it.
        let counted: Vec<i64> = rows
            .iter()
            .filter(|row| row.result.is_empty())
            .map(|row| row.id)
            .collect();
        let decisions = review_items::decisions(self.directory.home(), &counted)
            .await
            .map_err(Error::home)?;
        let read = |row: ReviewRow| {
            let count = |decision: Decision| {
                let found = decisions.get(&(row.id, decision.name().to_owned()));
                found.copied().unwrap_or_default()
            };
            let result: Option<ReviewResult> = match row.result.as_str() {
                "" => None,
                result => Some(serde_json::from_str(result).map_err(Error::internal)?),
            };
            let (undecided, confirm, revoke) = match &result {
                Some(result) => result.decided(),
                None => (
                    count(Decision::Undecided),
                    count(Decision::Confirm),
                    count(Decision::Revoke),
                ),
            };
            let now = names.get(&row.subject_id).cloned();
            let subject = match row.kind.as_str() {
                OF_CUSTOMER => Subject::Customer(row.subject),
                _ => Subject::Group(now.unwrap_or(row.subject)),
            };
            Ok(Review {
                id: row.id,
                subject,
                named: row.named,
                text: row.text,
                state: ReviewState::parse(&row.state)
                    .ok_or_else(|| Error::unknown_word(&row.state))?,
                note: row.note,
                started: row.started,
                started_by: row.started_by,
                beside: serde_json::from_str(&row.beside).map_err(Error::internal)?,
                counts: Counts {
                    items: row.items as u64,
                    undecided,
                    confirm,
                    revoke,
                },
                ended: row.ended,
                ended_by: row.ended_by,
                remark: row.remark,
                result,
                digest: Some(row.digest).filter(|digest| !digest.is_empty()),
                entry: row.entry,
            })
        };
        rows.into_iter().map(read).collect()
    }
}

fn open(row: ReviewRow) -> Result<ReviewRow> {
    match row.state.as_str() {
        OPEN => Ok(row),
        _ => Err(Error::field("review", FieldProblem::ReviewClosed)),
    }
}

fn unknown(review: i64) -> Error {
    Error::Unknown {
        what: "review",
        key: review.to_string(),
    }
}
