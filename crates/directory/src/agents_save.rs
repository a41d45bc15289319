//! Creating and changing agents: plan, then apply.

use std::collections::BTreeMap;

use kartoteka_model::text::{composed, is_invisible, trim};
use kartoteka_model::{Record, Validity};
use kartoteka_store::StoreError;
use kartoteka_store::own::agents::{self, AgentValues};
use kartoteka_store::own::sessions;
use secrecy::{ExposeSecret, SecretString};

use crate::actor::Actor;
use crate::apply::Note;
use crate::error::{Error, FieldError, FieldProblem, Result, Stale};
use crate::kind::Kind;
use crate::login::passwords::Holder;
use crate::login::sessions::role_of;
use crate::open::Directory;
use crate::plan::{Applied, Change, Effect, Fields, Plan, RecordPlan, Version};
use crate::rights::{Action, Object, Role};
use crate::sealed::Sealed;
use crate::sources::Found;
use crate::validate::valid_id;

const FIELDS: [&str; 6] = [
    "UserLogin",
    "UserFirstname",
    "UserLastname",
    "UserPassword",
    "Role",
    "ValidID",
];

impl Directory {
    pub(crate) async fn plan_agent(
        &self,
        actor: &Actor,
        key: Option<&str>,
        fields: Fields,
        had: Option<Version>,
    ) -> Result<Plan> {
        actor.require(Action::Change, Object::Records(Kind::Agent))?;
        let fields: Fields = fields
            .into_iter()
            .map(|(name, value)| {
                if name == "UserPassword" {
                    (name, value)
                } else {
                    (name, composed(trim(&value)))
                }
            })
            .collect();
        let password = fields
            .get("UserPassword")
            .filter(|text| !text.is_empty())
            .cloned()
            .map(SecretString::from);
        let mut wanted = fields.clone();
        wanted.remove("UserPassword");
        let before = match key {
            Some(key) => {
                let found = self.find_agent(key).await?;
                if let Some(had) = had.filter(|had| *had != found.version) {
                    let key = found.key.clone();
                    return Err(Error::Conflict(Box::new(Stale {
                        kind: Kind::Agent,
                        key,
                        current: found,
                        wanted,
                        had,
                    })));
                }
                Some(found)
            }
            None => None,
        };
        let mut after = before.as_ref().map_or_else(
            || Record::from_iter([("ValidID", "1"), ("Role", "reader")]),
            |found| found.record.clone(),
        );
        for (name, value) in &wanted {
            let value = match (name.as_str(), Validity::parse(value)) {
                ("ValidID", Some(validity)) => validity.id().to_string(),
                _ => value.clone(),
            };
            after.set(name, value);
        }
        let errors = self
            .agent_mistakes(before.as_ref(), &fields, &after, password.as_ref())
            .await?;
        let record = before.as_ref().map(|found| &found.record);
        let changes: Vec<Change> = FIELDS
            .iter()
            .filter(|field| **field != "UserPassword")
            .filter_map(|field| {
                let (from, to) = (
                    record.map_or("", |record| record.get(field)),
                    after.get(field),
                );
                (from != to).then(|| Change {
                    field: (*field).into(),
                    before: from.into(),
                    after: to.into(),
                })
            })
            .collect();
        let mut effects: Vec<Effect> = password
            .iter()
            .map(|_| Effect::SetsPassword { generated: false })
            .collect();
        if let (Some(record), true) = (
            record,
            after.get("Role") != record.map_or("", |record| record.get("Role")),
        ) {
            effects.push(Effect::ChangesRole {
                from: record.get("Role").into(),
                to: after.get("Role").into(),
            });
        }
        Ok(Sealed::new(RecordPlan {
            kind: Kind::Agent,
            source: "users".into(),
            key: after.get("UserLogin").to_owned(),
            before: before.as_ref().map(|found| found.record.clone()),
            after,
            changes,
            errors,
            effects,
            version: before.map(|found| found.version),
            actor: actor.clone(),
            wanted,
            preferences: Fields::new(),
            password,
            generated: false,
            chosen: false,
            policy: self.password_policy(),
        }))
    }

    async fn agent_mistakes(
        &self,
        before: Option<&Found>,
        fields: &Fields,
        after: &Record,
        password: Option<&SecretString>,
    ) -> Result<Vec<FieldError>> {
        let mut errors = vec![];
        for name in fields
            .keys()
            .filter(|name| !FIELDS.contains(&name.as_str()))
        {
            errors.push(FieldError::new(name, FieldProblem::UnknownField));
        }
        for (field, max) in [
            ("UserLogin", 191),
            ("UserFirstname", 100),
            ("UserLastname", 100),
        ] {
            let value = after.get(field);
            let problem = if value.is_empty() {
                Some(FieldProblem::Required)
            } else if value.chars().count() > max {
                Some(FieldProblem::TooLong { max })
            } else if value.chars().any(char::is_control) {
                Some(FieldProblem::ControlCharacter)
            } else if field == "UserLogin"
                && value.chars().any(is_invisible)
                && before.is_none_or(|found| found.key != value)
            {
                Some(FieldProblem::InvisibleCharacter)
            } else {
                None
            };
            errors.extend(problem.map(|problem| FieldError::new(field, problem)));
        }
        if Validity::parse(after.get("ValidID")).is_none() {
            errors.push(FieldError::new("ValidID", FieldProblem::UnknownValidity));
        }
        if Role::parse(after.get("Role")).is_none()
            && !(before.is_some() && after.get("Role").is_empty())
        {
            errors.push(FieldError::new("Role", FieldProblem::UnknownRole));
        } else if let Some(before) = before {
            errors.extend(self.kept_through_roles(before, after).await?);
        }
        let login = after.get("UserLogin");
        let renamed =
            before.is_none_or(|found| !kartoteka_model::text::same_key(&found.key, login));
        if renamed && !login.is_empty() {
            let taken = agents::find(&self.inner.home, login)
                .await
                .map_err(Error::home)?;
            errors
                .extend(taken.map(|row| {
                    FieldError::new("UserLogin", FieldProblem::Taken { by: row.login })
                }));
        }
        match password {
            Some(password) => {
                let holder = match before {
                    Some(found) => agents::find(&self.inner.home, &found.key)
                        .await
                        .map_err(Error::home)?
                        .map(|row| Holder::agent(row.id, row.password.as_deref())),
                    None => None,
                };
                let names = ["UserLogin", "UserFirstname", "UserLastname"];
                let names = names.map(|field| after.get(field));
                let mistake = self.password_mistake(holder.as_ref(), &names, password, true);
                errors.extend(mistake.await?);
            }
            None if before.is_none() => {
                errors.push(FieldError::new("UserPassword", FieldProblem::Required))
            }
            None => {}
        }
        Ok(errors)
    }

    /// A lower role is refused where OTOBO's roles give more than it: they are not changed here, so the agent would keep
    /// what the journal says was taken.
    async fn kept_through_roles(
        &self,
        before: &Found,
        after: &Record,
    ) -> Result<Option<FieldError>> {
        let wanted = Role::parse(after.get("Role"));
        if wanted >= Role::parse(before.record.get("Role")) {
            return Ok(None);
        }
        let home = &self.inner.home;
        let Some(row) = agents::find(home, &before.key).await.map_err(Error::home)? else {
            return Ok(None);
        };
        let through = agents::role_rights(home, row.id).await;
        let mut of_roles: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (role, right) in through.map_err(Error::home)? {
            of_roles.entry(role).or_default().push(right);
        }
        of_roles.retain(|_, rights| role_of(rights) > wanted);
        let roles: Vec<String> = of_roles.into_keys().collect();
        let problem = FieldProblem::RightsThroughRoles {
            roles: roles.join(", "),
        };
        Ok((!roles.is_empty()).then(|| FieldError::new("Role", problem)))
    }

    pub(crate) async fn apply_agent(&self, plan: RecordPlan) -> Result<Applied> {
        let hashes = self.hashed(plan.password.clone(), true).await?;
        self.save(|| async {
            let plan = plan.clone();
            let mut tx = self.begin_locked().await?;
            let login_before = plan
                .before
                .as_ref()
                .map(|before| before.get("UserLogin").to_owned());
            let mut current = None;
            if let Some(login) = &login_before {
                let found = self.find_agent(login).await?;
                if Some(&found.version) != plan.version.as_ref() {
                    let had = plan.version.unwrap_or_else(|| Version(String::new()));
                    let key = found.key.clone();
                    let stale = Stale {
                        kind: Kind::Agent,
                        key,
                        current: found,
                        wanted: plan.wanted,
                        had,
                    };
                    return Err(Error::Conflict(Box::new(stale)));
                }
                current = agents::find(&self.inner.home, login)
                    .await
                    .map_err(Error::home)?;
            }
            if let Some(row) = &current
                && row.valid_id == 1
                && role_of(&row.rights) == Some(Role::Admin)
            {
                self.keep_an_admin(&mut tx, row, &plan).await?;
            }
            let values = AgentValues {
                login: plan.after.get("UserLogin"),
                first_name: plan.after.get("UserFirstname"),
                last_name: plan.after.get("UserLastname"),
                valid_id: valid_id(&plan.after)?,
                password: hashes.as_ref().map(|hashes| hashes.stored.expose_secret()),
            };
            let now = self.now_text();
            let refused = |error: StoreError| match error {
                StoreError::Duplicate(_) => Error::field(
                    "UserLogin",
                    FieldProblem::Taken {
                        by: plan.after.get("UserLogin").to_owned(),
                    },
                ),
                error => Error::home(error),
            };
            let actor = plan.actor.id();
            let id = match &current {
                Some(row) => {
                    agents::update(&mut tx, row.id, &values, actor, &now)
                        .await
                        .map_err(refused)?;
                    row.id
                }
                None => agents::insert(&mut tx, &values, actor, &now)
                    .await
                    .map_err(refused)?,
            };
            if let Some(hashes) = &hashes {
                let owner = Holder::agent(id, None).owner;
                self.keep_password(&mut tx, &owner, hashes, plan.chosen)
                    .await?;
            }
            let mut effects = plan.effects.clone();
            if plan.changes.iter().any(|change| change.field == "Role") {
                let role = Role::parse(plan.after.get("Role"));
                agents::set_rights(&mut tx, id, rights(role), actor, &now)
                    .await
                    .map_err(Error::home)?;
            }
            // A new password, another role or validity ends what was begun under the old one.
            let fresh = plan.password.is_some()
                || plan.changes.iter().any(|change| {
                    matches!(change.field.as_str(), "Role" | "ValidID" | "UserLogin")
                });
            if current.is_some() && fresh {
                let count = sessions::end_all(&mut tx, id, None)
                    .await
                    .map_err(Error::home)?;
                effects.push(Effect::EndsSessions { count });
            }
            let renamed = login_before
                .as_deref()
                .filter(|before| *before != plan.key)
                .unwrap_or_default();
            let action = match (&login_before, plan.changes.is_empty()) {
                (None, _) => "create",
                (Some(_), true) => "set-password",
                (Some(_), false) if !renamed.is_empty() => "rename",
                (Some(_), false) => "update",
            };
            let changed = plan.changes_anything();
            let note = Note {
                action,
                kind: Kind::Agent.name(),
                source: "users",
                key: &plan.key,
                key_before: renamed,
                changes: &plan.changes,
                effects: &effects,
            };
            let journal = match changed {
                true => Some(self.journal_entry(&mut tx, &plan.actor, note).await?),
                false => None,
            };
            tx.commit().await.map_err(Error::home)?;
            let found = self.find_agent(&plan.key).await?;
            Ok(Applied {
                kind: Kind::Agent,
                source: plan.source,
                key: found.key,
                record: found.record,
                preferences: found.preferences,
                version: found.version,
                password: plan.password.filter(|_| plan.generated),
                journal,
                effects,
            })
        })
        .await
    }
}

fn rights(role: Option<Role>) -> &'static [(&'static str, &'static str)] {
    match role {
        Some(Role::Admin) => &[("admin", "rw"), ("users", "rw")],
        Some(Role::Editor) => &[("users", "rw")],
        Some(Role::Reader) => &[("users", "ro")],
        None => &[],
    }
}
