//! Sessions of agents and customer users: begun by whoever proved who they are, asked with each request, ended.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{Inside, is_valid, role_of};
use kartoteka_directory::{
    Action, Actor, Door, Error, Kind, Maintenance, Object, Principal, Result,
};
use kartoteka_model::text::cut;
use kartoteka_store::StoreError;
use kartoteka_store::own::principal::{PrincipalKey, PrincipalKind};
use kartoteka_store::own::sessions::{self, SessionRow, Tried};
use kartoteka_store::own::{agents, log_ins};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::time::Duration;

use crate::Logins;

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
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

impl Logins<'_> {
    /// Refuses when something was tried too often. What is refused does not count.
    pub(crate) async fn limit(self, tried: Tried<'_>, allowed: u32) -> Result<()> {
        let now = self.directory.clock().now();
        let window = i64::from(self.directory.settings().login_limits.window);
        let home = self.directory.home();
        let times = sessions::attempt(home, tried, now, (now - window, now + APART), allowed + 1)
            .await
            .map_err(Error::home)?;
        let Some(wait) = wait(&times, allowed, window, now) else {
            return Ok(());
        };
        sessions::take_back(home, tried, now)
            .await
            .map_err(Error::home)?;
        Err(Error::TooMany { retry_after: wait })
    }

    /// Opens a session for somebody who showed who they are.
    pub(crate) async fn open_session(
        self,
        owner: PrincipalKey,
        fingerprint: String,
        address: &str,
        user_agent: &str,
    ) -> Result<SecretString> {
        let now = self.directory.clock().now();
        let token = secret();
        let row = SessionRow {
            id: 0,
            token_hash: digest(&token),
            owner,
            created: now,
            seen: now,
            address: cut(address, 100),
            user_agent: cut(user_agent, 200),
            fingerprint,
        };
        sessions::insert(self.directory.home(), &row)
            .await
            .map_err(Error::home)?;
        Ok(token)
    }

    /// The agent whose session this is; none if it ended. Moves the idle timeout.
    ///
    /// # Errors
    /// `PasswordDue` when nothing but [`Logins::renew_password`] is left to do in it.
    #[boxed]
    pub async fn session(self, token: &SecretString) -> Result<Option<Actor>> {
        let actor = self.session_actor(PrincipalKind::Agent, token).await?;
        if let Some(Principal::Agent { id, .. }) = actor.as_ref().map(|actor| &actor.principal)
            && self.directory.password_is_due(*id).await?
        {
            return Err(Error::PasswordDue);
        }
        Ok(actor)
    }

    /// The customer user whose session this is; none if it ended. Moves the idle timeout.
    ///
    /// # Errors
    /// When the database or the source of the customer user does not answer.
    #[boxed]
    pub async fn customer_user_session(self, token: &SecretString) -> Result<Option<Actor>> {
        self.session_actor(PrincipalKind::CustomerUser, token).await
    }

    /// Whose session this is, whatever they may do in it; none where it is one of another kind.
    pub(crate) async fn session_actor(
        self,
        kind: PrincipalKind,
        token: &SecretString,
    ) -> Result<Option<Actor>> {
        let home = self.directory.home();
        let row = sessions::find(home, &digest(token)).await;
        let row = row.map_err(Error::home)?;
        let Some(row) = row.filter(|row| row.owner.kind == kind) else {
            return Ok(None);
        };
        let now = self.directory.clock().now();
        let settings = self.directory.settings().sessions;
        let future = row.seen.max(row.created) > now + APART;
        if future
            || now - row.seen > i64::from(settings.idle)
            || now - row.created > i64::from(settings.absolute)
        {
            self.note_use(sessions::end(home, row.id)).await;
            return Ok(None);
        }
        let Some((principal, fingerprint)) = self.somebody(&row.owner).await? else {
            return Ok(None);
        };
        // Whoever changed the password, OTOBO in its table too, ends what was begun under another one.
        if row.fingerprint != fingerprint {
            sessions::end(home, row.id).await.map_err(Error::home)?;
            return Ok(None);
        }
        if now - row.seen >= TOUCH_EVERY {
            self.note_use(sessions::touch(home, row.id, now)).await;
        }
        Ok(Some(Actor {
            principal,
            door: Door::Page,
        }))
    }

    /// Somebody as they are now, and what tells their password from another; none for whoever may not log in.
    async fn somebody(self, owner: &PrincipalKey) -> Result<Option<(Principal, String)>> {
        match owner.kind {
            PrincipalKind::Agent => {
                let id = owner.agent_id().unwrap_or(0);
                let agent = agents::find_by_id(self.directory.home(), id).await;
                let agent = agent.map_err(Error::home)?;
                let agent = agent.filter(|agent| agent.valid_id == 1);
                Ok(agent.and_then(|agent| {
                    let role = role_of(&agent.rights)?;
                    let password = fingerprint(agent.password.as_deref());
                    let login = agent.login;
                    Some((Principal::Agent { id, login, role }, password))
                }))
            }
            PrincipalKind::CustomerUser => {
                let found = self.directory.find_row(Kind::CustomerUser, &owner.key);
                let found = found.await?;
                let found = found.filter(|(handle, row)| is_valid(handle, &row.record));
                Ok(found.map(|(handle, row)| {
                    let login = handle.key_of(&row.record).to_owned();
                    let password = fingerprint(row.password.as_deref());
                    (Principal::CustomerUser { login }, password)
                }))
            }
        }
    }

    /// Notes what no answer depends on: whoever reads needs no database that can be written to, and does not wait for
    /// those who write.
    pub(crate) async fn note_use(self, noting: impl Future<Output = Result<(), StoreError>>) {
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
    #[boxed]
    pub async fn log_out(self, token: &SecretString) -> Result<()> {
        if let Some(row) = sessions::find(self.directory.home(), &digest(token))
            .await
            .map_err(Error::home)?
        {
            sessions::end(self.directory.home(), row.id)
                .await
                .map_err(Error::home)?;
        }
        Ok(())
    }

    /// The actor's own sessions; `current` marks the one with this token.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn sessions(
        self,
        actor: &Actor,
        current: Option<&SecretString>,
    ) -> Result<Vec<Session>> {
        let Some(owner) = actor.principal.key() else {
            return Ok(vec![]);
        };
        let current = current.map(digest);
        let rows = sessions::of(self.directory.home(), &owner)
            .await
            .map_err(Error::home)?;
        let session = |row: SessionRow| Session {
            id: row.id,
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
    #[boxed]
    pub async fn end_session(self, actor: &Actor, id: i64) -> Result<()> {
        let row = sessions::find_by_id(self.directory.home(), id)
            .await
            .map_err(Error::home)?;
        let own = |row: &SessionRow| actor.principal.key().as_ref() == Some(&row.owner);
        if !row.is_some_and(|row| own(&row) || actor.may(Action::Change, Object::Logins)) {
            return Err(Error::Unknown {
                what: "session",
                key: id.to_string(),
            });
        }
        sessions::end(self.directory.home(), id)
            .await
            .map_err(Error::home)
    }
}

/// Begins a session for somebody who proved in another way who they are, and is not asked for a password: only whoever
/// opened the directory may.
///
/// # Errors
/// `WrongCredentials` for whoever is not there or may not log in.
#[boxed]
pub async fn begin_session(
    directory: &Maintenance,
    owner: &PrincipalKey,
    address: &str,
    user_agent: &str,
) -> Result<SecretString> {
    let logins = Logins::of(directory);
    let somebody = logins.somebody(owner).await?;
    let (principal, password) = somebody.ok_or(Error::WrongCredentials)?;
    // As they are spelled themselves.
    let owner = principal.key().ok_or(Error::WrongCredentials)?;
    logins
        .open_session(owner, password, address, user_agent)
        .await
}

/// Removes sessions that are over, and attempts that do not count any more.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn tidy(directory: Inside<'_>) -> Result<()> {
    let now = directory.clock().now();
    let settings = directory.settings();
    let since = |seconds: u32| now - i64::from(seconds);
    let window = i64::from(settings.login_limits.window);
    let home = directory.home();
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

/// A new secret of 256 bits.
pub(crate) fn secret() -> SecretString {
    let bytes: [u8; 32] = rand::random();
    SecretString::from(hex::encode(bytes))
}

/// The form in which a secret of that length is stored.
pub(crate) fn digest(secret: &SecretString) -> String {
    hex::encode(Sha256::digest(secret.expose_secret()))
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
