//! Whether a review is still as it was signed off.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Object, Result};
use kartoteka_store::own::journal;

use crate::Reviews;

impl Reviews<'_> {
    /// Whether a review that was signed off is as it was then: it has the digest that the journal holds. The journal
    /// itself is checked by [`verify_journal`](kartoteka_directory::Directory::verify_journal). Role: reader.
    ///
    /// # Errors
    /// `Unknown` for one that was not signed off; when the database does not answer.
    #[boxed]
    pub async fn verify_review(self, actor: &Actor, review: i64) -> Result<bool> {
        actor.require(Action::See, Object::Reviews)?;
        let row = self.review_row(review).await?;
        let unknown = || Error::Unknown {
            what: "sign-off of review",
            key: review.to_string(),
        };
        let entry = row.entry.ok_or_else(unknown)?;
        let entry = journal::find(self.directory.home(), entry)
            .await
            .map_err(Error::home)?
            .ok_or_else(unknown)?;
        self.directory.fits(&entry).await
    }
}
