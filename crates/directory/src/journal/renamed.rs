//! Records by keys that they had: the journal links an earlier key to the entry that renamed it.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_model::text::lower;
use kartoteka_store::own::{journal, journal_sets};

use crate::actor::Actor;
use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::rights::{Action, Object};

impl Directory {
    /// The number of the latest entry of the journal: a form that remembers it finds its record again, whatever the
    /// record is called by then ([`Directory::key_since`]). Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn journal_position(&self, actor: &Actor) -> Result<i64> {
        actor.require(Action::See, Object::Access)?;
        journal::head(&self.inner.home).await.map_err(Error::home)
    }

    /// The key that a record has now which had this one when the journal was at a position; none if there is no such
    /// record any more. Role: reader.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn key_since(
        &self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        position: i64,
    ) -> Result<Option<String>> {
        actor.require(Action::See, Object::Access)?;
        let key = self.inside().present_key(kind, key, position).await?;
        match self.find(actor, kind, &key).await {
            Ok(found) => Ok(Some(found.key)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Inside<'_> {
    /// The key that a record has now which had this one at or after a position; the same for one that was not renamed.
    ///
    /// # Errors
    /// When the journal can't be read.
    #[boxed]
    pub async fn present_key(self, kind: Kind, key: &str, position: i64) -> Result<String> {
        let link = format!("renamed-{}", kind.name());
        let (mut key, mut position) = (key.to_owned(), position);
        loop {
            let mut renames = journal::linked(self.home(), &link, &key, position)
                .await
                .map_err(Error::home)?;
            // The first rename after the position is the one of that record: later ones are of whoever took the key.
            let Some(entry) = renames.pop() else {
                return Ok(key);
            };
            key = entry.key;
            position = entry.id;
        }
    }

    /// The same for many keys, each with its position: asks one by one only for those that were renamed.
    ///
    /// # Errors
    /// When the journal can't be read.
    #[boxed]
    pub async fn present_keys(self, kind: Kind, keys: &[(String, i64)]) -> Result<Vec<String>> {
        let Some(first) = keys.iter().map(|(_, position)| *position).min() else {
            return Ok(vec![]);
        };
        let names = keys.iter().map(|(key, _)| key.clone()).collect();
        let renamed = self.renamed_since(kind, names, first).await?;
        let mut present = vec![];
        for (key, position) in keys {
            present.push(match renamed.contains(&lower(key)) {
                true => self.present_key(kind, key, *position).await?,
                false => key.clone(),
            });
        }
        Ok(present)
    }

    /// Those of these keys, in lower case, that belonged to a record which was renamed after a position.
    ///
    /// # Errors
    /// When the journal can't be read.
    #[boxed]
    pub async fn renamed_since(
        self,
        kind: Kind,
        keys: BTreeSet<String>,
        position: i64,
    ) -> Result<BTreeSet<String>> {
        let link = format!("renamed-{}", kind.name());
        let keys: Vec<String> = keys.into_iter().collect();
        let found = journal_sets::linked_keys(self.home(), &link, &keys, position)
            .await
            .map_err(Error::home)?;
        Ok(found.iter().map(|key| lower(key)).collect())
    }
}
