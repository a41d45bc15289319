//! Who has to wait after too many wrong passwords: for admins to see and to end; and what the journal keeps of failed
//! log-ins.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kartoteka_store::own::agents::{self, AgentRow};
use kartoteka_store::own::journal;
use kartoteka_store::own::log_ins::{self, Attempt, Counted, Of};

use crate::actor::{Actor, Door, Principal};
use crate::apply::{Note, entry_of};
use crate::error::{Error, Result};
use crate::journal::topic::Topic;
use crate::login::log_in::Borne;
use crate::login::sessions::APART;
use crate::open::Directory;
use crate::plan::Change;
use crate::rights::{Action, Object};

/// A login or a network whose log-ins are refused for now.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// What this node wrote in the journal within the window, so that nobody fills it by guessing on.
#[derive(Default)]
pub(crate) struct Noted(Mutex<HashMap<(&'static str, String, String), i64>>);

impl Noted {
    /// Whether this was not written in the window yet; from now on it was.
    fn is_new(&self, entry: (&'static str, String, String), now: i64, window: i64) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.retain(|_, at| (0..window).contains(&(now - *at)));
        noted.insert(entry, now).is_none()
    }

    fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Directory {
    /// Who has to wait: networks, then logins; those with the most attempts first. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn locks(&self, actor: &Actor) -> Result<Vec<Lock>> {
        actor.require(Action::Change, Object::Logins)?;
        let limits = &self.generation.settings.login_limits;
        let (home, span) = (&self.inner.home, self.span(self.inner.clock.now()));
        let networks = log_ins::networks(home, span, limits.per_address, SHOWN).await;
        let logins = log_ins::logins(home, None, span, limits.per_login, SHOWN).await;
        let mut counted = networks.map_err(Error::home)?;
        counted.extend(logins.map_err(Error::home)?);
        self.locks_of(counted).await
    }

    /// Where one login has to wait. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn locks_of_login(&self, actor: &Actor, login: &str) -> Result<Vec<Lock>> {
        actor.require(Action::Change, Object::Logins)?;
        let login = kartoteka_model::text::lower(login);
        let least = self.generation.settings.login_limits.per_login;
        let (home, span) = (&self.inner.home, self.span(self.inner.clock.now()));
        let counted = log_ins::logins(home, Some(&login), span, least, SHOWN).await;
        self.locks_of(counted.map_err(Error::home)?).await
    }

    /// The times from which attempts count.
    pub(crate) fn span(&self, now: i64) -> (i64, i64) {
        let window = i64::from(self.generation.settings.login_limits.window);
        (now - window, now + APART)
    }

    async fn locks_of(&self, counted: Vec<Counted>) -> Result<Vec<Lock>> {
        let limits = &self.generation.settings.login_limits;
        let (now, home) = (self.inner.clock.now(), &self.inner.home);
        let mut locks = vec![];
        for one in counted {
            let network = one.network.as_str();
            let (of, allowed) = match one.login.as_deref() {
                Some(login) => {
                    let agent = agents::find(home, login).await.map_err(Error::home)?;
                    let borne = self.borne(agent.as_ref(), network, now).await?;
                    (Of::Both { login, network }, borne.both)
                }
                None => (Of::Network(network), limits.per_address),
            };
            let times = log_ins::latest(home, of, self.span(now), allowed).await;
            let times = times.map_err(Error::home)?;
            // Until so many are left that one more is borne.
            let first = times.get((allowed as usize).saturating_sub(1)).copied();
            locks.extend(first.map(|first| Lock {
                until: first + i64::from(limits.window),
                login: one.login,
                network: one.network,
                attempts: one.count,
            }));
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
        let network = crate::login::log_in::network(network.trim().trim_end_matches("/64"));
        self.unlock(actor, Of::Network(&network), &network).await
    }

    async fn unlock(&self, actor: &Actor, of: Of<'_>, key: &str) -> Result<bool> {
        actor.require(Action::Change, Object::Logins)?;
        let unlocked = self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let forgotten = log_ins::forget(&self.inner.home, of).await;
            if forgotten.map_err(Error::home)? == 0 {
                return Ok(false);
            }
            self.journal_entry(&mut tx, actor, note("unlock", key, &[]))
                .await?;
            tx.commit().await.map_err(Error::home)?;
            Ok(true)
        });
        let unlocked = unlocked.await?;
        if unlocked {
            self.inner.noted.forget();
        }
        Ok(unlocked)
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
        let window = i64::from(self.generation.settings.login_limits.window);
        let count = async |of: Of<'_>, most: u32| {
            let times = log_ins::latest(home, of, self.span(attempt.at), most + 1).await;
            Ok::<_, Error>(times.map_err(Error::home)?.len())
        };
        let is_new = |action: &'static str, login: &str, network: &str| {
            let entry = (action, login.to_owned(), network.to_owned());
            self.inner.noted.is_new(entry, attempt.at, window)
        };
        let (login, network) = (attempt.login.as_str(), attempt.network.as_str());
        let (both, each) = (borne.both as usize, borne.each as usize);
        let mut entries = vec![];
        // Guessing from ever more networks is not to fill the journal.
        if let Some(agent) = agent
            && count(Of::Login(login), borne.each).await? <= each
        {
            let key = agent.login.as_str();
            if is_new("log-in-failed", login, network) {
                entries.push(("log-in-failed", key));
            }
            let guessed = count(Of::Both { login, network }, borne.both).await?;
            if guessed >= both && is_new("lock", login, network) {
                entries.push(("lock", key));
            }
        }
        if !borne.known
            && count(Of::Network(network), borne.each).await? >= each
            && is_new("lock", "", network)
        {
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
        let body = serde_json::json!({ "changes": changes, "effects": [] }).to_string();
        let nobody = Actor {
            principal: Principal::Program,
            door: Door::Page,
        };
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            for (action, key) in &entries {
                let (note, now) = (note(action, key, &changes), self.inner.clock.now_ms());
                let entry = entry_of(&nobody, &note, body.clone(), now)?;
                journal::append(&mut tx, entry).await.map_err(Error::home)?;
            }
            tx.commit().await.map_err(Error::home)
        })
        .await
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
