//! Planning a new agent, and a change of one.

use std::collections::BTreeMap;

use kartoteka_directory::inside::{PasswordOwner, role_of};
use kartoteka_directory::{
    Action, Actor, Change, Effect, Error, FieldError, FieldProblem, Fields, Found, Kind, Object,
    Result, Role, Stale, Version,
};
use kartoteka_model::text::{composed, is_invisible, trim};
use kartoteka_model::{Record, Validity};
use kartoteka_store::own::agents;
use secrecy::SecretString;

use crate::Records;
use crate::plan::{Plan, RecordPlan};

const FIELDS: [&str; 6] = [
    "UserLogin",
    "UserFirstname",
    "UserLastname",
    "UserPassword",
    "Role",
    "ValidID",
];

impl Records<'_> {
    pub(crate) async fn plan_agent(
        self,
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
                let found = self.directory.find_agent(key).await?;
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
        Ok(self.directory.seal(RecordPlan {
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
            policy: self.directory.password_policy(),
            moved: None,
        }))
    }

    async fn agent_mistakes(
        self,
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
            let taken = agents::find(self.directory.home(), login)
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
                    Some(found) => agents::find(self.directory.home(), &found.key)
                        .await
                        .map_err(Error::home)?
                        .map(|row| PasswordOwner::agent(row.id, row.password.as_deref())),
                    None => None,
                };
                let names = ["UserLogin", "UserFirstname", "UserLastname"];
                let names = names.map(|field| after.get(field));
                let mistake =
                    self.directory
                        .password_mistake(holder.as_ref(), &names, password, true);
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
        self,
        before: &Found,
        after: &Record,
    ) -> Result<Option<FieldError>> {
        let wanted = Role::parse(after.get("Role"));
        if wanted >= Role::parse(before.record.get("Role")) {
            return Ok(None);
        }
        let home = self.directory.home();
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
}
