//! The history of records, and the journal.

use utoipa::ToSchema;

use super::{Change, Effect, RelationChange};

/// What happened to a record, the latest first.
#[derive(ToSchema)]
pub struct History {
    items: Vec<Entry>,
}

/// One entry of the journal.
#[derive(ToSchema)]
pub struct Entry {
    id: i64,
    #[schema(example = "2030-01-31T12:00:00Z")]
    at: String,
    /// `ewa`, `token:import`, `operator`.
    who: String,
    #[schema(inline)]
    door: DoorName,
    /// `create`, `update`, `rename`, `set-password`, ….
    action: String,
    kind: String,
    source: String,
    key: String,
    changes: Vec<Change>,
    effects: Vec<Effect>,
    /// Relations that were given and taken.
    relations: Vec<RelationChange>,
    /// The job that did it, if one did.
    job: Option<i64>,
}

/// The way by which a change came in; `source` is what a source says of itself.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum DoorName {
    Page,
    Rest,
    Terminal,
    Source,
}

/// What an entry of the journal is about.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum TopicName {
    CustomerUser,
    Customer,
    Agent,
    Group,
    Service,
    Review,
    Job,
    Template,
    Settings,
    Token,
    LogIn,
    Relation,
    Source,
    View,
}

/// A page of the journal, the latest first.
#[derive(ToSchema)]
pub struct Journal {
    items: Vec<Entry>,
    /// The `before` of the next page; null on the last one.
    next: Option<i64>,
}

/// What checking the journal came to.
#[derive(ToSchema)]
pub struct JournalVerdict {
    entries: u64,
    intact: bool,
    /// The first bad entry.
    fault: Option<JournalFault>,
}

/// A bad entry of the journal.
#[derive(ToSchema)]
pub struct JournalFault {
    entry: i64,
    /// `tampered`, `missing`, `reordered`, `end-missing`, `links-altered` or `review-altered`.
    problem: String,
}
