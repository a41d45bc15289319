//! Taking changes back.

use utoipa::ToSchema;

use super::{
    AccessEffects, Change, Effect, GroupEffect, JournalRange, KindName, Mistake, RelationChange,
    SettingChange,
};

/// What was taken back, or would be: relations, fields of a record, or settings.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum UndoAnswer {
    Relations(UndoneRelations),
    Record(UndoneRecord),
    Settings(UndoneSettings),
}

/// Relations that were given and taken are taken and given.
#[derive(ToSchema)]
pub struct UndoneRelations {
    #[schema(inline)]
    undoes: RelationsName,
    /// Without what was so already.
    changes: Vec<RelationChange>,
    effects: AccessEffects,
    /// What is wrong; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

/// A record gets the fields back that it had.
#[derive(ToSchema)]
pub struct UndoneRecord {
    #[schema(inline)]
    undoes: RecordName,
    #[schema(inline)]
    kind: KindName,
    key: String,
    changes: Vec<Change>,
    effects: Vec<Effect>,
    /// What is wrong; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

/// Settings get the values back that they had.
#[derive(ToSchema)]
pub struct UndoneSettings {
    #[schema(inline)]
    undoes: SettingsName,
    changes: Vec<SettingChange>,
    effects: Vec<GroupEffect>,
    more_groups: bool,
    /// What is wrong; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum RelationsName {
    Relations,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum RecordName {
    Record,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum SettingsName {
    Settings,
}
