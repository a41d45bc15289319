//! Sources and their fields, as forms and lists need them.

use kartoteka_model::{Field, Selections};

use crate::handle::SourceHandle;
use crate::preferences::offered::Preference;

/// A configured source, as forms and lists need it.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    pub id: String,
    pub name: String,
    /// The word for its kind: `DB`, `CSV`.
    pub module: &'static str,
    pub writable: bool,
    /// The fields in the order of forms, secrets included (their values never are).
    pub fields: Vec<FieldShape>,
    /// Names of the fields that the free search looks in.
    pub searched: Vec<String>,
    pub selections: Selections,
    /// Logins are generated when they are left empty.
    pub auto_login: bool,
    /// The primary customer has to exist.
    pub customer_support: bool,
    /// What people of the source have beside their fields, read-only sources' too.
    pub preferences: Vec<Preference>,
    /// Whether an admin's pages show and change them: `AdminSetPreferences`.
    pub preferences_in_pages: bool,
}

/// A field with what a form has to know of it.
#[derive(Debug, Clone)]
pub struct FieldShape {
    pub field: Field,
    /// The most characters that its column holds.
    pub max_length: Option<usize>,
    pub secret: bool,
}

/// A column that is configured but not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingColumn {
    pub source: String,
    pub table: String,
    pub column: String,
    pub present: Vec<String>,
}

/// A source as it is set up.
pub(crate) fn info(handle: &SourceHandle) -> SourceInfo {
    let spec = &handle.spec;
    let shape = |field: &Field| FieldShape {
        max_length: handle.opened().and_then(|source| source.max_length(field)),
        secret: field.is_secret(),
        field: field.clone(),
    };
    SourceInfo {
        id: spec.id.clone(),
        name: spec.name.clone(),
        module: spec.origin.module(),
        writable: !spec.read_only,
        fields: spec.map.0.iter().map(shape).collect(),
        searched: spec
            .field_names(&spec.search_fields)
            .map(str::to_owned)
            .collect(),
        selections: spec.selections.clone(),
        auto_login: handle
            .people
            .as_ref()
            .is_some_and(|people| people.auto_login.is_some()),
        customer_support: handle
            .people
            .as_ref()
            .is_some_and(|people| people.customer_support),
        preferences: handle.preferences().collect(),
        preferences_in_pages: handle
            .people
            .as_ref()
            .is_some_and(|people| people.set_preferences),
    }
}
