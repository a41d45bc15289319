//! Templates of jobs.

use utoipa::{IntoParams, ToSchema};

use super::JobChange;

/// All templates by name.
#[derive(ToSchema)]
pub struct TemplateList {
    items: Vec<Template>,
}

/// A named set of changes.
#[derive(ToSchema)]
pub struct Template {
    id: i64,
    #[schema(example = "New colleague in support")]
    name: String,
    changes: Vec<JobChange>,
    changed: String,
    /// Who saved it last.
    changed_by: String,
}

/// A new template.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateCreate {
    #[schema(min_length = 1, max_length = 100, example = "New colleague in support")]
    name: String,
    #[schema(min_items = 1, max_items = 100)]
    changes: Vec<JobChange>,
}

/// What becomes of a template.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateUpdate {
    #[schema(required = false, nullable = false, min_length = 1, max_length = 100)]
    name: Option<String>,
    #[schema(required = false, nullable = false, min_items = 1, max_items = 100)]
    changes: Option<Vec<JobChange>>,
}

/// The address of a template.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct TemplatePath {
    /// The template's number.
    id: i64,
}
