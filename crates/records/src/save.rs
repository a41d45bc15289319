//! Creating and changing customer users and customers: plan, then apply.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{PasswordOwner, SourceHandle, named, not_found, version};
use kartoteka_directory::{
    Action, Actor, Change, Effect, Error, Fields, Kind, Object, Result, Stale, Version,
};
use kartoteka_model::text::composed;
use kartoteka_model::{Field, FieldKind, Record, Validity};
use kartoteka_store::own::relations;
use secrecy::{ExposeSecret, SecretString};

use crate::Records;
use crate::column_values::{has_already, tidy};
use crate::plan::{Plan, RecordPlan};
use crate::preferences;
use crate::validate::RecordDraft;

pub(crate) const PASSWORD: &str = "UserPassword";

impl Records<'_> {
    /// Plans a new record. Fields are named as the source's field map names them; `UserPassword` among them, where an
    /// empty one stores none (see [`Records::generate_password`]). For agents: `UserLogin`, `UserFirstname`,
    /// `UserLastname`, `UserPassword`, `Role`, `ValidID`; for groups `Name`, `Comment`, `ValidID`, for services also
    /// `Parent` (its full name). Without a source the first writable one is meant (D19). Roles: editor; for agents,
    /// groups and services admin.
    ///
    /// # Errors
    /// Mistakes in fields are in [`RecordPlan::errors`]; an unknown or read-only source, or a lacking role, is an error.
    #[boxed]
    pub async fn plan_create(
        self,
        actor: &Actor,
        kind: Kind,
        source: Option<&str>,
        fields: Fields,
    ) -> Result<Plan> {
        if kind == Kind::Agent {
            return self.plan_agent(actor, None, fields, None).await;
        }
        if let Some(table) = named::table(kind) {
            if let Some(other) = source.filter(|source| *source != table.name()) {
                return Err(Error::Unknown {
                    what: "source",
                    key: other.into(),
                });
            }
            return self
                .plan_named(actor, kind, table, None, fields, None)
                .await;
        }
        actor.require(Action::Change, Object::Records(kind))?;
        let handle = self.directory.writable(kind, source)?;
        let mut fields = tidy(handle, Some(handle.table().await?), fields).await?;
        let mut preferences = preferences::take_preferences(handle, &mut fields);
        let mut after = Record::default();
        for field in handle
            .spec
            .map
            .visible()
            .filter(|field| field.kind != FieldKind::DynamicField)
        {
            match fields.get(&field.name) {
                Some(value) => after.set(&field.name, value),
                // OTOBO stores '' for people and NULL for customers where nothing is given.
                None if kind == Kind::CustomerUser && field.kind == FieldKind::Var => {
                    after.set(&field.name, "")
                }
                None => {}
            }
        }
        set_default_validity(handle, &fields, &mut after);
        let generates_key = handle
            .people
            .as_ref()
            .is_some_and(|people| people.auto_login.is_some())
            && after.get(handle.spec.key_field()).is_empty();
        let wanted = RecordDraft {
            kind,
            handle,
            before: None,
            fields: &fields,
            after: &after,
            key_is_settled: generates_key,
        };
        let mut errors = self.mistakes(&wanted).await?;
        let mut changes = changes(handle, None, &after);
        changes.extend(preferences::changes(&Fields::new(), &mut preferences));
        errors.extend(preferences::mistakes(&preferences));
        let password = password_of(&fields);
        if let Some(password) = &password {
            let names = names_of(&after);
            let mistake = self
                .directory
                .password_mistake(None, &names, password, handle.at_home());
            errors.extend(mistake.await?);
        }
        Ok(self.directory.seal(RecordPlan {
            kind,
            source: handle.spec.id.clone(),
            key: after.get(handle.spec.key_field()).to_owned(),
            before: None,
            changes,
            effects: password
                .iter()
                .map(|_| Effect::SetsPassword { generated: false })
                .collect(),
            after,
            errors,
            version: None,
            actor: actor.clone(),
            wanted: without_password(fields),
            preferences,
            password,
            generated: false,
            chosen: false,
            policy: self.directory.password_policy(),
            moved: None,
        }))
    }

    /// Plans a change. With `had`, a record that changed since is a `Conflict` with both versions. Roles as for
    /// [`Records::plan_create`].
    ///
    /// # Errors
    /// `NotFound`, `ReadOnly`, `Conflict`, `Forbidden`; mistakes in fields are in [`RecordPlan::errors`].
    #[boxed]
    pub async fn plan_update(
        self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        fields: Fields,
        had: Option<Version>,
    ) -> Result<Plan> {
        if kind == Kind::Agent {
            return self.plan_agent(actor, Some(key), fields, had).await;
        }
        if let Some(table) = named::table(kind) {
            return self
                .plan_named(actor, kind, table, Some(key), fields, had)
                .await;
        }
        actor.require(Action::Change, Object::Records(kind))?;
        let (handle, stored) = self
            .directory
            .find_row(kind, key)
            .await?
            .ok_or_else(|| not_found(kind, key))?;
        let table = handle.source().await?.table();
        let mut fields = tidy(handle, table, fields).await?;
        let mut preferences = preferences::take_preferences(handle, &mut fields);
        // A key in another form of the same characters is the stored one.
        for (name, value) in &mut fields {
            let before = stored.record.get(name);
            if before != value && composed(before) == *value {
                before.clone_into(value);
            }
        }
        // People of a read-only source still have preferences.
        if handle.spec.read_only && (preferences.is_empty() || !fields.is_empty()) {
            return Err(Error::ReadOnly {
                source_id: handle.spec.id.clone(),
            });
        }
        let stored_key = stored.record.get(handle.spec.key_field()).to_owned();
        let stored_preferences = self
            .directory
            .offered_preferences(handle, &stored_key)
            .await?;
        let version = version(&stored, &stored_preferences);
        if let Some(had) = had.filter(|had| *had != version) {
            let current = self.directory.found(handle, stored).await?;
            let mut wanted = without_password(fields);
            wanted.extend(preferences);
            return Err(Error::Conflict(Box::new(Stale {
                kind,
                key: stored_key,
                current,
                wanted,
                had,
            })));
        }
        let mut after = stored.record.clone();
        for (name, value) in &fields {
            let field = handle.spec.map.find(name);
            if field.is_some_and(|field| {
                !field.read_only
                    && !field.is_secret()
                    && field.kind != FieldKind::DynamicField
                    && !table.is_some_and(|table| has_already(table, field, &stored.record, value))
            }) {
                after.set(name, value);
            }
        }
        let wanted = RecordDraft {
            kind,
            handle,
            before: Some(&stored.record),
            fields: &fields,
            after: &after,
            key_is_settled: false,
        };
        // What is wrong with a row that others keep is not for this save to say.
        let mut errors = match handle.spec.read_only {
            true => vec![],
            false => self.mistakes(&wanted).await?,
        };
        let mut changes = changes(handle, Some(&stored.record), &after);
        changes.extend(preferences::changes(&stored_preferences, &mut preferences));
        errors.extend(preferences::mistakes(&preferences));
        let new_key = after.get(handle.spec.key_field()).to_owned();
        let password = password_of(&fields);
        if let Some(password) = &password {
            let holder = PasswordOwner::customer_user(&stored_key, stored.password.as_deref());
            let names = names_of(&after);
            let at_home = handle.at_home();
            let mistake = self
                .directory
                .password_mistake(Some(&holder), &names, password, at_home);
            errors.extend(mistake.await?);
        }
        let mut plan = RecordPlan {
            kind,
            source: handle.spec.id.clone(),
            key: new_key.clone(),
            changes,
            effects: vec![],
            before: Some(stored.record),
            after,
            errors,
            version: Some(version),
            actor: actor.clone(),
            wanted: without_password(fields),
            preferences,
            password,
            generated: false,
            chosen: false,
            policy: self.directory.password_policy(),
            moved: None,
        };
        plan.effects = self.effects(&plan, handle, &stored_key).await?;
        Ok(self.directory.seal(plan))
    }

    /// Plans a new password; none is a generated one.
    ///
    /// # Errors
    /// As [`Records::plan_update`].
    #[boxed]
    pub async fn plan_password(
        self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        password: Option<SecretString>,
    ) -> Result<Plan> {
        let mut fields = Fields::new();
        if let Some(password) = &password {
            fields.insert(PASSWORD.into(), password.expose_secret().to_owned());
        }
        let plan = self.plan_update(actor, kind, key, fields, None).await?;
        Ok(match password {
            Some(_) => plan,
            None => self.generate_password(plan),
        })
    }

    async fn effects(
        self,
        plan: &RecordPlan,
        handle: &SourceHandle,
        stored_key: &str,
    ) -> Result<Vec<Effect>> {
        let mut effects = vec![];
        if plan.key != stored_key {
            effects.push(Effect::Renames {
                from: stored_key.to_owned(),
                to: plan.key.clone(),
            });
            let customer = plan.kind == Kind::Customer;
            let twin = handle.table().await?.has_twin(stored_key).await;
            let twin = twin.map_err(|error| handle.failed(error))?;
            for (table, rows) in relations::count(self.directory.home(), customer, stored_key, twin)
                .await
                .map_err(Error::home)?
            {
                effects.push(Effect::Carries { table, rows });
            }
            if customer {
                for (people, source) in self
                    .directory
                    .handles(Kind::CustomerUser)
                    .iter()
                    .filter_map(|one| Some((one, one.people.as_ref()?)))
                {
                    let table = people.source().await?;
                    let rows = table.count_key(&source.customer_id, stored_key, twin).await;
                    let rows = rows.map_err(|error| people.failed(error))?;
                    effects.extend(match (rows, people.spec.read_only) {
                        (0, _) => None,
                        (_, false) => Some(Effect::Carries {
                            table: people.spec.origin.name(),
                            rows,
                        }),
                        (_, true) => Some(Effect::LeavesBehind {
                            source: people.spec.id.clone(),
                            rows,
                        }),
                    });
                }
            }
        }
        if plan.password.is_some() {
            effects.push(Effect::SetsPassword {
                generated: plan.generated,
            });
        }
        let valid = handle
            .spec
            .valid
            .as_ref()
            .and_then(|column| handle.spec.map.find_column(column));
        let change = valid.and_then(|field| {
            plan.changes
                .iter()
                .find(|change| change.field == field.name)
        });
        let name = |id: &str| {
            Validity::parse(id).map_or_else(|| id.to_owned(), |validity| validity.name().to_owned())
        };
        effects.extend(change.map(|change| Effect::ChangesValidity {
            from: name(&change.before),
            to: name(&change.after),
        }));
        Ok(effects)
    }
}

/// What a person is called, which is no password.
pub(crate) fn names_of(record: &Record) -> [&str; 4] {
    ["UserLogin", "UserEmail", "UserFirstname", "UserLastname"].map(|field| record.get(field))
}

pub(crate) fn password_of(fields: &Fields) -> Option<SecretString> {
    let typed = fields.get(PASSWORD).filter(|text| !text.is_empty());
    typed.map(|text| SecretString::from(text.clone()))
}

pub(crate) fn without_password(mut fields: Fields) -> Fields {
    fields.remove(PASSWORD);
    fields
}

fn set_default_validity(handle: &SourceHandle, fields: &Fields, after: &mut Record) {
    let entry = handle.spec.valid_entry();
    if let Some(entry) = entry.filter(|entry| !fields.contains_key(*entry)) {
        after.set(entry, Validity::Valid.id().to_string());
    }
}

pub(crate) fn changes(
    handle: &SourceHandle,
    before: Option<&Record>,
    after: &Record,
) -> Vec<Change> {
    let change = |field: &Field| {
        let from = before.map_or("", |before| before.get(&field.name));
        let to = after.get(&field.name);
        (from != to).then(|| Change {
            field: field.name.clone(),
            before: from.into(),
            after: to.into(),
        })
    };
    handle.spec.map.visible().filter_map(change).collect()
}
