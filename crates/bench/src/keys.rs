//! What opens the doors: an agent's password and a token.

use anyhow::{Context, Result};
use kartoteka_directory::{Actor, Clock, Error, Fields, Kind, Maintenance, Role, SystemClock};
use kartoteka_login::Logins;
use kartoteka_records::Records;
use secrecy::SecretString;

/// The agent who looks at the pages.
pub const LOGIN: &str = "bench";

/// An agent and a token who may do everything.
pub struct Keys {
    pub password: SecretString,
    pub token: SecretString,
}

impl Keys {
    /// Adds the agent, or gives it a new password, and makes a token.
    ///
    /// # Errors
    /// As the use cases.
    pub async fn make(directory: &Maintenance) -> Result<Self> {
        let operator = Actor::operator();
        let plan = match directory.find(&operator, Kind::Agent, LOGIN).await {
            Ok(_) => {
                Records::of(directory)
                    .plan_password(&operator, Kind::Agent, LOGIN, None)
                    .await?
            }
            Err(Error::NotFound { .. }) => {
                let fields = [
                    ("UserLogin", LOGIN),
                    ("UserFirstname", "Bench"),
                    ("UserLastname", "Bench"),
                    ("Role", Role::Admin.name()),
                ];
                let fields: Fields = fields
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .into();
                let plan = Records::of(directory)
                    .plan_create(&operator, Kind::Agent, None, fields)
                    .await?;
                Records::of(directory).generate_password(plan)
            }
            Err(error) => return Err(error.into()),
        };
        let applied = Records::of(directory).apply(plan).await?;
        // A token of an earlier run may still have its name.
        let name = format!("bench {}", SystemClock.now_ms());
        let made = Logins::of(directory)
            .create_token(&operator, &name, Role::Admin, None)
            .await?;
        Ok(Self {
            password: applied.password.context("no password was generated")?,
            token: made.secret,
        })
    }
}
