//! Changing the settings that permissions depend on: plan, then apply.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Object, Result, Sealed,
};
use kartoteka_model::access::{AccessSettings, RW, STANDARD};
use kartoteka_settings::SetIn;
use kartoteka_store::access;
use kartoteka_store::own::state;
use serde::Serialize;
use serde_json::Value;

use crate::Access;
use crate::facts::settings::{KIND, STATE, SavedSettings};

/// Settings that are wanted, by the name of their key; the others stay as they are.
pub type SettingsWanted = BTreeMap<String, Value>;

/// How many people have a permission in a group before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupEffect {
    pub group: String,
    pub permission: String,
    pub before: u64,
    pub after: u64,
}

/// A change of the settings that was authorised, validated and worked out, but not done.
pub type SettingsPlan = Sealed<SettingsPlanned>;

/// What a plan for the settings says.
#[derive(Debug, Clone)]
pub struct SettingsPlanned {
    pub before: AccessSettings,
    pub after: AccessSettings,
    /// The values are JSON.
    pub changes: Vec<Change>,
    pub errors: Vec<FieldError>,
    /// For the groups that the change concerns; at most [`MOST_GROUPS`] of them.
    pub effects: Vec<GroupEffect>,
    /// There are more groups than effects were worked out for.
    pub more: bool,
    actor: Actor,
    wanted: SettingsWanted,
}

/// A change of the settings that was done.
#[derive(Debug)]
pub struct SettingsApplied {
    pub after: AccessSettings,
    /// The values are JSON.
    pub changes: Vec<Change>,
    pub effects: Vec<GroupEffect>,
    /// There are more groups than effects were worked out for.
    pub more: bool,
    /// The number of the journal entry; none if nothing had to be changed.
    pub journal: Option<i64>,
}

/// Groups whose people are counted for a preview: each costs a count over the whole directory.
pub const MOST_GROUPS: usize = 12;

/// The widest name that `permission_key` holds.
const PERMISSION_MAX: usize = 20;

impl<'d> Access<'d> {
    /// The keys of the settings of access that the file or the environment names, with where they stand: they can't be
    /// changed elsewhere.
    pub fn fixed_access_settings(self) -> &'d BTreeMap<String, SetIn> {
        &self.directory.directory().settings().groups.named
    }

    /// Plans to change the settings of access. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; mistakes in values are in [`SettingsPlanned::errors`].
    #[boxed]
    pub async fn plan_access_settings(
        self,
        actor: &Actor,
        wanted: SettingsWanted,
    ) -> Result<SettingsPlan> {
        actor.require(Action::Change, Object::Settings)?;
        self.directory.sync_indexes().await?;
        let mut plan = self.settings_worked_out(actor, wanted).await?;
        if plan.errors.is_empty() && !plan.changes.is_empty() {
            (plan.effects, plan.more) = self.group_effects(&plan.before, &plan.after).await?;
        }
        Ok(self.directory.seal(plan))
    }

    /// Saves what a plan says. Role: admin.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, or would have them now.
    #[boxed]
    pub async fn apply_access_settings(self, planned: SettingsPlan) -> Result<SettingsApplied> {
        let planned = self.directory.open(planned);
        if !planned.errors.is_empty() {
            return Err(Error::Invalid(planned.errors));
        }
        self.directory
            .save(|| async {
                let planned = planned.clone();
                let mut tx = self.directory.begin_locked().await?;
                let mut plan = self
                    .settings_worked_out(&planned.actor, planned.wanted)
                    .await?;
                if !plan.errors.is_empty() {
                    return Err(Error::Invalid(plan.errors));
                }
                if plan.changes.is_empty() {
                    return Ok(plan.done(None));
                }
                (plan.effects, plan.more) = match plan.changes == planned.changes {
                    true => (planned.effects, planned.more),
                    false => self.group_effects(&plan.before, &plan.after).await?,
                };
                let mut saved =
                    serde_json::to_value(self.saved_settings().await?).map_err(Error::internal)?;
                for change in &plan.changes {
                    let after: Value =
                        serde_json::from_str(&change.after).map_err(Error::internal)?;
                    saved[&change.field] = after;
                }
                state::set_in(&mut tx, STATE, Some(&saved.to_string()))
                    .await
                    .map_err(Error::home)?;
                let draft = JournalDraft {
                    action: "update",
                    kind: KIND,
                    source: "",
                    key: STATE,
                    key_before: "",
                    changes: &plan.changes,
                    effects: &[],
                };
                let entry = self
                    .directory
                    .journal_entry(&mut tx, &plan.actor, draft)
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(plan.done(Some(entry)))
            })
            .await
    }

    async fn settings_worked_out(
        self,
        actor: &Actor,
        wanted: SettingsWanted,
    ) -> Result<SettingsPlanned> {
        let before = self.grants().access_settings().await?;
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let is_group = |name: &str| groups.iter().any(|group| group.name == name);
        let mut errors = vec![];
        let mut saved =
            serde_json::to_value(self.saved_settings().await?).map_err(Error::internal)?;
        let shown = serde_json::to_value(&before).map_err(Error::internal)?;
        let mut changes = vec![];
        for (key, value) in &wanted {
            let Some(now) = shown.get(key) else {
                errors.push(FieldError::new(key, FieldProblem::UnknownField));
                continue;
            };
            let mistake = mistake(key, value, now, &is_group);
            if let Some(problem) = mistake {
                errors.push(FieldError::new(key, problem));
            } else if now != value {
                if let Some(fixed) = self.fixed_access_settings().get(key) {
                    let problem = match fixed.clone() {
                        SetIn::File => FieldProblem::FixedByFile,
                        SetIn::Otobo => FieldProblem::FixedByOtobo,
                        SetIn::Variable(variable) => FieldProblem::FixedByVariable { variable },
                    };
                    errors.push(FieldError::new(key, problem));
                    continue;
                }
                saved[key] = value.clone();
                changes.push(Change {
                    field: key.clone(),
                    before: now.to_string(),
                    after: value.to_string(),
                });
            }
        }
        let after: SavedSettings = match errors.is_empty() {
            true => serde_json::from_value(saved).map_err(Error::internal)?,
            false => self.saved_settings().await?,
        };
        Ok(SettingsPlanned {
            after: self.access_settings_with(&after),
            before,
            changes,
            errors,
            effects: vec![],
            more: false,
            actor: actor.clone(),
            wanted,
        })
    }

    async fn group_effects(
        self,
        before: &AccessSettings,
        after: &AccessSettings,
    ) -> Result<(Vec<GroupEffect>, bool)> {
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let switched = before.customer_group_support != after.customer_group_support;
        let concerned: Vec<_> = groups
            .into_iter()
            .filter(|group| group.valid)
            .filter(|group| {
                switched
                    || before.is_always(&group.name) != after.is_always(&group.name)
                    || before.is_company_always(&group.name) != after.is_company_always(&group.name)
            })
            .collect();
        let more = concerned.len() > MOST_GROUPS;
        let mut effects = vec![];
        for group in concerned.into_iter().take(MOST_GROUPS) {
            for permission in ["ro", RW] {
                let was = self.count_in_group(&group, permission, before).await?;
                let will = self.count_in_group(&group, permission, after).await?;
                if was != will {
                    effects.push(GroupEffect {
                        group: group.name.clone(),
                        permission: permission.to_owned(),
                        before: was,
                        after: will,
                    });
                }
            }
        }
        Ok((effects, more))
    }
}

impl SettingsPlanned {
    fn done(self, journal: Option<i64>) -> SettingsApplied {
        SettingsApplied {
            after: self.after,
            changes: self.changes,
            effects: self.effects,
            more: self.more,
            journal,
        }
    }
}

/// What is wrong with a value; `now` shows which type it must have.
fn mistake(
    key: &str,
    value: &Value,
    now: &Value,
    is_group: &impl Fn(&str) -> bool,
) -> Option<FieldProblem> {
    let Some(list) = value.as_array() else {
        return (!(value.is_boolean() && now.is_boolean())).then_some(FieldProblem::NotAChoice);
    };
    let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    let Some(texts) = texts.filter(|_| now.is_array()) else {
        return Some(FieldProblem::NotAChoice);
    };
    let had = |name: &str| {
        let mut now = now.as_array().into_iter().flatten();
        now.any(|one| one == name)
    };
    if key != "permissions" {
        // A name that the list has already may stay, though its group is gone.
        let unknown = texts.iter().any(|name| !is_group(name) && !had(name));
        return unknown.then_some(FieldProblem::UnknownGroup);
    }
    let plain = |name: &&str| {
        STANDARD.contains(name)
            || had(name)
            || (1..=PERMISSION_MAX).contains(&name.len())
                && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    let complete = texts.contains(&"ro") && texts.contains(&RW);
    (!complete || !texts.iter().all(plain)).then_some(FieldProblem::UnknownPermission)
}
