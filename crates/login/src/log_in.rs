//! Agents logging in, and how many wrong passwords are borne: by login and network, so that nobody keeps others out by
//! guessing, and by whole networks and logins, so that guessing does not get far.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::role_of;
use kartoteka_directory::{Error, Result, Role};
use kartoteka_model::text::cut;
use kartoteka_store::own::agents::{self, AgentRow};
use kartoteka_store::own::log_ins::{self, Attempt, Of};
use kartoteka_store::own::principal::{PrincipalKey, PrincipalKind};
use secrecy::SecretString;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use crate::Logins;
use crate::sessions::{REMEMBERED, fingerprint, wait};

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

/// Attempts of the window, this one among them, and how many are borne.
pub(crate) struct Borne {
    /// At this login from this network.
    pub both: u32,
    /// From this network, and at this login from everywhere.
    pub each: u32,
    /// The agent came from there before: what others do in that network is no reason to keep them out.
    pub known: bool,
}

impl Logins<'_> {
    /// Logs an agent in and opens a session. Limits failed attempts.
    ///
    /// # Errors
    /// `WrongCredentials` (also for unknown and invalid agents), `TooMany`; `Busy` when too many log in at once.
    #[boxed]
    pub async fn log_in(self, login: Login) -> Result<NewSession> {
        let network = network(&login.address);
        // Before anything else: a flood of log-ins is to cost the database as little as the cores.
        let _place = self.directory.hashing().place(&network).inspect_err(|_| {
            log_failure(&login, "busy");
        })?;
        let home = self.directory.home();
        let attempt = Attempt {
            kind: PrincipalKind::Agent,
            login: cut(&kartoteka_model::text::lower(&login.login), 191),
            network: network.clone(),
            at: self.directory.clock().now(),
        };
        let agent = agents::find(home, &login.login)
            .await
            .map_err(Error::home)?;
        let borne = self
            .borne(agent.as_ref(), &attempt.network, attempt.at)
            .await?;
        log_ins::add(home, &attempt).await.map_err(Error::home)?;
        if let Some(retry_after) = self.refused(&attempt, &borne).await? {
            // What is refused does not count: or it could go on for ever.
            log_ins::take_back(home, &attempt)
                .await
                .map_err(Error::home)?;
            log_failure(&login, "too-many");
            return Err(Error::TooMany { retry_after });
        }
        let stored = agent.as_ref().and_then(|agent| agent.password.clone());
        let stored = stored.unwrap_or_default();
        let accepted = self
            .directory
            .verified_evenly(login.password.clone(), stored, login.login.clone())
            .await?;
        let role = agent
            .as_ref()
            .filter(|agent| agent.valid_id == 1)
            .and_then(|agent| role_of(&agent.rights));
        let (Some(known), Some(role), true) = (&agent, role, accepted) else {
            let reason = reason(agent.as_ref(), accepted);
            log_failure(&login, reason);
            // Not waited for: only agents have an entry, and the time that it takes would tell who is one.
            let directory = self.directory.directory().clone();
            tokio::spawn(async move {
                let logins = Logins::of(&directory);
                let noted = logins.note_failed(agent.as_ref(), &attempt, &borne, reason);
                if let Err(error) = noted.await {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a failed log-in could not be noted in the journal"
                    );
                }
            });
            return Err(Error::WrongCredentials);
        };
        log_ins::forget(
            home,
            Of::Both {
                kind: attempt.kind,
                login: &attempt.login,
                network: &attempt.network,
            },
        )
        .await
        .map_err(Error::home)?;
        let owner = PrincipalKey::agent(known.id);
        log_ins::comes_from(home, &owner, &attempt.network, attempt.at)
            .await
            .map_err(Error::home)?;
        let begun_with = fingerprint(known.password.as_deref());
        let token = self
            .open_session(owner, begun_with, &login.address, &login.user_agent)
            .await?;
        Ok(NewSession {
            token,
            login: known.login.clone(),
            role,
        })
    }

    /// How many failed attempts are borne of one.
    pub(crate) async fn borne(
        self,
        agent: Option<&AgentRow>,
        network: &str,
        now: i64,
    ) -> Result<Borne> {
        let limits = self.directory.settings().login_limits;
        // Asked for unknown ones, too: it is not to be told by time who is known.
        let owner = PrincipalKey::agent(agent.map_or(0, |agent| agent.id));
        let came = log_ins::came_from(self.directory.home(), &owner, network)
            .await
            .map_err(Error::home)?;
        let known = came.is_some_and(|came| now - came < REMEMBERED);
        let (both, each) = (limits.per_login, limits.per_address);
        Ok(Borne {
            both: if known { both.max(each) } else { both },
            each,
            known,
        })
    }

    /// How long an attempt has to wait; none where its password is looked at.
    async fn refused(self, attempt: &Attempt, borne: &Borne) -> Result<Option<Duration>> {
        let window = i64::from(self.directory.settings().login_limits.window);
        let home = self.directory.home();
        let (kind, login, network) = (attempt.kind, &*attempt.login, &*attempt.network);
        let latest = async |of: Of<'_>, allowed: u32| {
            let times = log_ins::latest(home, of, self.span(attempt.at), allowed + 1).await;
            let times = times.map_err(Error::home)?;
            let wait = wait(&times, allowed, window, attempt.at);
            Ok::<_, Error>((times.len(), wait))
        };
        let of_both = Of::Both {
            kind,
            login,
            network,
        };
        let (guesses, both) = latest(of_both, borne.both).await?;
        if both.is_some() || borne.known {
            return Ok(both);
        }
        let (_, of_network) = latest(Of::Network(network), borne.each).await?;
        if of_network.is_some() {
            return Ok(of_network);
        }
        // Guessed at from many networks: each has one guess left, so that its owner gets in from wherever they are.
        match guesses > 1 {
            true => Ok(latest(Of::Login(kind, login), borne.each).await?.1),
            false => Ok(None),
        }
    }
}

/// Why a log-in failed: for the log, never for who tried.
fn reason(agent: Option<&AgentRow>, accepted: bool) -> &'static str {
    match agent {
        None => "unknown-login",
        Some(agent) if agent.password.as_deref().unwrap_or_default().is_empty() => "no-password",
        Some(_) if !accepted => "wrong-password",
        Some(agent) if agent.valid_id != 1 => "invalid-agent",
        Some(_) => "no-role",
    }
}

/// Logs and counts an attempt that failed.
fn log_failure(login: &Login, reason: &'static str) {
    tracing::warn!(
        login = cut(&login.login, 100),
        address = cut(&login.address, 100),
        reason,
        "a log-in failed"
    );
    metrics::counter!("kartoteka_failed_log_ins_total", "reason" => reason).increment(1);
}

/// The network that an address counts as: whoever has one address of IPv6 has all that begin with the same 64 bits.
pub(crate) fn network(address: &str) -> String {
    match address
        .parse::<IpAddr>()
        .map(|address| address.to_canonical())
    {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Ok(address) => address.to_string(),
        Err(_) => cut(address, 64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_what_somebody_has_at_once() {
        for (address, wanted) in [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("", ""),
        ] {
            assert_eq!(network(address), wanted);
        }
    }
}
