//! The documents of REST as OpenAPI describes them.
#![allow(dead_code, reason = "types that only describe documents")]

mod access;
mod field_maps;
mod held;
mod held_back;
mod history;
mod jobs;
mod parameters;
mod records;
mod relations;
mod review_parameters;
mod reviews;
mod settings;
mod source_setup;
mod sources;
mod templates;
mod undo;

use std::collections::BTreeMap;

use utoipa::ToSchema;

pub use crate::access::{
    ExplainedPermission, GroupHeld, HeldInContext, PermissionsOfCustomer, PermissionsOfPerson,
    Reason,
};
pub use crate::holders::{CustomersOfGroup, HoldersOfGroup, HoldingCustomer, HoldingPerson};
pub use crate::past::*;
pub use access::*;
pub use field_maps::*;
pub use held::*;
pub use held_back::*;
pub use history::*;
pub use jobs::*;
pub use parameters::*;
pub use records::*;
pub use relations::*;
pub use review_parameters::*;
pub use reviews::*;
pub use settings::*;
pub use source_setup::*;
pub use sources::*;
pub use templates::*;
pub use undo::*;

/// The changed agent, or the plan for `dry_run`.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum AgentOrPlan {
    Record(Agent),
    Plan(Plan),
}

/// The changed group, or the plan for `dry_run`.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum GroupOrPlan {
    Record(Group),
    Plan(Plan),
}

/// The changed service, or the plan for `dry_run`.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum ServiceOrPlan {
    Record(Service),
    Plan(Plan),
}

/// What setting a password did, or the plan for `dry_run`.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum PasswordChangedOrPlan {
    Changed(PasswordChanged),
    Plan(Plan),
}

/// A page of customer users.
#[derive(ToSchema)]
pub struct CustomerUserPage {
    items: Vec<CustomerUser>,
    /// How many there are on all pages.
    total: u64,
    /// Otherwise there are more than `total`.
    total_exact: bool,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
    sources: Vec<Source>,
    index: Index,
}

/// A page of customers.
#[derive(ToSchema)]
pub struct CustomerPage {
    items: Vec<Customer>,
    /// How many there are on all pages.
    total: u64,
    /// Otherwise there are more than `total`.
    total_exact: bool,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
    sources: Vec<Source>,
    index: Index,
}

/// A page of groups by name.
#[derive(ToSchema)]
pub struct GroupPage {
    items: Vec<Group>,
    /// How many there are on all pages.
    total: u64,
    /// Always: groups are counted.
    total_exact: bool,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
    sources: Vec<Source>,
    index: Index,
}

/// A page of services, in the order of their tree: what is below a service comes right after it.
#[derive(ToSchema)]
pub struct ServicePage {
    items: Vec<Service>,
    /// How many there are on all pages.
    total: u64,
    /// Always: services are counted.
    total_exact: bool,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
    sources: Vec<Source>,
    index: Index,
}

/// All agents.
#[derive(ToSchema)]
pub struct AgentList {
    items: Vec<Agent>,
}

/// A source, and whether it answered.
#[derive(ToSchema)]
pub struct Source {
    #[schema(example = "CustomerUser")]
    id: String,
    name: String,
    writable: bool,
    /// Since when it has not answered; null while it answers.
    unavailable_since: Option<String>,
    /// Whether the search index has its records; otherwise this search asked the source itself.
    mirrored: bool,
    /// Of a source that was asked itself and has more that may be meant: how many of its records were looked at.
    first_only: Option<u32>,
    /// Since when what the search index has of it may be outdated; null while it is within its MaxAge.
    stale_since: Option<String>,
}

/// How far the search index is.
#[derive(ToSchema)]
pub struct Index {
    /// `current`, or `building` with the number of records in it.
    #[schema(example = "current")]
    state: String,
    #[schema(required = false, nullable = false)]
    done: Option<u64>,
}

/// What a write would do.
#[derive(ToSchema)]
pub struct Plan {
    source: String,
    /// The key that the record will have; empty when it is generated on saving.
    key: String,
    /// The fields before; null for a new record.
    before: Option<BTreeMap<String, String>>,
    after: BTreeMap<String, String>,
    changes: Vec<Change>,
    effects: Vec<Effect>,
    /// What is wrong; a save would be refused with them.
    errors: Vec<Mistake>,
}

/// One field before and after.
#[derive(ToSchema)]
pub struct Change {
    field: String,
    before: String,
    after: String,
}

/// What a write does beside the record itself, with members that belong to it.
#[derive(ToSchema)]
pub struct Effect {
    /// `renames` (`from`, `to`), `carries` (`table`, `rows`), `leaves-behind` (`source`, `rows`: people of a read-only
    /// source who keep the old customer ID), `sets-password` (`generated`), `ends-sessions` (`count`), `changes-validity` (`from`, `to`), `renames-below` (`from`, `to`), `changes-role` (`from`, `to`),
    /// `changes-permission` (`group`, `permission`, `gained`, `people`, `customers` where they were counted, and as
    /// `logins` the first of the people). Of moves from one source to another: `moves` (`from`, `to`), `removes-row`
    /// (`source`, `together`), `overwrites` (`source`), `no-place` (`source`, `fields`), `loses-columns` (`source`,
    /// `columns`), `carries-password`, `loses-password`, `has-no-password`, `shadows` (`source`: it has the login, too,
    /// and is not asked), `speaks-later` (`source`: it goes on speaking for as long as it has the login).
    #[schema(example = "renames")]
    effect: String,
}

/// What is wrong with one member of the body or one query parameter.
#[derive(ToSchema)]
pub struct Mistake {
    /// The member of the body, or of a change in it.
    #[schema(required = false, nullable = false, example = "UserEmail")]
    field: Option<String>,
    /// The query parameter or header.
    #[schema(required = false, nullable = false)]
    parameter: Option<String>,
    /// Where in the body (RFC 6901).
    #[schema(required = false, nullable = false, example = "/UserEmail")]
    pointer: Option<String>,
    /// The item of a review.
    #[schema(required = false, nullable = false)]
    item: Option<i64>,
    /// A stable name: `required`, `too-long`, `email`, `taken`, `unknown-field`, `wrong-type`, ….
    #[schema(example = "required")]
    code: String,
    /// For people, in the language of `Accept-Language`: English, Polish or German.
    message: String,
    /// The rules of the password policy that are broken, with the code `weak-password`.
    #[schema(required = false, nullable = false)]
    violations: Option<Vec<Violation>>,
}

/// A rule of the password policy that a password breaks.
#[derive(ToSchema)]
pub struct Violation {
    /// A stable name: `too-short`, `too-long`, `not-2-lower-2-upper`, `no-digit`, `not-2-characters`, `not-3-of-4`,
    /// `no-match`, `common`, `used-before`.
    #[schema(example = "too-short")]
    code: String,
    /// The number that the rule speaks of: characters, bytes or passwords.
    #[schema(required = false, nullable = false, example = 8)]
    number: Option<u64>,
    /// For people.
    message: String,
}

/// Why a request was refused (RFC 9457). Some have further members: `at` (the place in a malformed search), `line`
/// and `column` (in malformed JSON), `current` and `wanted` (both versions of a conflict), `needed_scope`, `source`.
#[derive(ToSchema)]
pub struct Problem {
    /// `urn:kartoteka:problem:` and a stable name.
    #[schema(rename = "type", example = "urn:kartoteka:problem:not-found")]
    r#type: String,
    title: String,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    detail: String,
    /// The number under which the log has the request.
    #[schema(required = false, nullable = false)]
    request_id: Option<String>,
    #[schema(required = false, nullable = false)]
    errors: Option<Vec<Mistake>>,
}

/// A new password: either given or generated.
#[derive(ToSchema)]
pub struct PasswordChange {
    #[schema(
        required = false,
        nullable = false,
        example = "correct horse battery staple"
    )]
    password: Option<String>,
    #[schema(required = false, nullable = false)]
    generate_password: Option<bool>,
}

/// What setting a password did.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChanged {
    /// The generated password; it is answered this once.
    #[schema(required = false, nullable = false)]
    password: Option<String>,
    effects: Vec<Effect>,
}

/// The sources of a kind with their fields.
#[derive(ToSchema)]
pub struct FieldMaps {
    sources: Vec<SourceFields>,
}

/// A source with its fields.
#[derive(ToSchema)]
pub struct SourceFields {
    id: String,
    name: String,
    writable: bool,
    fields: Vec<FieldShape>,
    /// What customer users have beside their fields, in read-only sources too.
    preferences: Vec<Preference>,
}

/// A preference of customer users: read and written as a member of the record.
#[derive(ToSchema)]
pub struct Preference {
    #[schema(example = "UserLanguage")]
    name: String,
    /// The values to choose from; null for any text.
    choices: Option<Vec<String>>,
    /// What holds where nothing is set; null where the help desk decides.
    default: Option<String>,
}

/// One field of a field map.
#[derive(ToSchema)]
pub struct FieldShape {
    #[schema(example = "UserEmail")]
    name: String,
    label: String,
    /// `var`, `int` or `dynamic_field`.
    kind: String,
    required: bool,
    read_only: bool,
    /// Only written, never shown.
    secret: bool,
    /// The most characters; null for no limit.
    max_length: Option<u64>,
    /// The values to choose from; null for any.
    choices: Option<Vec<Choice>>,
}

/// A value to choose.
#[derive(ToSchema)]
pub struct Choice {
    value: String,
    label: String,
}

/// A token as lists show it.
#[derive(ToSchema)]
pub struct Token {
    id: i64,
    name: String,
    /// `reader`, `editor` or `admin`.
    #[schema(example = "reader")]
    scope: String,
    /// The first characters, to tell tokens apart.
    prefix: String,
    created: String,
    expires: Option<String>,
    last_used: Option<String>,
    revoked: Option<String>,
    created_by: String,
    /// The secret of a token that was just made; it is answered this once.
    #[schema(required = false, nullable = false)]
    token: Option<String>,
}

/// All tokens.
#[derive(ToSchema)]
pub struct TokenList {
    items: Vec<Token>,
}

/// What a new token is to be.
#[derive(ToSchema)]
pub struct TokenCreate {
    #[schema(min_length = 1, example = "import")]
    name: String,
    #[schema(inline)]
    scope: Scope,
    /// Until when it counts; null or left out: until it is revoked.
    #[schema(example = "2030-01-31T12:00:00Z", format = DateTime)]
    expires: Option<String>,
}

/// What a token may do; each scope includes the ones before it.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Scope {
    Reader,
    Editor,
    Admin,
}

/// A kind of record.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum KindName {
    CustomerUser,
    Customer,
    Agent,
    Group,
    Service,
}
