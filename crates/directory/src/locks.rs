//! Who has to wait after too many wrong passwords: for admins to see and to end; and what the journal keeps of failed
//! log-ins.

use kartoteka_store::own::agents::{self, AgentRow};
use kartoteka_store::own::journal;
use kartoteka_store::own::log_ins::{self, Attempt, Of};
use serde::Serialize;

use crate::actor::{Actor, Door, Role};
use crate::apply::{Note, entry_of};
use crate::error::{Error, Result};
use crate::log_in::Borne;
use crate::open::Directory;
use crate::plan::Change;
use crate::topic::Topic;

/// A login or a network whose log-ins are refused for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// The login, in small letters, that has to wait where it comes from the network; none: whoever comes from there.
    pub login: Option<String>,
    pub network: String,
    /// Failed attempts.
    pub attempts: i64,
    /// Until when, in seconds since 1970.
    pub until: i64,
}

/// The most locks that are shown.
const SHOWN: u32 = 100;

impl Directory {
    /// Who has to wait, those with the most attempts first. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn locks(&self, actor: &Actor) -> Result<Vec<Lock>> {
        actor.require(Role::Admin)?;
        let limits = &self.inner.settings.login_limits;
        let (now, window) = (self.inner.clock.now(), i64::from(limits.window));
        let home = &self.inner.home;
        let span = (now - window, now);
        let mut locks = vec![];
        for (by_login, least) in [(false, limits.per_address), (true, limits.per_login)] {
            let counted = log_ins::many(home, by_login, span, least, SHOWN).await;
            for one in counted.map_err(Error::home)? {
                let (login, network) = (one.login.as_str(), one.network.as_str());
                let of = match by_login {
                    true => Of::Both { login, network },
                    false => Of::Network(network),
                };
                let attempt = Attempt {
                    login: one.login.clone(),
                    network: one.network.clone(),
                    at: now,
                };
                let allowed = match by_login {
                    true => {
                        let agent = agents::find(home, login).await.map_err(Error::home)?;
                        self.borne(agent.as_ref(), &attempt).await?.both
                    }
                    false => limits.per_address,
                };
                let times = log_ins::latest(home, of, span, allowed).await;
                let times = times.map_err(Error::home)?;
                // Until so many are left that one more is borne.
                let first = times.get(allowed as usize - 1);
                locks.extend(first.map(|first| Lock {
                    login: by_login.then(|| one.login.clone()),
                    network: one.network.clone(),
                    attempts: one.count,
                    until: first + window,
                }));
            }
        }
        Ok(locks)
    }

    /// Ends all locks of a login, wherever it comes from. Whether there was anything to forget. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unlock_login(&self, actor: &Actor, login: &str) -> Result<bool> {
        let login = kartoteka_model::text::lower(login);
        self.unlock(actor, Of::Login(&login), &login).await
    }

    /// Ends all locks of a network. Whether there was anything to forget. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unlock_network(&self, actor: &Actor, network: &str) -> Result<bool> {
        let network = crate::log_in::network(network.trim().trim_end_matches("/64"));
        self.unlock(actor, Of::Network(&network), &network).await
    }

    async fn unlock(&self, actor: &Actor, of: Of<'_>, key: &str) -> Result<bool> {
        actor.require(Role::Admin)?;
        let mut tx = self.inner.home.begin().await.map_err(Error::home)?;
        let forgotten = log_ins::forget_in(&mut tx, of).await;
        if forgotten.map_err(Error::home)? == 0 {
            return Ok(false);
        }
        self.journal_entry(&mut tx, actor, note("unlock", key, &[]))
            .await?;
        tx.commit().await.map_err(Error::home)?;
        Ok(true)
    }

    /// Keeps in the journal that log-ins failed: the first of an agent from a network, and each lock. What is guessed at
    /// unknown logins is not kept: it may be a password, typed into the wrong field.
    pub(crate) async fn note_failed(
        &self,
        agent: Option<&AgentRow>,
        attempt: &Attempt,
        borne: &Borne,
        reason: &str,
    ) -> Result<()> {
        let home = &self.inner.home;
        let window = i64::from(self.inner.settings.login_limits.window);
        let count = async |of: Of<'_>, most: u32| {
            let span = (attempt.at - window, attempt.at);
            let times = log_ins::latest(home, of, span, most + 1).await;
            Ok::<_, Error>(times.map_err(Error::home)?.len())
        };
        let (login, network) = (attempt.login.as_str(), attempt.network.as_str());
        let mut entries = vec![];
        if let Some(agent) = agent {
            let both = count(Of::Both { login, network }, borne.both).await?;
            let all = count(Of::Login(login), borne.each).await?;
            // Guessing from ever more networks is not to fill the journal.
            if both == 1 && all <= borne.each as usize {
                entries.push(("log-in-failed", agent.login.as_str()));
            }
            if both == borne.both as usize {
                entries.push(("lock", agent.login.as_str()));
            }
        }
        if !borne.known && count(Of::Network(network), borne.each).await? == borne.each as usize {
            entries.push(("lock", network));
        }
        if entries.is_empty() {
            return Ok(());
        }
        let change = |field: &str, after: &str| Change {
            field: field.into(),
            before: String::new(),
            after: after.into(),
        };
        let changes = [change("Network", network), change("Reason", reason)];
        let mut tx = home.begin().await.map_err(Error::home)?;
        for (action, key) in entries {
            let body = serde_json::json!({ "changes": changes, "effects": [] }).to_string();
            let mut nobody = Actor::operator();
            nobody.door = Door::Page;
            let note = note(action, key, &changes);
            let mut entry = entry_of(&nobody, &note, body, self.inner.clock.now_ms())?;
            entry.who = "unknown".into();
            journal::append(&mut tx, entry).await.map_err(Error::home)?;
        }
        tx.commit().await.map_err(Error::home)
    }
}

fn note<'a>(action: &'a str, key: &'a str, changes: &'a [Change]) -> Note<'a> {
    Note {
        action,
        kind: Topic::LogIn.name(),
        source: "kt_login_attempt",
        key,
        key_before: "",
        changes,
        effects: &[],
    }
}
