//! The first agent of a new installation.

use secrecy::SecretString;

use crate::{Directory, Fields, Result};

impl Directory {
    /// Whether nobody can log in yet.
    pub async fn setup_needed(&self) -> Result<bool> {
        todo!()
    }

    /// Makes the one-time code that guards the set-up page; an earlier one ends. It is printed, never shown on a page.
    pub async fn make_setup_code(&self) -> Result<SecretString> {
        todo!()
    }

    /// Creates the first agent, an admin. Fields as for agents (`UserLogin`, `UserFirstname`, `UserLastname`,
    /// `UserPassword`).
    ///
    /// # Errors
    /// `WrongCredentials` for a wrong code or when set-up is over, `Invalid` for fields, `TooMany`.
    pub async fn set_up(&self, code: &SecretString, fields: Fields) -> Result<()> {
        let _ = (code, fields);
        todo!()
    }
}
