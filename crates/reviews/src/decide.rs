//! Confirming and revoking: single items, or all that a filter leaves.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, FieldError, FieldProblem, Object, Result};
use kartoteka_store::Tx;
use kartoteka_store::own::review_decisions::{self, Decided};
use kartoteka_store::own::review_items::{self, ItemRow};

use super::item::{Decision, PastDecision, ReviewItem, group_of, no_more, past};
use super::read::{Counts, ItemFilter};
use crate::Reviews;

/// A decision that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    /// The item's number.
    pub item: i64,
    pub decision: Decision,
    /// The comment; without one the comment stays.
    pub comment: Option<String>,
    /// The version of the item that the decision was made from.
    pub version: Option<i64>,
}

/// A decision of somebody else that was made meanwhile, and does not count any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overruled {
    pub item: i64,
    pub decision: Decision,
    pub comment: String,
    pub by: String,
}

/// What deciding came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedItems {
    /// How many items have another decision or comment now.
    pub changed: u64,
    /// Whom this overruled without their being seen; both decisions are kept.
    pub overruled: Vec<Overruled>,
    pub counts: Counts,
}

/// What deciding on all that a filter leaves came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecidedAll {
    pub changed: u64,
    /// How many were left alone, since somebody else has to decide on them.
    pub left: u64,
    pub counts: Counts,
}

/// Items read in one go.
const PORTION: u32 = 2000;

/// The longest list of earlier decisions that is kept with an item.
const PAST: usize = 50;

/// New decisions with the items that get them.
type Written = BTreeMap<Decided, Vec<i64>>;

impl Reviews<'_> {
    /// Decides on items of an open review. Of two who decide on the same the later one counts, and what the other said
    /// is kept with the item. Role: editor; in groups of one's own, and not on what one has oneself.
    ///
    /// # Errors
    /// `Unknown`; `Invalid` for a closed review, and for items by their place (`3.item`): then nothing is decided.
    #[boxed]
    pub async fn decide(
        self,
        actor: &Actor,
        review: i64,
        wanted: Vec<Decide>,
    ) -> Result<DecidedItems> {
        actor.require(Action::Change, Object::Reviews)?;
        let rights = self.access().rights(actor).await?;
        let names = self.group_names().await?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin().await?;
                self.lock_open(&mut tx, review).await?;
                let numbers: Vec<i64> = wanted.iter().map(|one| one.item).collect();
                let rows = review_items::numbered(&mut tx, review, &numbers)
                    .await
                    .map_err(Error::home)?;
                let rows: BTreeMap<i64, ItemRow> =
                    rows.into_iter().map(|row| (row.seq, row)).collect();
                let mut errors = vec![];
                let mut overruled = vec![];
                let mut written = Written::new();
                for (at, one) in wanted.iter().enumerate() {
                    let mut wrong = |field: &str, problem| {
                        errors.push(FieldError::new(format!("{at}.{field}"), problem));
                    };
                    let Some(row) = rows.get(&one.item) else {
                        wrong("item", FieldProblem::NotAChoice);
                        continue;
                    };
                    let item = ReviewItem::read(row, &names)?;
                    let refused = rights.refuse(&no_more(&item.relation), group_of(&item.relation));
                    if let Some(error) = refused.into_iter().next() {
                        wrong("item", error.problem);
                        continue;
                    }
                    let comment = match &one.comment {
                        None => row.remark.clone(),
                        Some(comment) => match super::remark("comment", comment) {
                            Ok(comment) => comment,
                            Err(Error::Invalid(mut found)) => {
                                if let Some(error) = found.pop() {
                                    wrong("comment", error.problem);
                                }
                                continue;
                            }
                            Err(error) => return Err(error),
                        },
                    };
                    let Some(decided) = decided(row, one.decision, comment)? else {
                        continue;
                    };
                    let unseen = one.version.is_some_and(|version| version != row.version);
                    if unseen
                        && item.decision != Decision::Undecided
                        && item.decided_by != actor.name()
                    {
                        overruled.push(Overruled {
                            item: one.item,
                            decision: item.decision,
                            comment: item.comment,
                            by: item.decided_by,
                        });
                    }
                    written.entry(decided).or_default().push(one.item);
                }
                if !errors.is_empty() {
                    return Err(Error::Invalid(errors));
                }
                let changed = self
                    .write_decisions(&mut tx, actor, review, written)
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(DecidedItems {
                    changed,
                    overruled,
                    counts: self.review(actor, review).await?.counts,
                })
            })
            .await
    }

    /// Decides on every item that a filter leaves; those that the actor may not decide on are left alone. Roles as for
    /// [`Reviews::decide`].
    ///
    /// # Errors
    /// `Unknown`; `Invalid` for a closed review or a comment that is too long.
    #[boxed]
    pub async fn decide_all(
        self,
        actor: &Actor,
        review: i64,
        filter: &ItemFilter,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<DecidedAll> {
        actor.require(Action::Change, Object::Reviews)?;
        let comment = comment
            .map(|comment| super::remark("comment", comment))
            .transpose()?;
        let rights = self.access().rights(actor).await?;
        let names = self.group_names().await?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin().await?;
                self.lock_open(&mut tx, review).await?;
                let asked = filter.asked();
                let mut written = Written::new();
                let (mut after, mut left) = (0, 0);
                loop {
                    let rows = review_items::page_locked(&mut tx, review, &asked, after, PORTION)
                        .await
                        .map_err(Error::home)?;
                    let Some(last) = rows.last() else { break };
                    after = last.seq;
                    for row in &rows {
                        let item = ReviewItem::read(row, &names)?;
                        let wanted = no_more(&item.relation);
                        if !rights.refuse(&wanted, group_of(&item.relation)).is_empty() {
                            left += 1;
                            continue;
                        }
                        let comment = comment.clone().unwrap_or_else(|| row.remark.clone());
                        if let Some(decided) = decided(row, decision, comment)? {
                            written.entry(decided).or_default().push(row.seq);
                        }
                    }
                }
                let changed = self
                    .write_decisions(&mut tx, actor, review, written)
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(DecidedAll {
                    changed,
                    left,
                    counts: self.review(actor, review).await?.counts,
                })
            })
            .await
    }

    /// Items that get the same are written together.
    async fn write_decisions(
        self,
        tx: &mut Tx,
        actor: &Actor,
        review: i64,
        written: Written,
    ) -> Result<u64> {
        let (at, by) = (self.directory.clock().now(), actor.name());
        if !written.is_empty() {
            self.directory.mark_request_written(tx).await?;
        }
        let mut changed = 0;
        for (decided, numbers) in written {
            changed += numbers.len() as u64;
            review_decisions::decide(tx, review, &numbers, &decided, at, &by)
                .await
                .map_err(Error::home)?;
        }
        Ok(changed)
    }
}

/// What is kept for an item; none if nothing changes.
fn decided(row: &ItemRow, decision: Decision, comment: String) -> Result<Option<Decided>> {
    if row.decision == decision.name() && row.remark == comment {
        return Ok(None);
    }
    let mut before = past(row)?;
    if let Some(at) = row.decided {
        before.push(PastDecision {
            decision: Decision::parse(&row.decision)
                .ok_or_else(|| Error::unknown_word(&row.decision))?,
            comment: row.remark.clone(),
            by: row.decided_by.clone(),
            at,
        });
    }
    if before.len() > PAST {
        before.remove(0);
    }
    let past = match before.is_empty() {
        true => String::new(),
        false => serde_json::to_string(&before).map_err(Error::internal)?,
    };
    Ok(Some(Decided {
        decision: decision.name().to_owned(),
        remark: comment,
        past,
    }))
}
