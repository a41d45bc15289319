//! What happened to what a review goes through since it began.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Object, Relation, Result};
use kartoteka_store::own::review_items::{self, ItemKey};
use kartoteka_store::own::reviews::ReviewRow;

use super::current_grants::{CurrentGrants, Identity};
use super::item::{Decision, GrantColumns, GroupNames, relation};
use crate::Reviews;

/// What others gave and took since a review began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// How many items are not given any more.
    pub gone: u64,
    /// How many of them are not decided; they need no decision.
    pub gone_undecided: u64,
    /// Grants that are not in the review, at most so many as were asked for.
    pub added: Vec<Relation>,
    /// How many there are of them.
    pub added_total: u64,
}

/// All items of a review beside what is given now.
pub(super) struct Drifted {
    /// Items that are still given, and those that are not.
    pub given: Vec<ComparedItem>,
    pub gone: Vec<ComparedItem>,
    pub added: CurrentGrants,
}

/// An item, as far as comparing goes.
pub(super) struct ComparedItem {
    pub seq: i64,
    pub relation: Relation,
    pub decision: Decision,
}

fn compared(item: &ItemKey, groups: &GroupNames) -> Result<ComparedItem> {
    let columns = GrantColumns {
        kind: &item.kind,
        holder: &item.holder,
        other: &item.other,
        group_id: item.group_id,
        permission: &item.permission,
        context: &item.context,
    };
    Ok(ComparedItem {
        seq: item.seq,
        relation: relation(&columns, groups),
        decision: Decision::parse(&item.decision)
            .ok_or_else(|| Error::unknown_word(&item.decision))?,
    })
}

impl Reviews<'_> {
    /// What others gave and took since an open review began; of what was added the first few. Role: reader.
    ///
    /// # Errors
    /// `Unknown`; when the database does not answer.
    #[boxed]
    pub async fn review_drift(self, actor: &Actor, review: i64, few: usize) -> Result<Drift> {
        actor.require(Action::See, Object::Reviews)?;
        let row = self.review_row(review).await?;
        if row.state != kartoteka_store::own::reviews::OPEN {
            return Ok(Drift {
                gone: 0,
                gone_undecided: 0,
                added: vec![],
                added_total: 0,
            });
        }
        let drifted = self.drift(&row).await?;
        let undecided = drifted
            .gone
            .iter()
            .filter(|one| one.decision == Decision::Undecided);
        Ok(Drift {
            gone: drifted.gone.len() as u64,
            gone_undecided: undecided.count() as u64,
            added_total: drifted.added.len() as u64,
            added: drifted.added.into_values().take(few).collect(),
        })
    }

    pub(super) async fn drift(self, row: &ReviewRow) -> Result<Drifted> {
        let about = self.about_row(row).await?;
        let groups = self.group_names().await?;
        let mut added = self.current_grants(&about, &groups).await?;
        let item_keys = review_items::item_keys(self.directory.home(), row.id)
            .await
            .map_err(Error::home)?;
        let now: BTreeSet<Identity> = added.keys().cloned().collect();
        let mut drifted = Drifted {
            given: vec![],
            gone: vec![],
            added: CurrentGrants::new(),
        };
        for item in &item_keys {
            let compared_item = compared(item, &groups)?;
            let identity = Identity::of(&compared_item.relation);
            added.remove(&identity);
            match now.contains(&identity) {
                true => drifted.given.push(compared_item),
                false => drifted.gone.push(compared_item),
            }
        }
        drifted.added = added;
        Ok(drifted)
    }
}
