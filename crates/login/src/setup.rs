//! The first agent of a new installation.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::role_of;
use kartoteka_directory::{Actor, Error, Fields, Kind, Result};
use kartoteka_records::Records;
use kartoteka_store::own::sessions::Tried;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::Logins;

impl Logins<'_> {
    /// Whether nobody can log in yet: there is no valid agent with a password and a role.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn setup_needed(self) -> Result<bool> {
        let agents = kartoteka_store::own::agents::all(self.directory.home())
            .await
            .map_err(Error::home)?;
        let able = |agent: &kartoteka_store::own::agents::AgentRow| {
            agent.valid_id == 1
                && role_of(&agent.rights).is_some()
                && agent
                    .password
                    .as_ref()
                    .is_some_and(|password| !password.is_empty())
        };
        Ok(!agents.iter().any(able))
    }

    /// Makes the one-time code that guards the set-up page; an earlier one ends. It is printed, never shown on a page.
    ///
    /// # Errors
    /// None so far.
    #[boxed]
    pub async fn make_setup_code(self) -> Result<SecretString> {
        let code = kartoteka_passwords::generate(20, &mut rand::rng());
        *self.directory.log_ins().setup_code.lock().await = Some(code.clone());
        Ok(code)
    }

    /// Creates the first agent, an admin. Fields as for agents (`UserLogin`, `UserFirstname`, `UserLastname`,
    /// `UserPassword`).
    ///
    /// # Errors
    /// `Unknown` when set-up is over, `WrongCredentials` for a wrong code, `Invalid` for fields, `TooMany`.
    #[boxed]
    pub async fn set_up(self, code: &SecretString, mut fields: Fields) -> Result<()> {
        let over = || Error::Unknown {
            what: "page",
            key: "setup".into(),
        };
        // Afterwards nothing is written, whatever is sent.
        if !self.setup_needed().await? {
            return Err(over());
        }
        let tried = Tried {
            what: "setup",
            owner: None,
        };
        self.limit(tried, 20).await?;
        // Held until the agent is there, so that two visitors do not both become the first.
        let mut expected = self.directory.log_ins().setup_code.lock().await;
        let right = expected.as_ref().is_some_and(|expected| {
            expected
                .expose_secret()
                .as_bytes()
                .ct_eq(code.expose_secret().trim().as_bytes())
                .into()
        });
        if !self.setup_needed().await? {
            return Err(over());
        }
        if !right {
            return Err(Error::WrongCredentials);
        }
        fields.insert("Role".into(), "admin".into());
        let records = Records::of(self.directory.directory());
        let plan = records
            .plan_create(&Actor::operator(), Kind::Agent, None, fields)
            .await?;
        let plan = self.directory.open(plan).chosen_by_owner();
        records.apply(self.directory.seal(plan)).await?;
        *expected = None;
        Ok(())
    }
}
