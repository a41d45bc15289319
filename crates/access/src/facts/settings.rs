//! The settings that permissions depend on: the file's, else what was saved here, else the shipped ones.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Object, Result};
use kartoteka_model::access::AccessSettings;
use kartoteka_settings::SetIn;
use kartoteka_store::own::state;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Access, Grants};

/// The name of the row of `kt_state` that holds what was saved.
pub(crate) const STATE: &str = "access";

/// The kind of record that the journal knows it as.
pub(crate) const KIND: &str = kartoteka_directory::Topic::Settings.name();

/// What was saved in the pages or by REST; keys that are not there were never saved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SavedSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_group_support: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always_groups: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_always_groups: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_customers: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_company_tickets: Option<bool>,
}

/// Where the value of a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingOrigin {
    /// `kartoteka.toml` names it: it holds there and can't be changed elsewhere.
    File,
    /// It was set in OTOBO's pages: the same.
    Otobo,
    /// A variable names it: the same.
    Environment,
    /// It was saved here.
    Database,
    /// It is what is shipped.
    Default,
}

/// One of the settings that permissions depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessSetting {
    pub key: String,
    /// In force.
    pub value: Value,
    pub origin: SettingOrigin,
    /// The variable that names it.
    pub variable: Option<String>,
}

impl AccessSetting {
    /// Whether it can be changed here.
    pub fn is_changeable(&self) -> bool {
        !matches!(
            self.origin,
            SettingOrigin::File | SettingOrigin::Otobo | SettingOrigin::Environment
        )
    }
}

impl Access<'_> {
    /// Each setting that permissions depend on, with its value and where that comes from. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; when the database does not answer.
    #[boxed]
    pub async fn access_settings_shown(self, actor: &Actor) -> Result<Vec<AccessSetting>> {
        actor.require(Action::See, Object::Settings)?;
        let saved = self.saved_settings().await?;
        let values =
            serde_json::to_value(self.access_settings_with(&saved)).map_err(Error::internal)?;
        let saved = serde_json::to_value(saved).map_err(Error::internal)?;
        let fixed = self.fixed_access_settings();
        let setting = |(key, value): (&String, &Value)| AccessSetting {
            origin: match (fixed.get(key), saved.get(key)) {
                (Some(SetIn::File), _) => SettingOrigin::File,
                (Some(SetIn::Otobo), _) => SettingOrigin::Otobo,
                (Some(SetIn::Variable(_)), _) => SettingOrigin::Environment,
                (None, Some(_)) => SettingOrigin::Database,
                (None, None) => SettingOrigin::Default,
            },
            variable: match fixed.get(key) {
                Some(SetIn::Variable(variable)) => Some(variable.clone()),
                _ => None,
            },
            key: key.clone(),
            value: value.clone(),
        };
        let values = values.as_object().into_iter().flatten();
        Ok(values.map(setting).collect())
    }

    /// What was saved.
    pub(crate) async fn saved_settings(self) -> Result<SavedSettings> {
        let saved = state::find(self.directory.home(), STATE)
            .await
            .map_err(Error::home)?;
        match saved.as_deref() {
            None | Some("") => Ok(SavedSettings::default()),
            Some(text) => serde_json::from_str(text).map_err(Error::internal),
        }
    }

    /// The settings that would be in force with these saved.
    pub(crate) fn access_settings_with(self, saved: &SavedSettings) -> AccessSettings {
        let file = &self.directory.settings().groups;
        fn pick<T: Clone>(fixed: bool, file: &T, saved: &Option<T>) -> T {
            saved.as_ref().filter(|_| !fixed).unwrap_or(file).clone()
        }
        let fixed = |key: &str| file.named.contains_key(key);
        AccessSettings {
            customer_group_support: pick(
                fixed("customer_group_support"),
                &file.customer_group_support,
                &saved.customer_group_support,
            ),
            always_groups: pick(
                fixed("always_groups"),
                &file.always_groups,
                &saved.always_groups,
            ),
            company_always_groups: pick(
                fixed("company_always_groups"),
                &file.company_always_groups,
                &saved.company_always_groups,
            ),
            other_customers: pick(
                fixed("other_customers"),
                &file.other_customers,
                &saved.other_customers,
            ),
            permissions: pick(fixed("permissions"), &file.permissions, &saved.permissions),
            disable_company_tickets: pick(
                fixed("disable_company_tickets"),
                &file.disable_company_tickets,
                &saved.disable_company_tickets,
            ),
        }
    }
}

impl Grants<'_> {
    /// The settings in force: a key that the file names holds, else what was saved, else what is shipped.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn access_settings(self) -> Result<AccessSettings> {
        Ok(self
            .access
            .access_settings_with(&self.access.saved_settings().await?))
    }
}
