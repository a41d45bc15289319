//! Preferences of customer users, stored as OTOBO stores them.

use std::collections::BTreeMap;

use crate::{Actor, Directory, Result};

impl Directory {
    /// All preferences of a person. Role: reader.
    pub async fn preferences(&self, actor: &Actor, login: &str) -> Result<BTreeMap<String, String>> {
        let _ = (actor, login);
        todo!()
    }

    /// Sets a preference; false for the keys that fields have (OTOBO's `SetPreferences`). Role: editor.
    ///
    /// # Errors
    /// `NotFound` for an unknown person.
    pub async fn set_preference(&self, actor: &Actor, login: &str, key: &str, value: &str) -> Result<bool> {
        let _ = (actor, login, key, value);
        todo!()
    }

    /// Removes a preference. Role: editor.
    pub async fn delete_preference(&self, actor: &Actor, login: &str, key: &str) -> Result<()> {
        let _ = (actor, login, key);
        todo!()
    }

    /// Logins that have this preference, with its value; `value` may hold `*` (OTOBO's `SearchPreferences`).
    pub async fn search_preferences(&self, actor: &Actor, key: &str, value: Option<&str>) -> Result<BTreeMap<String, String>> {
        let _ = (actor, key, value);
        todo!()
    }
}
