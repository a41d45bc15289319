//! Sessions of agents: begun by whoever proved who they are, asked with each request, ended.

use std::time::Duration;

use kartoteka_store::StoreError;
use kartoteka_store::own::agents::{self, AgentRow};
use kartoteka_store::own::log_ins;
use kartoteka_store::own::sessions::{self, SessionRow};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Door, Principal};
use crate::error::{Error, Result};
use crate::login::log_in::Login;
use crate::open::Directory;
use crate::rights::{Action, Object, Role};

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
/// Seconds that the clocks of nodes may differ by. What is dated later than that was dated before a clock was set back.
pub(crate) const APART: i64 = 60;

/// Seconds for which it is remembered that an agent came from a network.
pub(crate) const REMEMBERED: i64 = 90 * 24 * 60 * 60;

impl Directory {
    /// Refuses when a subject tried too often. What is refused does not count.
    pub(crate) async fn limit(&self, subject: &str, allowed: u32) -> Result<()> {
        let now = self.inner.clock.now();
        let window = i64::from(self.generation.settings.login_limits.window);
        let home = &self.inner.home;
        let times = sessions::attempt(home, subject, now, (now - window, now + APART), allowed + 1)
            .await
            .map_err(Error::home)?;
        let Some(wait) = wait(&times, allowed, window, now) else {
            return Ok(());
        };
        sessions::take_back(home, subject, now)
            .await
            .map_err(Error::home)?;
        Err(Error::TooMany { retry_after: wait })
    }

    /// Opens a session for an agent who showed who they are.
    pub(crate) async fn open_session(
        &self,
        agent: &AgentRow,
        login: &Login,
    ) -> Result<SecretString> {
        let now = self.inner.clock.now();
        let token = secret();
        let row = SessionRow {
            id: 0,
            token_hash: digest(&token),
            agent_id: agent.id,
            created: now,
            seen: now,
            address: cut(&login.address, 100),
            user_agent: cut(&login.user_agent, 200),
            fingerprint: fingerprint(agent.password.as_deref()),
        };
        sessions::insert(&self.inner.home, &row)
            .await
            .map_err(Error::home)?;
        Ok(token)
    }

    /// Removes sessions that are over, and attempts that do not count any more.
    pub(crate) async fn tidy_log_ins(&self) -> Result<()> {
        let now = self.inner.clock.now();
        let settings = &self.generation.settings;
        let since = |seconds: u32| now - i64::from(seconds);
        let window = i64::from(settings.login_limits.window);
        let home = &self.inner.home;
        sessions::tidy(
            home,
            since(settings.sessions.absolute),
            since(settings.sessions.idle),
            now + APART,
        )
        .await
        .map_err(Error::home)?;
        log_ins::tidy(home, (now - window, now + window), now - REMEMBERED)
            .await
            .map_err(Error::home)
    }

    /// Whose session this is; none if it ended. Moves the idle timeout.
    ///
    /// # Errors
    /// `PasswordDue` when nothing but [`Directory::renew_password`] is left to do in it.
    pub async fn session(&self, token: &SecretString) -> Result<Option<Actor>> {
        let actor = self.session_actor(token).await?;
        if let Some(Principal::Agent { id, .. }) = actor.as_ref().map(|actor| &actor.principal)
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
        let settings = &self.generation.settings.sessions;
        let future = row.seen.max(row.created) > now + APART;
        if future
            || now - row.seen > i64::from(settings.idle)
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
        // Whoever changed the password, OTOBO in its table too, ends what was begun under another one.
        if row.fingerprint != fingerprint(agent.password.as_deref()) {
            sessions::end(home, row.id).await.map_err(Error::home)?;
            return Ok(None);
        }
        let Some(role) = role_of(&agent.rights) else {
            return Ok(None);
        };
        if now - row.seen >= TOUCH_EVERY {
            self.note_use(sessions::touch(home, row.id, now)).await;
        }
        Ok(Some(Actor {
            principal: Principal::Agent {
                id: agent.id,
                login: agent.login,
                role,
            },
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
        let Principal::Agent { id, login, .. } = &actor.principal else {
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
        let own = |row: &SessionRow| matches!(actor.principal, Principal::Agent { id, .. } if id == row.agent_id);
        if !row.is_some_and(|row| own(&row) || actor.may(Action::Change, Object::Logins)) {
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

/// How long to wait when the latest attempts are more than are allowed; their times, the latest first.
pub(crate) fn wait(times: &[i64], allowed: u32, window: i64, now: i64) -> Option<Duration> {
    let first = times.get(allowed as usize)?;
    let seconds = (first + window - now).clamp(1, window.max(1));
    Some(Duration::from_secs(seconds.unsigned_abs()))
}

/// Tells one stored password from another without telling either.
pub(crate) fn fingerprint(stored: Option<&str>) -> String {
    hex::encode(Sha256::digest(stored.unwrap_or_default()))
}
