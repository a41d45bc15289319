//! The first agent of a new installation.

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};
use crate::login::sessions::role_of;
use crate::{Actor, Directory, Fields, Kind};

impl Directory {
    /// Whether nobody can log in yet: there is no valid agent with a password and a role.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn setup_needed(&self) -> Result<bool> {
        let agents = kartoteka_store::own::agents::all(&self.inner.home)
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
    pub async fn make_setup_code(&self) -> Result<SecretString> {
        let mut rng = rand::rng();
        let code = kartoteka_passwords::generate(20, &mut rng);
        *self.inner.setup_code.lock().await = Some(code.clone());
        Ok(code)
    }

    /// Creates the first agent, an admin. Fields as for agents (`UserLogin`, `UserFirstname`, `UserLastname`,
    /// `UserPassword`).
    ///
    /// # Errors
    /// `Unknown` when set-up is over, `WrongCredentials` for a wrong code, `Invalid` for fields, `TooMany`.
    pub async fn set_up(&self, code: &SecretString, mut fields: Fields) -> Result<()> {
        let over = || Error::Unknown {
            what: "page",
            key: "setup".into(),
        };
        // Afterwards nothing is written, whatever is sent.
        if !self.setup_needed().await? {
            return Err(over());
        }
        self.limit("setup", 20).await?;
        // Held until the agent is there, so that two visitors do not both become the first.
        let mut expected = self.inner.setup_code.lock().await;
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
        let mut plan = self
            .plan_create(&Actor::operator(), Kind::Agent, None, fields)
            .await?;
        plan.alter().chosen = true;
        self.apply(plan).await?;
        *expected = None;
        Ok(())
    }
}
