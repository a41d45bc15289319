//! Preferences of customer users, stored as OTOBO stores them: a row for each, by login.
//!
//! Those that forms offer ([`Preference`](offered::Preference)) are saved with the record, by its plan; any other by its name.

pub(crate) mod offered;

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_store::own::preferences;

use crate::actor::Actor;
use crate::directory::{Directory, Inside};
use crate::error::{Error, FieldProblem, Result};
use crate::failures::not_found;
use crate::handle::SourceHandle;
use crate::journal::draft::JournalDraft;
use crate::kind::Kind;
use crate::plan::{Change, Fields};
use crate::rights::{Action, Object};

/// Keys that fields of records have; preferences of these names are never stored.
const RESERVED: [&str; 23] = [
    "UserID",
    "UserLogin",
    "UserPassword",
    "UserFirstname",
    "UserLastname",
    "UserFullname",
    "UserStreet",
    "UserCity",
    "UserZip",
    "UserCountry",
    "UserComment",
    "UserCustomerID",
    "UserTitle",
    "UserEmail",
    "ChangeTime",
    "ChangeBy",
    "CreateTime",
    "CreateBy",
    "UserPhone",
    "UserMobile",
    "UserFax",
    "UserMailString",
    "ValidID",
];

/// Keys whose values are secrets or derived from passwords; never part of a record (D21).
fn is_secret(key: &str) -> bool {
    key.starts_with("UserLastPw") && key != "UserLastPwChangeTime"
        || key == "UserToken"
        || key.contains("SecretKey")
}

impl Directory {
    /// All preferences of a person but secrets. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for an unknown person.
    #[boxed]
    pub async fn preferences(
        &self,
        actor: &Actor,
        login: &str,
    ) -> Result<BTreeMap<String, String>> {
        actor.require(Action::See, Object::Records(Kind::CustomerUser))?;
        let login = self.stored_login(login).await?;
        let rows = preferences::of(&self.inner.home, &login)
            .await
            .map_err(Error::home)?;
        Ok(rows
            .into_iter()
            .filter(|(key, _)| !is_secret(key))
            .collect())
    }

    /// Sets a preference (OTOBO's `SetPreferences`). Role: editor.
    ///
    /// # Errors
    /// `NotFound` for an unknown person, `Invalid` for an empty or overlong key or value, and for keys that
    /// fields have.
    #[boxed]
    pub async fn set_preference(
        &self,
        actor: &Actor,
        login: &str,
        key: &str,
        value: &str,
    ) -> Result<()> {
        actor.require(Action::Change, Object::Records(Kind::CustomerUser))?;
        if key.is_empty() {
            return Err(Error::field("Key", FieldProblem::Required));
        }
        if RESERVED.contains(&key) {
            return Err(Error::field(key, FieldProblem::NotAChoice));
        }
        for (field, text, max) in [("Key", key, 150), ("Value", value, 250)] {
            if text.chars().count() > max {
                return Err(Error::field(field, FieldProblem::TooLong { max }));
            }
        }
        self.write_preference(actor, login, key, Some(value)).await
    }

    /// Removes a preference. Role: editor.
    ///
    /// # Errors
    /// `NotFound` for an unknown person.
    #[boxed]
    pub async fn delete_preference(&self, actor: &Actor, login: &str, key: &str) -> Result<()> {
        actor.require(Action::Change, Object::Records(Kind::CustomerUser))?;
        self.write_preference(actor, login, key, None).await
    }

    async fn write_preference(
        &self,
        actor: &Actor,
        login: &str,
        key: &str,
        value: Option<&str>,
    ) -> Result<()> {
        let login = self.stored_login(login).await?;
        self.inside()
            .save(|| async {
                // Nobody else saves meanwhile, so the value before is the value before.
                let mut tx = self.inside().begin_locked().await?;
                let before = preferences::of_locked(&mut tx, &login)
                    .await
                    .map_err(Error::home)?;
                let before = before
                    .into_iter()
                    .find(|(known, _)| known == key)
                    .map(|(_, value)| value);
                let shown = |value: Option<&str>| {
                    if is_secret(key) {
                        "…".into()
                    } else {
                        value.unwrap_or_default().to_owned()
                    }
                };
                let change = Change {
                    field: key.to_owned(),
                    before: shown(before.as_deref()),
                    after: shown(value),
                };
                preferences::set(&mut tx, &login, key, value)
                    .await
                    .map_err(Error::home)?;
                let changes = [change];
                let draft = JournalDraft {
                    action: "set-preference",
                    kind: Kind::CustomerUser.name(),
                    source: "customer_preferences",
                    key: &login,
                    key_before: "",
                    changes: &changes,
                    effects: &[],
                };
                self.inside().journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }

    /// Logins that have this preference, with its value; `value` may hold `*` (OTOBO's `SearchPreferences`). Role: reader.
    ///
    /// # Errors
    /// `Invalid` without a key and for secrets.
    #[boxed]
    pub async fn search_preferences(
        &self,
        actor: &Actor,
        key: &str,
        value: Option<&str>,
    ) -> Result<BTreeMap<String, String>> {
        actor.require(Action::See, Object::Records(Kind::CustomerUser))?;
        if key.is_empty() || is_secret(key) {
            return Err(Error::field("Key", FieldProblem::Required));
        }
        let rows = preferences::with(&self.inner.home, key)
            .await
            .map_err(Error::home)?;
        let pattern = value
            .filter(|value| !value.is_empty())
            .map(kartoteka_model::search::wildcard);
        let mode = kartoteka_model::TextMode::IgnoreCase;
        let wanted = |(_, value): &(String, String)| {
            pattern
                .as_ref()
                .is_none_or(|pattern| pattern.matches(value, mode))
        };
        Ok(rows.into_iter().filter(wanted).collect())
    }

    pub(crate) async fn stored_login(&self, login: &str) -> Result<String> {
        let found = self.inside().find_row(Kind::CustomerUser, login).await?;
        let (handle, stored) = found.ok_or_else(|| not_found(Kind::CustomerUser, login))?;
        Ok(stored.record.get(handle.spec.key_field()).to_owned())
    }
}

impl Inside<'_> {
    /// The preferences of a person that forms offer, as far as they are stored.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn offered_preferences(self, handle: &SourceHandle, login: &str) -> Result<Fields> {
        if handle.people.is_none() {
            return Ok(Fields::new());
        }
        let rows = preferences::of(self.home(), login).await;
        let mut stored: Fields = rows.map_err(Error::home)?.into_iter().collect();
        Ok(handle
            .preferences()
            .filter_map(|one| stored.remove_entry(one.key()))
            .filter(|(_, value)| !value.is_empty())
            .collect())
    }
}
