//! Agents' logins and sessions.

use std::time::Duration;

use kartoteka_store::StoreError;
use kartoteka_store::own::agents;
use kartoteka_store::own::sessions::{self, SessionRow};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Door, Role, Who};
use crate::error::{Error, Result};
use crate::open::Directory;

/// An attempt to log in.
#[derive(Debug)]
pub struct Login {
    pub login: String,
    pub password: SecretString,
    /// The address that the attempt came from, for limits and the session list.
    pub address: String,
    pub user_agent: String,
}

/// A session that was just opened.
#[derive(Debug)]
pub struct NewSession {
    /// The secret that the cookie carries; only its hash is stored.
    pub token: SecretString,
    pub login: String,
    pub role: Role,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub login: String,
    /// Seconds since 1970.
    pub created: i64,
    pub seen: i64,
    pub address: String,
    pub user_agent: String,
    pub current: bool,
}

/// Seconds that may pass before the last use of a session is noted again.
const TOUCH_EVERY: i64 = 30;

/// How long noting a use may take.
const NOTING: Duration = Duration::from_millis(250);

impl Directory {
    /// Logs an agent in and opens a session. Limits failed attempts by login and by address.
    ///
    /// # Errors
    /// `WrongCredentials` (also for unknown and invalid agents), `TooMany`; `Busy` when too many log in at once.
    pub async fn log_in(&self, login: Login) -> Result<NewSession> {
        // Before anything else: a flood of log-ins is to cost the database as little as the cores.
        let _place = self.inner.hashing.place()?;
        let now = self.inner.clock.now();
        let by_login = format!(
            "login:{}",
            cut(&kartoteka_model::text::lower(&login.login), 150)
        );
        let by_address = format!("address:{}", cut(&login.address, 150));
        let limits = &self.inner.settings.login_limits;
        let (per_login, per_address) = (limits.per_login, limits.per_address);
        self.limit(&by_address, per_address, now).await?;
        self.limit(&by_login, per_login, now).await?;
        let agent = agents::find(&self.inner.home, &login.login)
            .await
            .map_err(Error::home)?;
        let stored = agent
            .as_ref()
            .and_then(|agent| agent.password.clone())
            .unwrap_or_default();
        let accepted = self
            .verified_evenly(login.password, stored, login.login.clone())
            .await?;
        let role = agent
            .as_ref()
            .filter(|agent| agent.valid_id == 1)
            .and_then(|agent| role_of(&agent.rights));
        let (Some(agent), Some(role), true) = (agent, role, accepted) else {
            return Err(Error::WrongCredentials);
        };
        sessions::forget_attempts(&self.inner.home, &by_login)
            .await
            .map_err(Error::home)?;
        // Many people may come from one address, behind one router: only the attempts that failed count there.
        sessions::take_back(&self.inner.home, &by_address, now)
            .await
            .map_err(Error::home)?;
        let settings = &self.inner.settings.sessions;
        let since = |seconds: u32| now - i64::from(seconds);
        let attempts = since(self.inner.settings.login_limits.window);
        let tidied = sessions::tidy(
            &self.inner.home,
            since(settings.absolute),
            since(settings.idle),
            attempts,
        )
        .await;
        tidied.map_err(Error::home)?;
        let token = secret();
        let row = SessionRow {
            id: 0,
            token_hash: digest(&token),
            agent_id: agent.id,
            created: now,
            seen: now,
            address: cut(&login.address, 100),
            user_agent: cut(&login.user_agent, 200),
        };
        sessions::insert(&self.inner.home, &row)
            .await
            .map_err(Error::home)?;
        Ok(NewSession {
            token,
            login: agent.login,
            role,
        })
    }

    /// Refuses when a subject tried too often; this attempt counts.
    pub(crate) async fn limit(&self, subject: &str, allowed: u32, now: i64) -> Result<()> {
        let window = i64::from(self.inner.settings.login_limits.window);
        let times = sessions::attempt(&self.inner.home, subject, now, now - window)
            .await
            .map_err(Error::home)?;
        if times.len() <= allowed as usize {
            return Ok(());
        }
        let first = times[times.len() - 1 - allowed as usize];
        let seconds = (first + window - now).max(1);
        Err(Error::TooMany {
            retry_after: Duration::from_secs(seconds.unsigned_abs()),
        })
    }

    /// Whose session this is; none if it ended. Moves the idle timeout.
    ///
    /// # Errors
    /// `PasswordDue` when nothing but [`Directory::renew_password`] is left to do in it.
    pub async fn session(&self, token: &SecretString) -> Result<Option<Actor>> {
        let actor = self.session_actor(token).await?;
        if let Some(Who::Agent { id, .. }) = actor.as_ref().map(|actor| &actor.who)
            && self.password_is_due(*id).await?
        {
            return Err(Error::PasswordDue);
        }
        Ok(actor)
    }

    /// Whose session this is, whatever they may do in it.
    pub(crate) async fn session_actor(&self, token: &SecretString) -> Result<Option<Actor>> {
        let home = &self.inner.home;
        let Some(row) = sessions::find(home, &digest(token))
            .await
            .map_err(Error::home)?
        else {
            return Ok(None);
        };
        let now = self.inner.clock.now();
        let settings = &self.inner.settings.sessions;
        if now - row.seen > i64::from(settings.idle)
            || now - row.created > i64::from(settings.absolute)
        {
            self.note_use(sessions::end(home, row.id)).await;
            return Ok(None);
        }
        let agent = agents::find_by_id(home, row.agent_id)
            .await
            .map_err(Error::home)?;
        let Some(agent) = agent.filter(|agent| agent.valid_id == 1) else {
            return Ok(None);
        };
        let Some(role) = role_of(&agent.rights) else {
            return Ok(None);
        };
        if now - row.seen >= TOUCH_EVERY {
            self.note_use(sessions::touch(home, row.id, now)).await;
        }
        Ok(Some(Actor {
            who: Who::Agent {
                id: agent.id,
                login: agent.login,
            },
            role,
            door: Door::Page,
        }))
    }

    /// Notes what no answer depends on: whoever reads needs no database that can be written to, and does not wait for
    /// those who write.
    pub(crate) async fn note_use(&self, noting: impl Future<Output = Result<(), StoreError>>) {
        let noted = tokio::time::timeout(NOTING, noting).await;
        if let Ok(Err(error)) = noted {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "a use was not noted"
            );
        }
    }

    /// Ends the session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn log_out(&self, token: &SecretString) -> Result<()> {
        if let Some(row) = sessions::find(&self.inner.home, &digest(token))
            .await
            .map_err(Error::home)?
        {
            sessions::end(&self.inner.home, row.id)
                .await
                .map_err(Error::home)?;
        }
        Ok(())
    }

    /// The actor's own sessions; `current` marks the one with this token.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sessions(
        &self,
        actor: &Actor,
        current: Option<&SecretString>,
    ) -> Result<Vec<Session>> {
        let Who::Agent { id, login } = &actor.who else {
            return Ok(vec![]);
        };
        let current = current.map(digest);
        let rows = sessions::of_agent(&self.inner.home, *id)
            .await
            .map_err(Error::home)?;
        let session = |row: SessionRow| Session {
            id: row.id,
            login: login.clone(),
            created: row.created,
            seen: row.seen,
            address: row.address,
            user_agent: row.user_agent,
            current: Some(row.token_hash) == current,
        };
        Ok(rows.into_iter().map(session).collect())
    }

    /// Ends one of the actor's own sessions; an admin may end any.
    ///
    /// # Errors
    /// `Unknown` for a session that is not there or not the actor's.
    pub async fn end_session(&self, actor: &Actor, id: i64) -> Result<()> {
        let row = sessions::find_by_id(&self.inner.home, id)
            .await
            .map_err(Error::home)?;
        let own =
            |row: &SessionRow| matches!(actor.who, Who::Agent { id, .. } if id == row.agent_id);
        if !row.is_some_and(|row| own(&row) || actor.may(Role::Admin)) {
            return Err(Error::Unknown {
                what: "session",
                key: id.to_string(),
            });
        }
        sessions::end(&self.inner.home, id)
            .await
            .map_err(Error::home)
    }
}

/// The role that permissions in the groups `admin` and `users` come to.
pub(crate) fn role_of(rights: &[String]) -> Option<Role> {
    let has = |right: &str| rights.iter().any(|one| one == right);
    if has("admin:rw") {
        Some(Role::Admin)
    } else if has("users:rw") {
        Some(Role::Editor)
    } else {
        (!rights.is_empty()).then_some(Role::Reader)
    }
}

/// A new secret of 256 bits.
pub(crate) fn secret() -> SecretString {
    let bytes: [u8; 32] = rand::random();
    SecretString::from(hex::encode(bytes))
}

/// The form in which a secret of that length is stored.
pub(crate) fn digest(secret: &SecretString) -> String {
    hex::encode(Sha256::digest(secret.expose_secret()))
}

pub(crate) fn cut(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}
