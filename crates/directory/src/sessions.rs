//! Agents' logins and sessions.

use secrecy::SecretString;

use crate::actor::Role;

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

impl crate::Directory {
    /// Logs an agent in and opens a session. Limits attempts by login and by address.
    ///
    /// # Errors
    /// `WrongCredentials` (also for unknown and invalid agents), `TooMany`.
    pub async fn log_in(&self, login: Login) -> crate::Result<NewSession> {
        let _ = login;
        todo!()
    }

    /// Whose session this is; none if it ended. Moves the idle timeout.
    pub async fn session(&self, token: &SecretString) -> crate::Result<Option<crate::Actor>> {
        let _ = token;
        todo!()
    }

    /// Ends the session.
    pub async fn log_out(&self, token: &SecretString) -> crate::Result<()> {
        let _ = token;
        todo!()
    }

    /// The actor's own sessions; `current` marks the one with this token.
    pub async fn sessions(&self, actor: &crate::Actor, current: Option<&SecretString>) -> crate::Result<Vec<Session>> {
        let _ = (actor, current);
        todo!()
    }

    /// Ends one of the actor's own sessions; an admin may end any.
    pub async fn end_session(&self, actor: &crate::Actor, id: i64) -> crate::Result<()> {
        let _ = (actor, id);
        todo!()
    }

    /// Changes the actor's own password; all other sessions of theirs end.
    ///
    /// # Errors
    /// `WrongCredentials` when the old password is wrong, `Invalid` for one that the policy refuses.
    pub async fn change_own_password(&self, actor: &crate::Actor, old: SecretString, new: SecretString, current: Option<&SecretString>) -> crate::Result<()> {
        let _ = (actor, old, new, current);
        todo!()
    }
}
