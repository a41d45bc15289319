//! Reviews that were signed off: the journal holds the digest of each, so that what is kept can be held to it.

use kartoteka_boxed::boxed;
use kartoteka_store::own::journal::Entry;
use kartoteka_store::own::review_items::{self, ItemRow, ReviewItemFilter};
use kartoteka_store::own::reviews::{self, ReviewRow};
use sha2::{Digest, Sha256};

use crate::directory::Inside;
use crate::error::{Error, Result};
use crate::journal::history::body;
use crate::journal::topic::Topic;

/// The journal's word for signing off.
pub const SIGN_OFF: &str = "sign-off-review";

/// The member of the sign-off's entry that holds the digest.
pub const DIGEST: &str = "Digest";

/// Items read in one go.
pub const ITEMS_AT_ONCE: u32 = 2000;

/// A digest in the making: every text with its length, so that no two reviews read the same.
pub struct Sum(Sha256);

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

    /// The digest, in hexadecimal digits.
    pub fn end(self) -> String {
        hex::encode(self.0.finalize())
    }
}

impl Inside<'_> {
    /// Whether the review that a sign-off's entry speaks of has the digest that the entry holds.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn fits(self, entry: &Entry) -> Result<bool> {
        let Ok(review) = entry.key.parse() else {
            return Ok(false);
        };
        let found = reviews::find(self.home(), review).await;
        let Some(row) = found.map_err(Error::home)? else {
            return Ok(false);
        };
        let changes = body(entry)?.changes;
        let said = changes.iter().find(|change| change.field == DIGEST);
        let mut sum = Sum::new(&row);
        let mut after = 0;
        loop {
            let asked = ReviewItemFilter::default();
            let items = review_items::page(self.home(), review, &asked, after, ITEMS_AT_ONCE).await;
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
    entry.kind == Topic::Review.name() && entry.action == SIGN_OFF
}
