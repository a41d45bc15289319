//! Jobs: giving and taking for many people at once.

use std::collections::BTreeMap;

use utoipa::{IntoParams, ToSchema};

use super::{CustomerRelationName, PersonGroupRelationName, ServiceRelationName};

/// What a job is to do, and for whom.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "select": {"search": "nowak", "valid": "valid"},
    "changes": [{"relation": "person-group", "group": "support", "permission": "ro", "given": true}],
}))]
pub struct JobWanted {
    select: JobSelect,
    /// May be left out where a template is named.
    #[schema(required = false, nullable = false, max_items = 100)]
    changes: Option<Vec<JobChange>>,
    /// The name of a template whose changes are made, too.
    #[schema(required = false)]
    template: Option<String>,
    /// Fields that change; such a job gives and takes nothing.
    #[schema(required = false, nullable = false, max_items = 100)]
    fields: Option<Vec<JobFieldChange>>,
}

/// A field that everybody of a job has changed.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum JobFieldChange {
    Set(JobFieldSet),
    Replace(JobFieldReplace),
}

/// It gets this value.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"field": "UserCity", "value": "Łódź"}))]
pub struct JobFieldSet {
    /// The field's name in the map.
    field: String,
    value: String,
}

/// A part of it becomes another, wherever it stands; whether letters are capital does not matter.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"field": "UserEmail", "replace": "@old.example", "by": "@new.example"}))]
pub struct JobFieldReplace {
    field: String,
    #[schema(min_length = 1)]
    replace: String,
    by: String,
}

/// Whom a job is for.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum JobSelect {
    Logins(JobLogins),
    Search(JobSearch),
}

/// These people.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobLogins {
    #[schema(max_items = 100000, example = json!(["anna.nowak", "jan.kowalski"]))]
    logins: Vec<String>,
}

/// Everybody whom a search finds.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobSearch {
    /// A text in the search language; empty for everybody.
    #[schema(example = "nowak")]
    search: String,
    #[schema(required = false, nullable = false, inline)]
    valid: Option<JobValid>,
    /// Only people of the source with this ID.
    #[schema(required = false)]
    source: Option<String>,
    /// Only people whose primary customer has this ID.
    #[schema(required = false)]
    customer: Option<String>,
    /// For each field one text with `*` as wildcard, or a list of texts of which one has to be there exactly.
    #[schema(required = false, nullable = false, example = json!({"UserCity": "Warsz*"}))]
    fields: Option<BTreeMap<String, TextOrTexts>>,
}

/// One text, or several.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum TextOrTexts {
    One(String),
    Several(Vec<String>),
}

/// Which validities are found; `valid` without it.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum JobValid {
    Valid,
    Invalid,
    All,
}

/// What everybody of a job is given, or what is taken from them.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum JobChange {
    Customer(JobCustomer),
    PersonGroup(JobPersonGroup),
    Service(JobService),
}

/// A further customer.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobCustomer {
    #[schema(inline)]
    relation: CustomerRelationName,
    #[schema(example = "MUSTER")]
    customer: String,
    /// Given; otherwise taken.
    given: bool,
}

/// A permission in a group.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobPersonGroup {
    #[schema(inline)]
    relation: PersonGroupRelationName,
    #[schema(example = "support")]
    group: String,
    #[schema(example = "ro")]
    permission: String,
    /// Given; otherwise taken.
    given: bool,
}

/// A service.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobService {
    #[schema(inline)]
    relation: ServiceRelationName,
    #[schema(example = "IT::Network")]
    service: String,
    /// Given; otherwise taken.
    given: bool,
}

/// A job.
#[derive(ToSchema)]
pub struct Job {
    id: i64,
    #[schema(inline)]
    state: JobStateName,
    /// Who ordered it: `ewa`, `token:import`, `operator`.
    who: String,
    /// `page`, `rest`, `terminal`.
    door: String,
    created: String,
    started: Option<String>,
    finished: Option<String>,
    /// The number of the job that it takes back.
    undoes: Option<i64>,
    select: JobSelected,
    /// Empty when it takes another job back.
    changes: Vec<JobChange>,
    /// Fields that it changes; empty when it gives and takes, or takes another job back.
    fields: Vec<JobFieldChange>,
    /// How many people; final once all are collected.
    total: u64,
    /// How many of them are done: changed, so already, or refused.
    done: u64,
    changed: u64,
    already: u64,
    refused: u64,
    /// Why it stopped or failed: `rights-gone`, `expired`, `internal`.
    problem: Option<String>,
    /// What it did for each person is still known. Otherwise it can't be taken back any more, and has no items.
    items_kept: bool,
    /// What it would do, if that was asked for before it was started.
    preview: Option<JobPreview>,
}

/// How far a job is. `stopped`, `done` and `failed` are final.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum JobStateName {
    Collecting,
    Previewing,
    Planned,
    Running,
    Stopping,
    Stopped,
    Done,
    Failed,
}

/// Whom a job is for: `by` is `logins`, `search` or `undo`; the rest is there for a search.
#[derive(ToSchema)]
pub struct JobSelected {
    by: String,
    #[schema(required = false, nullable = false)]
    search: Option<String>,
    #[schema(required = false, nullable = false)]
    valid: Option<String>,
    #[schema(required = false)]
    source: Option<String>,
    #[schema(required = false)]
    customer: Option<String>,
    #[schema(required = false, nullable = false)]
    fields: Option<BTreeMap<String, TextOrTexts>>,
}

/// What a job would do. Everybody looked at is counted in one of `changed`, `already` and `refused`.
#[derive(ToSchema)]
pub struct JobPreview {
    total: u64,
    /// Less than `total` where time did not suffice for everybody.
    looked: u64,
    changed: u64,
    already: u64,
    refused: u64,
    /// Why people are refused, or what of theirs is left as it is, with how many they are.
    errors: Vec<JobProblemCount>,
    effects: Vec<JobEffect>,
}

/// Something wrong with people in a job.
#[derive(ToSchema)]
pub struct JobProblemCount {
    /// The member that it is about: `login`, `group`, `permission`, `customer`, `service`.
    field: String,
    /// The customer, group or service.
    what: Option<String>,
    code: String,
    message: String,
    people: u64,
}

/// People who gain or lose something.
#[derive(ToSchema)]
pub struct JobEffect {
    /// `permission`, `customer` or `service`.
    effect: String,
    #[schema(required = false, nullable = false)]
    group: Option<String>,
    #[schema(required = false, nullable = false)]
    permission: Option<String>,
    #[schema(required = false, nullable = false)]
    customer: Option<String>,
    #[schema(required = false, nullable = false)]
    service: Option<String>,
    gained: bool,
    people: u64,
}

/// A page of jobs, the latest first.
#[derive(ToSchema)]
pub struct JobPage {
    items: Vec<Job>,
    /// The `before` of the next page; null on the last one.
    next: Option<i64>,
}

/// A page of the people of a job.
#[derive(ToSchema)]
pub struct JobItemPage {
    items: Vec<JobItem>,
    /// The `after` of the next page; null on the last one.
    next: Option<i64>,
}

/// A person in a job.
#[derive(ToSchema)]
pub struct JobItem {
    /// Their place in the job, from 1.
    number: i64,
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// `waiting`, `changed`, `already` or `refused`.
    state: String,
    /// Why they were refused, or what was left as it is.
    errors: Vec<JobItemProblem>,
    /// The entry of the journal that tells what was changed.
    journal: Option<i64>,
}

/// Something wrong with a person in a job.
#[derive(ToSchema)]
pub struct JobItemProblem {
    /// The member that it is about: `login`, `group`, `permission`, `customer`, `service`.
    field: String,
    /// The customer, group or service.
    what: Option<String>,
    code: String,
    message: String,
}

/// The address of a job.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct JobPath {
    /// The job's number.
    id: i64,
}

/// Which jobs.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobsParameters {
    /// Only jobs before this number.
    #[param(required = false, minimum = 0)]
    before: i64,
    /// At most so many, the latest first; 100 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
}

/// Which people of a job.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobItemParameters {
    /// Only those in this state.
    #[param(required = false, inline)]
    state: JobItemStateName,
    /// The `next` of the page before.
    #[param(required = false, minimum = 0)]
    after: i64,
    /// At most so many; 100 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
}

/// What became of a person.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum JobItemStateName {
    Waiting,
    Changed,
    Already,
    Refused,
}
