//! Finding the record of a form again that was open while the record got another key.

use kartoteka_store::own::journal;

use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::open::Directory;
use crate::rights::{Action, Object};

impl Directory {
    /// The number of the latest entry of the journal: a form that remembers it finds its record again, whatever the
    /// record is called by then ([`Directory::key_since`]). Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn journal_position(&self, actor: &Actor) -> Result<i64> {
        actor.require(Action::See, Object::Access)?;
        journal::head(&self.inner.home).await.map_err(Error::home)
    }

    /// The key that a record has now which had this one when the journal was at a position; none if there is no such
    /// record any more. Role: reader.
    ///
    /// # Errors
    /// When a source does not answer.
    pub async fn key_since(
        &self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        position: i64,
    ) -> Result<Option<String>> {
        actor.require(Action::See, Object::Access)?;
        let key = self.present_key(kind, key, position).await?;
        match self.find(actor, kind, &key).await {
            Ok(found) => Ok(Some(found.key)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
