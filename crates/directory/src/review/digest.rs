//! The digest of a review that was signed off: the journal holds it, so that what is kept can be held to it.

use kartoteka_store::own::journal::Entry;
use kartoteka_store::own::review_items::{self, Asked, ItemRow};
use kartoteka_store::own::reviews::ReviewRow;
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::journal::history::body;
use crate::open::Directory;
use crate::rights::{Action, Object};

/// The member of the sign-off's entry that holds the digest.
pub(super) const FIELD: &str = "Digest";

/// Items read in one go.
pub(super) const PORTION: u32 = 2000;

/// A digest in the making: every text with its length, so that no two reviews read the same.
pub(super) struct Sum(Sha256);

impl Sum {
    /// Begins with what the review says of itself.
    pub fn new(row: &ReviewRow) -> Self {
        let mut sum = Self(Sha256::new());
        let numbers = [
            row.id,
            row.subject_id,
            row.started,
            row.items,
            row.ended.unwrap_or_default(),
        ];
        numbers
            .iter()
            .for_each(|number| sum.add(&number.to_string()));
        let texts = [
            &row.kind,
            &row.subject,
            &row.named,
            &row.text,
            &row.state,
            &row.note,
            &row.started_by,
            &row.beside,
            &row.ended_by,
            &row.remark,
            &row.result,
        ];
        texts.iter().for_each(|text| sum.add(text));
        sum
    }

    fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    /// Goes on with items.
    pub fn items(&mut self, items: &[ItemRow]) {
        for item in items {
            let numbers = [
                item.seq,
                item.group_id,
                i64::from(item.known),
                i64::from(item.valid),
                item.reach,
                item.decided.unwrap_or_default(),
            ];
            numbers
                .iter()
                .for_each(|number| self.add(&number.to_string()));
            let texts = [
                &item.kind,
                &item.holder,
                &item.holder_named,
                &item.holder_text,
                &item.other,
                &item.permission,
                &item.context,
                &item.also,
                &item.decision,
                &item.remark,
                &item.decided_by,
                &item.past,
                &item.outcome,
            ];
            texts.iter().for_each(|text| self.add(text));
        }
    }

    pub fn end(self) -> String {
        hex::encode(self.0.finalize())
    }
}

impl Directory {
    /// Whether a review that was signed off is as it was then: it has the digest that the journal holds. The journal
    /// itself is checked by [`Directory::verify_journal`]. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for one that was not signed off; when the database does not answer.
    pub async fn verify_review(&self, actor: &Actor, review: i64) -> Result<bool> {
        actor.require(Action::See, Object::Reviews)?;
        let row = self.review_row(review).await?;
        let unknown = || Error::Unknown {
            what: "sign-off of review",
            key: review.to_string(),
        };
        let entry = row.entry.ok_or_else(unknown)?;
        let entry = kartoteka_store::own::journal::find(&self.inner.home, entry)
            .await
            .map_err(Error::home)?
            .ok_or_else(unknown)?;
        self.fits(&entry).await
    }

    /// Whether the review that a sign-off's entry speaks of has the digest that the entry holds.
    pub(crate) async fn fits(&self, entry: &Entry) -> Result<bool> {
        let Ok(review) = entry.key.parse() else {
            return Ok(false);
        };
        let row = match self.review_row(review).await {
            Ok(row) => row,
            Err(Error::Unknown { .. }) => return Ok(false),
            Err(error) => return Err(error),
        };
        let changes = body(entry)?.changes;
        let said = changes.iter().find(|change| change.field == FIELD);
        let mut sum = Sum::new(&row);
        let mut after = 0;
        loop {
            let asked = Asked::default();
            let items = review_items::page(&self.inner.home, review, &asked, after, PORTION).await;
            let items = items.map_err(Error::home)?;
            let Some(last) = items.last() else { break };
            after = last.seq;
            sum.items(&items);
        }
        Ok(said.is_some_and(|said| said.after == sum.end()))
    }
}

/// Whether an entry is that of a sign-off.
pub(crate) fn is_sign_off(entry: &Entry) -> bool {
    entry.kind == super::KIND && entry.action == super::close::SIGN_OFF
}
