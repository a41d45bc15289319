//! Agents changing their own password.

use kartoteka_store::own::{agents, sessions};
use secrecy::{ExposeSecret, SecretString};

use crate::actor::{Actor, Principal};
use crate::apply::Note;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::login::passwords::Holder;
use crate::login::sessions::{digest, fingerprint};
use crate::open::Directory;
use crate::plan::Effect;
use crate::rights::Role;

impl Directory {
    /// Changes the password of the agent whose session this is, also when it is due; all other sessions of theirs end.
    ///
    /// # Errors
    /// As [`Directory::change_own_password`]; `WrongCredentials` also when the session ended.
    pub async fn renew_password(
        &self,
        token: &SecretString,
        old: SecretString,
        new: SecretString,
    ) -> Result<()> {
        let actor = self.session_actor(token).await?;
        let actor = actor.ok_or(Error::WrongCredentials)?;
        self.change_own_password(&actor, old, new, Some(token))
            .await
    }

    /// Changes the actor's own password; all other sessions of theirs end.
    ///
    /// # Errors
    /// `WrongCredentials` when the old password is wrong, `Invalid` for one that the policy refuses, `TooMany`.
    pub async fn change_own_password(
        &self,
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
        let attempts = format!("password:{id}");
        let allowed = self.generation.settings.login_limits.per_login;
        self.limit(&attempts, allowed).await?;
        let agent = agents::find_by_id(&self.inner.home, *id)
            .await
            .map_err(Error::home)?;
        let agent = agent.ok_or(Error::WrongCredentials)?;
        let stored = agent.password.clone().unwrap_or_default();
        if !self.verified(old, stored, login.clone()).await? {
            return Err(Error::WrongCredentials);
        }
        // Only wrong guesses count.
        sessions::forget_attempts(&self.inner.home, &attempts)
            .await
            .map_err(Error::home)?;
        let holder = Holder::agent(*id, agent.password.as_deref());
        let names = [&agent.login, &agent.first_name, &agent.last_name].map(String::as_str);
        if let Some(mistake) = self
            .password_mistake(Some(&holder), &names, &new, true)
            .await?
        {
            return Err(Error::Invalid(vec![mistake]));
        }
        let hashes = self.hashed(Some(new), true).await?;
        let keep = match current {
            Some(token) => sessions::find(&self.inner.home, &digest(token))
                .await
                .map_err(Error::home)?,
            None => None,
        };
        let Some(hashes) = &hashes else {
            return Ok(());
        };
        let keep = keep.map(|row| row.id);
        self.save(|| async {
            // From here on nobody else saves: what somebody did to the agent while the passwords were hashed stays.
            let mut tx = self.begin_locked().await?;
            let now = agents::find_by_id(&self.inner.home, *id).await;
            let now = now.map_err(Error::home)?;
            let now = now.filter(|now| now.valid_id == 1 && now.password == agent.password);
            // Whoever was shut out or got another password meanwhile does not have the one that was asked for.
            let now = now.ok_or(Error::WrongCredentials)?;
            let stored = hashes.stored.expose_secret();
            agents::set_password(&mut tx, *id, stored, &self.now_text())
                .await
                .map_err(Error::home)?;
            self.keep_password(&mut tx, &holder.owner, hashes, true)
                .await?;
            if let Some(keep) = keep {
                sessions::keep_on(&mut tx, keep, &fingerprint(Some(stored)))
                    .await
                    .map_err(Error::home)?;
            }
            let count = sessions::end_all(&mut tx, *id, keep)
                .await
                .map_err(Error::home)?;
            let effects = [
                Effect::SetsPassword { generated: false },
                Effect::EndsSessions { count },
            ];
            let note = Note {
                action: "set-password",
                kind: Kind::Agent.name(),
                source: "users",
                key: &now.login,
                key_before: "",
                changes: &[],
                effects: &effects,
            };
            self.journal_entry(&mut tx, actor, note).await?;
            tx.commit().await.map_err(Error::home)
        })
        .await
    }
}
