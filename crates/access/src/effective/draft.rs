//! What a person would have if a form were saved: the same engine on fields that nobody saved yet.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{SourceHandle, not_found};
use kartoteka_directory::{Action, Actor, Error, Fields, Kind, Object, Result};
use kartoteka_model::Record;
use kartoteka_model::access::effective_permissions;
use kartoteka_store::access;

use crate::Access;
use crate::effective::PersonAccess;

impl Access<'_> {
    /// What a person would have in every group, and why, with these fields in place of the stored ones. Who has another
    /// login now keeps what was given to the old one. Role: reader.
    ///
    /// # Errors
    /// `NotFound`; when a source does not answer.
    #[boxed]
    pub async fn permissions_if_changed(
        self,
        actor: &Actor,
        login: &str,
        fields: &Fields,
    ) -> Result<PersonAccess> {
        actor.require(Action::See, Object::Access)?;
        let (handle, stored) = self
            .directory
            .find_row(Kind::CustomerUser, login)
            .await?
            .ok_or_else(|| not_found(Kind::CustomerUser, login))?;
        let login = stored.record.get(handle.spec.key_field()).to_owned();
        self.permissions_with(handle, stored.record, fields, login)
            .await
    }

    /// What a new person of a source would have with these fields. Rows that somebody of the same login left behind
    /// count. Role: reader.
    ///
    /// # Errors
    /// `Unknown` for the source; when a source does not answer.
    #[boxed]
    pub async fn permissions_if_added(
        self,
        actor: &Actor,
        source: &str,
        fields: &Fields,
    ) -> Result<PersonAccess> {
        actor.require(Action::See, Object::Access)?;
        let handle = self.directory.source(Kind::CustomerUser, Some(source))?;
        let login = fields.get("UserLogin").map(|login| login.trim());
        let login = login.unwrap_or_default().to_owned();
        let record = handle.spec.valid_entry().map(|entry| (entry, "1"));
        let record = Record::from_iter(record);
        // Nothing is typed yet where a field is empty.
        let fields = fields.iter().filter(|(_, value)| !value.trim().is_empty());
        let fields = fields
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        self.permissions_with(handle, record, &fields, login).await
    }

    async fn permissions_with(
        self,
        handle: &SourceHandle,
        mut record: Record,
        fields: &Fields,
        login: String,
    ) -> Result<PersonAccess> {
        for (name, value) in fields {
            record.set(name, value.trim());
        }
        let facts = self.facts_of(handle, &record, login);
        let groups = async {
            access::groups(self.directory.home(), self.directory.collation())
                .await
                .map_err(Error::home)
        };
        let (person, groups, settings) =
            futures::try_join!(facts, groups, self.grants().access_settings())?;
        Ok(PersonAccess {
            unavailable_since: handle.status().unavailable_since,
            held_back_since: None,
            login: person.login.clone(),
            effective: effective_permissions(&person, &groups, &settings),
            settings,
            person,
        })
    }
}
