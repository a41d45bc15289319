//! The settings that permissions depend on, and changing them.

use serde_json::Value;
use utoipa::ToSchema;

use super::{JournalRange, Mistake};

/// The settings that permissions depend on.
#[derive(ToSchema)]
pub struct AccessSettings {
    items: Vec<AccessSetting>,
}

/// One setting.
#[derive(ToSchema)]
pub struct AccessSetting {
    /// `customer_group_support`, `always_groups`, `company_always_groups`, `other_customers`, `permissions`,
    /// `disable_company_tickets`.
    #[schema(example = "always_groups")]
    key: String,
    /// What is in force: true or false, or a list of names.
    #[schema(example = json!(["users"]))]
    value: Value,
    #[schema(inline)]
    origin: SettingOrigin,
    /// Otherwise the settings file or the environment names it, and it is changed there.
    changeable: bool,
    /// The variable of the environment that names it.
    #[schema(
        required = false,
        nullable = false,
        example = "KARTOTEKA_GROUPS__ALWAYS_GROUPS"
    )]
    variable: Option<String>,
}

/// Where a value comes from: the settings file; the pages of OTOBO; the environment; what was saved; what is shipped.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum SettingOrigin {
    File,
    Otobo,
    Environment,
    Database,
    Default,
}

/// The settings to change; what is not named stays.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"customer_group_support": true, "always_groups": ["users"]}))]
pub struct AccessSettingsWanted {
    /// Permissions by group; without them everybody valid has everything in every valid group.
    #[schema(required = false, nullable = false)]
    customer_group_support: Option<bool>,
    /// Names of groups that everybody has.
    #[schema(required = false, nullable = false)]
    always_groups: Option<Vec<String>>,
    /// Names of groups that every customer has for its own tickets.
    #[schema(required = false, nullable = false)]
    company_always_groups: Option<Vec<String>>,
    /// Whether customers can be given permissions on tickets of other customers.
    #[schema(required = false, nullable = false)]
    other_customers: Option<bool>,
    /// The permissions that can be given; `ro` and `rw` always.
    #[schema(required = false, nullable = false)]
    permissions: Option<Vec<String>>,
    /// Whether customer users see their own tickets only.
    #[schema(required = false, nullable = false)]
    disable_company_tickets: Option<bool>,
}

/// What was changed in the settings, or would be.
#[derive(ToSchema)]
pub struct AccessSettingsAnswer {
    /// Without what was so already.
    changes: Vec<SettingChange>,
    effects: Vec<GroupEffect>,
    /// The change concerns more groups than `effects` counts.
    more_groups: bool,
    /// What is wrong; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

/// One setting before and after.
#[derive(ToSchema)]
pub struct SettingChange {
    key: String,
    before: Value,
    after: Value,
}

/// How many people have a permission in a group before and after.
#[derive(ToSchema)]
pub struct GroupEffect {
    group: String,
    permission: String,
    people_before: u64,
    people_after: u64,
}
