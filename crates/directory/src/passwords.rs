//! New passwords: what they have to be like, how they are stored, which ones were used before, and how old they get.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_passwords::WriteFormat;
use kartoteka_passwords::history::{is_kept, keep};
use kartoteka_passwords::policy::{Policy, Violation, is_like};
use kartoteka_settings::{Passwords, WriteFormat as Configured};
use kartoteka_store::Tx;
use kartoteka_store::own::principal::PrincipalKey;
use kartoteka_store::own::{agent_preferences, preferences, used_passwords};
use secrecy::{ExposeSecret, SecretString};

use crate::directory::{Directory, Inside};
use crate::error::{Error, FieldError, FieldProblem, Result};

/// The preference in which OTOBO keeps when somebody last chose their own password.
pub(crate) const CHOSEN_AT: &str = "UserLastPwChangeTime";

/// Somebody who gets another password.
pub struct PasswordOwner {
    pub owner: PrincipalKey,
    /// As stored now; empty for none.
    pub present: String,
}

impl PasswordOwner {
    /// A customer user, by login.
    pub fn customer_user(login: &str, present: Option<&str>) -> Self {
        Self::new(PrincipalKey::customer_user(login), present)
    }

    /// An agent, by number.
    pub fn agent(id: i64, present: Option<&str>) -> Self {
        Self::new(PrincipalKey::agent(id), present)
    }

    fn new(owner: PrincipalKey, present: Option<&str>) -> Self {
        Self {
            owner,
            present: present.unwrap_or_default().to_owned(),
        }
    }
}

/// A password as it is stored.
pub struct Hashes {
    /// In the record.
    pub stored: SecretString,
    /// Among those that were used.
    kept: SecretString,
}

/// The policy that settings ask for.
pub(crate) fn policy(passwords: &Passwords, format: WriteFormat) -> Policy {
    Policy {
        min_length: passwords.min_size as usize,
        max_bytes: format.max_bytes(),
        min_2_lower_2_upper: passwords.min_2_lower_2_upper,
        need_digit: passwords.need_digit,
        min_2_characters: passwords.min_2_characters,
        min_3_of_4: passwords.min_3_of_4,
        pattern: passwords
            .regexp
            .as_ref()
            .map(|expression| expression.regex().clone()),
    }
}

impl Directory {
    /// What new passwords have to be like, wherever they are stored.
    pub fn password_policy(&self) -> Policy {
        let away = self
            .generation
            .people
            .iter()
            .any(|handle| !handle.at_home() && !handle.spec.read_only);
        let formats = [true, !away].map(|at_home| self.inside().write_format(at_home));
        let format = formats.into_iter().min_by_key(|format| format.max_bytes());
        policy(
            &self.generation.settings.passwords,
            format.unwrap_or(WriteFormat::Argon2id),
        )
    }
}

impl Inside<'_> {
    /// The form in which passwords are written: one that OTOBO reads, unless the table is Kartoteka's alone.
    pub fn write_format(self, at_home: bool) -> WriteFormat {
        let settings = &self.generation.settings;
        let bcrypt = WriteFormat::OtoboBcrypt { cost: 12 };
        if !at_home && settings.passwords.write == Configured::Auto {
            return bcrypt;
        }
        match settings.passwords.format_on(&settings.database) {
            Configured::Argon2id => WriteFormat::Argon2id,
            _ => bcrypt,
        }
    }

    /// What is wrong with a new password, for somebody of these names who may have had others before.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn password_mistake(
        self,
        holder: Option<&PasswordOwner>,
        names: &[&str],
        password: &SecretString,
        at_home: bool,
    ) -> Result<Option<FieldError>> {
        let policy = policy(
            &self.generation.settings.passwords,
            self.write_format(at_home),
        );
        let mut violations = policy.check(password);
        if is_like(password.expose_secret(), names) {
            violations.push(Violation::LikeName);
        }
        let too_long = violations
            .iter()
            .any(|violation| matches!(violation, Violation::TooLong { .. }));
        if let Some(holder) = holder.filter(|_| !too_long)
            && self.was_used(holder, password).await?
        {
            violations.push(Violation::UsedBefore {
                count: self.kept_before(),
            });
        }
        Ok((!violations.is_empty())
            .then(|| FieldError::new("UserPassword", FieldProblem::Password { violations })))
    }

    fn kept_before(self) -> usize {
        self.generation.settings.passwords.history as usize
    }

    /// Whether it is the present password or one of those before it that may not be taken again.
    async fn was_used(self, holder: &PasswordOwner, password: &SecretString) -> Result<bool> {
        let before = self.kept_before();
        if before == 0 {
            return Ok(false);
        }
        let home = &self.inner.home;
        let mut kept = used_passwords::of(home, &holder.owner)
            .await
            .map_err(Error::home)?;
        kept.truncate(before + 1);
        if !kept.contains(&holder.present) {
            kept.push(holder.present.clone());
        }
        // What OTOBO kept where people chose their own: the present one, then numbered ones.
        let theirs = self.preferences_of(&holder.owner).await?;
        let names = (0..=before).map(|number| match number {
            0 => "UserLastPw".to_owned(),
            number => format!("UserLastPw{number}"),
        });
        kept.extend(names.filter_map(|name| theirs.get(&name).cloned()));
        let password = password.clone();
        let compare = move || kept.iter().any(|kept| is_kept(&password, kept));
        self.inner.hashing.run(compare).await
    }

    async fn preferences_of(self, owner: &PrincipalKey) -> Result<BTreeMap<String, String>> {
        let home = &self.inner.home;
        let rows = match owner.agent_id() {
            Some(id) => agent_preferences::of(home, id).await,
            None => preferences::of(home, &owner.key).await,
        };
        Ok(rows.map_err(Error::home)?.into_iter().collect())
    }

    /// The stored forms of a password, worked out beside the requests in progress.
    ///
    /// # Errors
    /// When the work panics.
    #[boxed]
    pub async fn hashed(
        self,
        password: Option<SecretString>,
        at_home: bool,
    ) -> Result<Option<Hashes>> {
        let Some(password) = password else {
            return Ok(None);
        };
        let format = self.write_format(at_home);
        let work = move || {
            let stored = kartoteka_passwords::hash(&password, format)?;
            let kept = keep(&password, &stored, format)?;
            Ok::<_, kartoteka_passwords::HashError>(Hashes { stored, kept })
        };
        let hashes = self.inner.hashing.run(work).await?;
        Ok(Some(hashes.map_err(Error::internal)?))
    }

    /// Keeps what was set, so that it is not taken again, and notes when somebody chose it. One that somebody else
    /// chose has no such time, and is due as soon as passwords are (as in OTOBO).
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn keep_password(
        self,
        tx: &mut Tx,
        owner: &PrincipalKey,
        hashes: &Hashes,
        chosen: bool,
    ) -> Result<()> {
        let now = self.inner.clock.now();
        match self.kept_before() {
            0 => used_passwords::forget(tx, owner).await,
            before => {
                let kept = hashes.kept.expose_secret();
                used_passwords::add(tx, owner, kept, now, before + 1).await
            }
        }
        .map_err(Error::home)?;
        let time = chosen.then(|| now.to_string());
        let time = time.as_deref();
        match owner.agent_id() {
            Some(id) => agent_preferences::set(tx, id, CHOSEN_AT, time).await,
            None => preferences::set(tx, &owner.key, CHOSEN_AT, time).await,
        }
        .map_err(Error::home)
    }

    /// Whether an agent has to choose a new password before anything else (`PasswordMaxValidTimeInDays`): the present
    /// one is too old, or was not their choice.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn password_is_due(self, agent: i64) -> Result<bool> {
        let Some(days) = self.generation.settings.passwords.max_valid_days else {
            return Ok(false);
        };
        let known = self.preferences_of(&PrincipalKey::agent(agent)).await?;
        let chosen = known
            .get(CHOSEN_AT)
            .and_then(|time| time.parse::<i64>().ok());
        let oldest = self.inner.clock.now() - i64::from(days) * 86_400;
        Ok(chosen.is_none_or(|chosen| chosen < oldest))
    }
}
