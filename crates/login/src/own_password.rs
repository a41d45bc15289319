//! Agents changing their own password.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{JournalDraft, PasswordOwner};
use kartoteka_directory::{Actor, Effect, Error, Kind, Principal, Result, Role};
use kartoteka_store::own::agents;
use kartoteka_store::own::principal::{PrincipalKey, PrincipalKind};
use kartoteka_store::own::sessions::{self, Tried};
use secrecy::{ExposeSecret, SecretString};

use crate::Logins;
use crate::sessions::{digest, fingerprint};

impl Logins<'_> {
    /// Changes the password of the agent whose session this is, also when it is due; all other sessions of theirs end.
    ///
    /// # Errors
    /// As [`Logins::change_own_password`]; `WrongCredentials` also when the session ended.
    #[boxed]
    pub async fn renew_password(
        self,
        token: &SecretString,
        old: SecretString,
        new: SecretString,
    ) -> Result<()> {
        let actor = self.session_actor(PrincipalKind::Agent, token).await?;
        let actor = actor.ok_or(Error::WrongCredentials)?;
        self.change_own_password(&actor, old, new, Some(token))
            .await
    }

    /// Changes the actor's own password; all other sessions of theirs end.
    ///
    /// # Errors
    /// `WrongCredentials` when the old password is wrong, `Invalid` for one that the policy refuses, `TooMany`.
    #[boxed]
    pub async fn change_own_password(
        self,
        actor: &Actor,
        old: SecretString,
        new: SecretString,
        current: Option<&SecretString>,
    ) -> Result<()> {
        let Principal::Agent { id, login, .. } = &actor.principal else {
            return Err(Error::Forbidden {
                needed: Role::Reader,
            });
        };
        let owner = PrincipalKey::agent(*id);
        let tried = Tried {
            what: "password",
            owner: Some(&owner),
        };
        let allowed = self.directory.settings().login_limits.per_login;
        self.limit(tried, allowed).await?;
        let agent = agents::find_by_id(self.directory.home(), *id)
            .await
            .map_err(Error::home)?;
        let agent = agent.ok_or(Error::WrongCredentials)?;
        let stored = agent.password.clone().unwrap_or_default();
        if !self.directory.verified(old, stored, login.clone()).await? {
            return Err(Error::WrongCredentials);
        }
        // Only wrong guesses count.
        sessions::forget_attempts(self.directory.home(), tried)
            .await
            .map_err(Error::home)?;
        let holder = PasswordOwner::agent(*id, agent.password.as_deref());
        let names = [&agent.login, &agent.first_name, &agent.last_name].map(String::as_str);
        if let Some(mistake) = self
            .directory
            .password_mistake(Some(&holder), &names, &new, true)
            .await?
        {
            return Err(Error::Invalid(vec![mistake]));
        }
        let hashes = self.directory.hashed(Some(new), true).await?;
        let keep = match current {
            Some(token) => sessions::find(self.directory.home(), &digest(token))
                .await
                .map_err(Error::home)?,
            None => None,
        };
        let Some(hashes) = &hashes else {
            return Ok(());
        };
        let keep = keep.map(|row| row.id);
        self.directory
            .save(|| async {
                // From here on nobody else saves: what somebody did to the agent while the passwords were hashed stays.
                let mut tx = self.directory.begin_locked().await?;
                let now = agents::find_by_id(self.directory.home(), *id).await;
                let now = now.map_err(Error::home)?;
                let now = now.filter(|now| now.valid_id == 1 && now.password == agent.password);
                // Whoever was shut out or got another password meanwhile does not have the one that was asked for.
                let now = now.ok_or(Error::WrongCredentials)?;
                let stored = hashes.stored.expose_secret();
                agents::set_password(&mut tx, *id, stored, &self.directory.now_text())
                    .await
                    .map_err(Error::home)?;
                self.directory
                    .keep_password(&mut tx, &holder.owner, hashes, true)
                    .await?;
                if let Some(keep) = keep {
                    sessions::keep_on(&mut tx, keep, &fingerprint(Some(stored)))
                        .await
                        .map_err(Error::home)?;
                }
                let count = sessions::end_all(&mut tx, &owner, keep)
                    .await
                    .map_err(Error::home)?;
                let effects = [
                    Effect::SetsPassword { generated: false },
                    Effect::EndsSessions { count },
                ];
                let draft = JournalDraft {
                    action: "set-password",
                    kind: Kind::Agent.name(),
                    source: "users",
                    key: &now.login,
                    key_before: "",
                    changes: &[],
                    effects: &effects,
                };
                self.directory.journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}
