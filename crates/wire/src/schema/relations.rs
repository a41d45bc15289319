//! Changes of relations, and what they come to.

use utoipa::ToSchema;

use super::{ContextName, Mistake};

/// Relations to give and to take.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"changes": [
    {"relation": "person-group", "login": "anna.nowak", "group": "support", "permission": "rw", "given": true},
    {"relation": "customer", "login": "anna.nowak", "customer": "MUSTER", "given": false},
]}))]
pub struct RelationsWanted {
    #[schema(max_items = 10000)]
    changes: Vec<RelationChange>,
}

/// One relation that is given or taken.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum RelationChange {
    Customer(CustomerRelation),
    PersonGroup(PersonGroupRelation),
    CustomerGroup(CustomerGroupRelation),
    Service(ServiceRelation),
}

/// A further customer of a person.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerRelation {
    #[schema(inline)]
    relation: CustomerRelationName,
    #[schema(example = "anna.nowak")]
    login: String,
    #[schema(example = "MUSTER")]
    customer: String,
    /// Given; otherwise taken.
    given: bool,
}

/// A permission of a person in a group.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonGroupRelation {
    #[schema(inline)]
    relation: PersonGroupRelationName,
    #[schema(example = "anna.nowak")]
    login: String,
    #[schema(example = "support")]
    group: String,
    #[schema(example = "ro")]
    permission: String,
    /// Given; otherwise taken.
    given: bool,
}

/// A permission of a customer in a group: everybody of the customer gets it.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerGroupRelation {
    #[schema(inline)]
    relation: CustomerGroupRelationName,
    #[schema(example = "MUSTER")]
    customer: String,
    #[schema(example = "support")]
    group: String,
    #[schema(example = "ro")]
    permission: String,
    #[schema(inline, required = false, nullable = false)]
    context: Option<ContextName>,
    /// Given; otherwise taken.
    given: bool,
}

/// A service of a person, or of everybody without their own.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceRelation {
    #[schema(inline)]
    relation: ServiceRelationName,
    /// A login, or `<DEFAULT>` for the default services.
    #[schema(example = "anna.nowak")]
    login: String,
    #[schema(example = "IT::Network")]
    service: String,
    /// Given; otherwise taken.
    given: bool,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum CustomerRelationName {
    Customer,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum PersonGroupRelationName {
    PersonGroup,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum CustomerGroupRelationName {
    CustomerGroup,
}

#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ServiceRelationName {
    Service,
}

/// What was changed, or would be.
#[derive(ToSchema)]
pub struct RelationsAnswer {
    /// Without what was so already.
    changes: Vec<RelationChange>,
    effects: AccessEffects,
    /// What is wrong with the changes wanted; a save would be refused with them. Empty but for `dry_run`.
    errors: Vec<Mistake>,
    /// Null when nothing was written.
    journal: Option<JournalRange>,
}

/// Entries of the journal: one for each person and customer.
#[derive(ToSchema)]
pub struct JournalRange {
    /// The number of the first.
    first: i64,
    count: u64,
}

/// Who gains and who loses what.
#[derive(ToSchema)]
pub struct AccessEffects {
    permissions: Vec<PermissionEffect>,
    customers: Vec<CustomerEffect>,
    services: Vec<ServiceEffect>,
}

/// People who gain or lose a permission in a group.
#[derive(ToSchema)]
pub struct PermissionEffect {
    group: String,
    permission: String,
    /// Otherwise they lose it.
    gained: bool,
    /// How many people.
    people: u64,
    /// How many customers they are of, by their own records.
    customers: u64,
    /// The first 100 of them.
    logins: Vec<String>,
}

/// People who come to belong to a customer, or no longer do.
#[derive(ToSchema)]
pub struct CustomerEffect {
    customer: String,
    gained: bool,
    people: u64,
    /// The first 100 of them.
    logins: Vec<String>,
}

/// People who gain or lose a service.
#[derive(ToSchema)]
pub struct ServiceEffect {
    service: String,
    gained: bool,
    people: u64,
    /// The default services change: so it is for everybody without services of their own.
    everybody_without_own: bool,
    /// The first 100 of them.
    logins: Vec<String>,
}
