//! What is known of whose a login is, for those who answer what somebody has.

use std::collections::HashMap;

use kartoteka_boxed::boxed;
use kartoteka_model::text::{lower, same_key};
use kartoteka_sources::SourceRow;
use kartoteka_store::own::held_back;
use kartoteka_store::own::identities::{self, IdentityRow};

use crate::directory::Inside;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

/// What was noted of a login.
#[derive(Debug, Clone, Default)]
pub struct KnownIdentity {
    noted: Vec<IdentityRow>,
    /// Sources in which something is held back that the login had, with since when.
    held: Vec<(String, i64)>,
}

impl KnownIdentity {
    /// Whether a row that was just read is another person's than what the login has was given to.
    pub fn is_another(&self, handle: &SourceHandle, row: &SourceRow) -> bool {
        let (Some(named), Some(id)) = (handle.names_identity(), row.id) else {
            return false;
        };
        let key = handle.key_of(&row.record);
        let is_of = |noted: &&IdentityRow| {
            noted.source == handle.spec.id && noted.named == named && same_key(&noted.key, key)
        };
        let mut noted = self.noted.iter();
        noted.find(is_of).is_some_and(|noted| noted.identity != id)
    }

    /// Since when something is held back that a login of a source had.
    pub fn held_since(&self, handle: &SourceHandle) -> Option<i64> {
        let held = self.held.iter().filter(|(one, _)| *one == handle.spec.id);
        held.map(|(_, since)| *since).min()
    }
}

impl SourceHandle {
    /// How many of these rows are other people's than what their logins have was given to. Of a table it says nothing where
    /// there are many: it is filled again.
    #[boxed]
    pub(crate) async fn count_others(&self, rows: &[SourceRow]) -> Result<u64> {
        let Some(named) = self.names_identity().filter(|_| !self.is_table()) else {
            return Ok(0);
        };
        let mut ids: HashMap<String, Vec<i64>> = HashMap::new();
        let mut logins = vec![];
        for row in rows {
            let login = self.key_of(&row.record);
            logins.push(login.to_owned());
            ids.entry(lower(login)).or_default().extend(row.id);
        }
        let noted = identities::of_keys(self.home(), &self.spec.id, &logins).await;
        let noted = noted.map_err(Error::home)?.into_iter();
        let is_another = |noted: &IdentityRow| {
            let ids = ids.get(&lower(&noted.key)).map_or(&[][..], Vec::as_slice);
            noted.named == named && !ids.is_empty() && !ids.contains(&noted.identity)
        };
        Ok(noted.filter(is_another).count() as u64)
    }
}

impl Inside<'_> {
    /// What was noted of a login; nothing where no source gives identities.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn known_identity(self, login: &str) -> Result<KnownIdentity> {
        let mut handles = self.handles(Kind::CustomerUser).iter();
        if !handles.any(|handle| handle.names_identity().is_some()) {
            return Ok(KnownIdentity::default());
        }
        let (noted, held) = futures::try_join!(
            identities::of_login(self.home(), login),
            held_back::of_login(self.home(), login),
        )
        .map_err(Error::home)?;
        let held = held.into_iter().map(|row| (row.source, row.since));
        Ok(KnownIdentity {
            noted,
            held: held.collect(),
        })
    }

    /// Compares a row that was just read of a source without a copy with whose the login was, in the background: nobody else
    /// does.
    pub fn check_identity_of(self, handle: &SourceHandle, row: &SourceRow) {
        if handle.spec.mirror || handle.names_identity().is_none() {
            return;
        }
        let Some(id) = row.id else { return };
        let found = [(handle.key_of(&row.record).to_owned(), id)];
        let (directory, source) = (self.directory().clone(), handle.spec.id.clone());
        tokio::spawn(async move {
            let kind = Kind::CustomerUser;
            let mut handles = directory.handles(kind).iter();
            let Some(handle) = handles.find(|one| one.spec.id == source) else {
                return;
            };
            let checked = directory.check_identities(kind, handle, None, &found).await;
            if let Err(error) = checked {
                tracing::debug!(
                    source,
                    error = &error as &dyn std::error::Error,
                    "whose a login is could not be compared"
                );
            }
        });
    }
}
