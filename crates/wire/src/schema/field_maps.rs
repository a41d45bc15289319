//! The fields of sources as admins see and change them.

use std::collections::BTreeMap;

use utoipa::{IntoParams, ToSchema};

use super::{JournalRange, Mistake};

/// The address of a source.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FieldSourcePath {
    /// The source: `CustomerUser`, `CustomerCompany1` ….
    #[param(min_length = 1, example = "CustomerUser")]
    source: String,
}

/// The address of a field.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FieldPath {
    /// The source: `CustomerUser`, `CustomerCompany1` ….
    #[param(min_length = 1, example = "CustomerUser")]
    source: String,
    /// The name of the field.
    #[param(min_length = 1, example = "UserRoom")]
    name: String,
}

/// The fields of a source, as they are written.
#[derive(ToSchema)]
pub struct FieldsOfSource {
    /// Counted up with each write.
    number: u64,
    /// Which one this node goes by: it may be at work on the next.
    in_force: u64,
    /// What does not check and is not in force on this node; null if there is none.
    refused: Option<RefusedFields>,
    id: String,
    name: String,
    /// The table, file or tree.
    table: String,
    /// Whether columns can be added to it.
    adds_columns: bool,
    /// Whether the settings file or the environment says in which order the fields stand.
    order_is_fixed: bool,
    fields: Vec<FieldEntry>,
    /// Fields that were taken out of the map.
    removed: Vec<String>,
}

/// What does not check.
#[derive(ToSchema)]
pub struct RefusedFields {
    number: u64,
    mistakes: Vec<String>,
}

/// An entry of a field map.
#[derive(ToSchema)]
pub struct FieldEntry {
    #[schema(example = "UserRoom")]
    name: String,
    /// From 1.
    position: u64,
    label: String,
    /// By the codes of languages.
    labels: BTreeMap<String, String>,
    #[schema(example = "room")]
    column: String,
    r#type: FieldEntryType,
    shown: FieldEntryShown,
    required: bool,
    read_only: bool,
    link: String,
    /// Values to choose from, with their labels.
    choices: BTreeMap<String, String>,
    origin: FieldEntryOrigin,
    /// The variable of the environment that sets it.
    variable: Option<String>,
}

/// What a field holds.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum FieldEntryType {
    Var,
    Int,
    DynamicField,
}

/// What a new field holds.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum NewFieldType {
    Var,
    Int,
}

/// Where a field is shown beside forms.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum FieldEntryShown {
    Never,
    Always,
    AlsoLite,
}

/// Where a field is set: the settings file; the environment; an OTOBO's configuration or the default; the same, changed here;
/// added here.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum FieldEntryOrigin {
    File,
    Environment,
    Below,
    Changed,
    Added,
}

/// A field to add.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"source": "CustomerUser", "name": "UserRoom", "label": "Room", "column": "room", "size": 250}))]
pub struct FieldCreate {
    #[schema(example = "CustomerUser")]
    source: String,
    #[schema(example = "UserRoom")]
    name: String,
    /// The column, which is added if it is not there; without it, a field that was taken out comes back.
    #[schema(required = false, nullable = false)]
    column: Option<String>,
    /// How many characters the column takes that is added; 250 if nothing is said.
    #[schema(required = false, nullable = false, minimum = 1, maximum = 4000)]
    size: Option<u32>,
    #[schema(required = false, nullable = false)]
    r#type: Option<NewFieldType>,
    #[schema(required = false, nullable = false)]
    label: Option<String>,
    #[schema(required = false, nullable = false)]
    labels: Option<BTreeMap<String, String>>,
    #[schema(required = false, nullable = false)]
    shown: Option<FieldEntryShown>,
    #[schema(required = false, nullable = false)]
    required: Option<bool>,
    #[schema(required = false, nullable = false)]
    read_only: Option<bool>,
    /// A template that begins with `https`, `http`, `mailto` or `tel`, such as `tel:[% Data.UserPhone | uri %]`.
    #[schema(required = false, nullable = false)]
    link: Option<String>,
    #[schema(required = false, nullable = false)]
    choices: Option<BTreeMap<String, String>>,
    #[schema(required = false, nullable = false, minimum = 1, maximum = 1000)]
    position: Option<u64>,
}

/// What of a field is to be changed; what is not named stays.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"label": "Room", "position": 3}))]
pub struct FieldUpdate {
    #[schema(required = false, nullable = false)]
    label: Option<String>,
    /// All of them.
    #[schema(required = false, nullable = false)]
    labels: Option<BTreeMap<String, String>>,
    #[schema(required = false, nullable = false)]
    shown: Option<FieldEntryShown>,
    #[schema(required = false, nullable = false)]
    required: Option<bool>,
    #[schema(required = false, nullable = false)]
    read_only: Option<bool>,
    #[schema(required = false, nullable = false)]
    link: Option<String>,
    /// All of them.
    #[schema(required = false, nullable = false)]
    choices: Option<BTreeMap<String, String>>,
    #[schema(required = false, nullable = false, minimum = 1, maximum = 1000)]
    position: Option<u64>,
}

/// What was changed in a field map, or would be.
#[derive(ToSchema)]
pub struct FieldAnswer {
    source: String,
    name: String,
    /// The field as it is then; null when it is removed.
    field: Option<FieldEntry>,
    /// Member by member.
    changes: Vec<FieldChange>,
    effects: Vec<FieldEffect>,
    /// What is wrong; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

/// A member of a field before and after.
#[derive(ToSchema)]
pub struct FieldChange {
    #[schema(example = "UserRoom.label")]
    field: String,
    before: String,
    after: String,
}

/// What a write does beside the map.
#[derive(ToSchema)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum FieldEffect {
    /// A table gets a column, by this statement.
    AddsColumn {
        table: String,
        column: String,
        sql: String,
    },
    /// A column that is there is taken as it is.
    TakesColumn { table: String, column: String },
    /// What the column holds stays in it.
    KeepsData { table: String, column: String },
    /// Searches need another index, which is made beside the one that answers until then.
    MakesIndex,
}
