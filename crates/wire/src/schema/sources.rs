//! Documents of sources.

use std::collections::BTreeMap;

use utoipa::{IntoParams, ToSchema};

/// How sources are.
#[derive(ToSchema)]
pub struct SourceStates {
    items: Vec<SourceState>,
}

/// How a source is.
#[derive(ToSchema)]
pub struct SourceState {
    #[schema(example = "CustomerUser1")]
    id: String,
    name: String,
    /// What is in it: `customer-user` or `customer`.
    kind: String,
    /// `DB`, `CSV` or `LDAP`.
    module: String,
    /// The table, file or base of a tree.
    origin: String,
    writable: bool,
    /// Whether it answered when it was last asked; null if it was not asked yet.
    answers: Option<bool>,
    /// Since when it has not answered; null while it answers.
    unavailable_since: Option<String>,
    /// How long its last answer took.
    latency_ms: Option<u64>,
    last_error: Option<SourceError>,
    /// Valid records that it speaks for.
    valid: u64,
    /// Those that are not valid.
    others: u64,
    /// When the copy was last as the source; null if that is not known.
    in_step_at: Option<String>,
    /// How old the copy is.
    age_seconds: Option<u64>,
    /// How it tells changes: `journal`, `change-time`, `server`, `whole-file` or `nothing`.
    tells_changes: String,
    /// Whether it has a field for passwords.
    has_passwords: bool,
    /// Keys that it shares with another source, as far as they are known.
    conflicts: u64,
    /// There are more than that.
    more_conflicts: bool,
    /// Of a single source.
    #[schema(required = false, nullable = false)]
    fields: Option<Vec<SourceField>>,
}

/// The last time that a source failed.
#[derive(ToSchema)]
pub struct SourceError {
    at: String,
    finding: String,
    outcome: String,
    text: String,
    remedy: Option<String>,
}

/// A field of a source, and where it is read from.
#[derive(ToSchema)]
pub struct SourceField {
    name: String,
    label: String,
    /// The column or attribute.
    column: String,
    required: bool,
    secret: bool,
}

/// What a test of a source found.
#[derive(ToSchema)]
pub struct SourceTest {
    source: String,
    /// The worst of its steps: `passed`, `warned` or `failed`.
    outcome: String,
    steps: Vec<SourceStep>,
}

/// A step of a test. Steps that build on one that failed are left out.
#[derive(ToSchema)]
pub struct SourceStep {
    #[schema(example = "tls")]
    step: String,
    /// The server or address that it is about.
    on: Option<String>,
    outcome: String,
    milliseconds: u64,
    findings: Vec<SourceFinding>,
    /// The statement or filter that was asked.
    asked: Option<String>,
    /// Fields of a sample, without secrets.
    fields: BTreeMap<String, String>,
}

/// Something that was found.
#[derive(ToSchema)]
pub struct SourceFinding {
    /// Its name for programs.
    #[schema(example = "unknown-issuer")]
    finding: String,
    outcome: String,
    text: String,
    /// What to do about it.
    remedy: Option<String>,
}

/// Keys that several sources have: the first source speaks for each.
#[derive(ToSchema)]
pub struct SourceConflicts {
    items: Vec<SourceConflict>,
    /// How many are known.
    total: u64,
    /// Otherwise there are more than `total`.
    total_exact: bool,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A key that two sources have.
#[derive(ToSchema)]
pub struct SourceConflict {
    key: String,
    /// The source that speaks for it.
    first: String,
    /// The one that has it, too.
    later: String,
    /// The later one did not answer: it had the key when it was last looked at.
    unsure: bool,
}

/// Which source.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SourcePath {
    /// The section of the settings.
    #[param(example = "CustomerUser1")]
    id: String,
}

/// Which conflicts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConflictsParameters {
    /// Where the page begins: the `next` of the page before.
    #[param(nullable = false)]
    after: Option<String>,
    /// At most so many.
    #[param(minimum = 1, maximum = 200, default = 50, nullable = false)]
    limit: Option<u32>,
}
