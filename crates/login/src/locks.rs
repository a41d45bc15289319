//! Who has to wait after too many wrong passwords: for admins to see and to end; and what the journal keeps of failed
//! log-ins.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{JournalDraft, NotedLogIn, entry_of};
use kartoteka_directory::{Action, Actor, Change, Door, Error, Object, Principal, Result, Topic};
use kartoteka_store::own::agents::{self, AgentRow};
use kartoteka_store::own::journal;
use kartoteka_store::own::log_ins::{self, Attempt, Counted, Of};
use kartoteka_store::own::principal::PrincipalKind;
use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use crate::Logins;
use crate::log_in::Borne;
use crate::sessions::APART;

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

/// Whose log-ins there are to unlock.
const KIND: PrincipalKind = PrincipalKind::Agent;

/// The most locks that are shown.
const SHOWN: u32 = 100;

impl Logins<'_> {
    /// Who has to wait: networks, then logins; those with the most attempts first. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn locks(self, actor: &Actor) -> Result<Vec<Lock>> {
        actor.require(Action::Change, Object::Logins)?;
        let limits = self.directory.settings().login_limits;
        let (home, span) = (
            self.directory.home(),
            self.span(self.directory.clock().now()),
        );
        let networks = log_ins::networks(home, span, limits.per_address, SHOWN).await;
        let logins = log_ins::logins(home, KIND, None, span, (limits.per_login, SHOWN)).await;
        let mut counted = networks.map_err(Error::home)?;
        counted.extend(logins.map_err(Error::home)?);
        self.locks_of(counted).await
    }

    /// Where one login has to wait. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn locks_of_login(self, actor: &Actor, login: &str) -> Result<Vec<Lock>> {
        actor.require(Action::Change, Object::Logins)?;
        let login = kartoteka_model::text::lower(login);
        let least = self.directory.settings().login_limits.per_login;
        let (home, span) = (
            self.directory.home(),
            self.span(self.directory.clock().now()),
        );
        let counted = log_ins::logins(home, KIND, Some(&login), span, (least, SHOWN)).await;
        self.locks_of(counted.map_err(Error::home)?).await
    }

    /// The times from which attempts count.
    pub(crate) fn span(self, now: i64) -> (i64, i64) {
        let window = i64::from(self.directory.settings().login_limits.window);
        (now - window, now + APART)
    }

    async fn locks_of(self, counted: Vec<Counted>) -> Result<Vec<Lock>> {
        let limits = self.directory.settings().login_limits;
        let (now, home) = (self.directory.clock().now(), self.directory.home());
        let mut locks = vec![];
        for one in counted {
            let network = one.network.as_str();
            let (of, allowed) = match one.login.as_deref() {
                Some(login) => {
                    let agent = agents::find(home, login).await.map_err(Error::home)?;
                    let borne = self.borne(agent.as_ref(), network, now).await?;
                    let of = Of::Both {
                        kind: KIND,
                        login,
                        network,
                    };
                    (of, borne.both)
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
    #[boxed]
    pub async fn unlock_login(self, actor: &Actor, login: &str) -> Result<bool> {
        let login = kartoteka_model::text::lower(login);
        self.unlock(actor, Of::Login(KIND, &login), &login).await
    }

    /// Ends all locks of a network. Whether there was anything to forget. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn unlock_network(self, actor: &Actor, network: &str) -> Result<bool> {
        let network = crate::log_in::network(network.trim().trim_end_matches("/64"));
        self.unlock(actor, Of::Network(&network), &network).await
    }

    async fn unlock(self, actor: &Actor, of: Of<'_>, key: &str) -> Result<bool> {
        actor.require(Action::Change, Object::Logins)?;
        let unlocked = self.directory.save(|| async {
            let mut tx = self.directory.begin_locked().await?;
            let forgotten = log_ins::forget(self.directory.home(), of).await;
            if forgotten.map_err(Error::home)? == 0 {
                return Ok(false);
            }
            self.directory
                .journal_entry(&mut tx, actor, draft("unlock", key, &[]))
                .await?;
            tx.commit().await.map_err(Error::home)?;
            Ok(true)
        });
        let unlocked = unlocked.await?;
        if unlocked {
            self.noted().clear();
        }
        Ok(unlocked)
    }

    fn noted(&self) -> MutexGuard<'_, HashMap<NotedLogIn, i64>> {
        let noted = self.directory.log_ins().noted.lock();
        noted.unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps in the journal that log-ins failed: the first of an agent from a network, and each lock. What is guessed at
    /// unknown logins is not kept: it may be a password, typed into the wrong field.
    pub(crate) async fn note_failed(
        self,
        agent: Option<&AgentRow>,
        attempt: &Attempt,
        borne: &Borne,
        reason: &str,
    ) -> Result<()> {
        let home = self.directory.home();
        let window = i64::from(self.directory.settings().login_limits.window);
        let count = async |of: Of<'_>, most: u32| {
            let times = log_ins::latest(home, of, self.span(attempt.at), most + 1).await;
            Ok::<_, Error>(times.map_err(Error::home)?.len())
        };
        let is_new = |action: &'static str, login: &str, network: &str| {
            let entry = (action, login.to_owned(), network.to_owned());
            let (now, mut noted) = (attempt.at, self.noted());
            noted.retain(|_, at| (0..window).contains(&(now - *at)));
            noted.insert(entry, now).is_none()
        };
        let (kind, login, network) = (attempt.kind, &*attempt.login, &*attempt.network);
        let (both, each) = (borne.both as usize, borne.each as usize);
        let mut entries = vec![];
        // Guessing from ever more networks is not to fill the journal.
        if let Some(agent) = agent
            && count(Of::Login(kind, login), borne.each).await? <= each
        {
            let key = agent.login.as_str();
            if is_new("log-in-failed", login, network) {
                entries.push(("log-in-failed", key));
            }
            let of_both = Of::Both {
                kind,
                login,
                network,
            };
            let guessed = count(of_both, borne.both).await?;
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
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                for (action, key) in &entries {
                    let (draft, now) = (
                        draft(action, key, &changes),
                        self.directory.clock().now_ms(),
                    );
                    let entry = entry_of(&nobody, &draft, body.clone(), now)?;
                    journal::append(&mut tx, entry).await.map_err(Error::home)?;
                }
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}

fn draft<'a>(action: &'a str, key: &'a str, changes: &'a [Change]) -> JournalDraft<'a> {
    JournalDraft {
        action,
        kind: Topic::LogIn.name(),
        source: "kt_login_attempt",
        key,
        key_before: "",
        changes,
        effects: &[],
    }
}
