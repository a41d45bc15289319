//! Documents of access: what somebody has, who has something, and why.

use serde::Serialize;
use utoipa::ToSchema;

use super::{ExplainedPermission, PermissionsOfPerson};

/// How a person belongs to a customer: by the customer ID of the record, by one of several in it, or as a further
/// customer.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum BelongingName {
    Primary,
    Mapped,
    Further,
}

/// Which tickets a customer's permission speaks of: the same customer's, or other customers'. What is asked for
/// or given without it means `same`.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ContextName {
    Same,
    Other,
}

/// What stands between a customer user and a permission.
#[derive(ToSchema)]
pub struct Obstacle {
    #[schema(inline)]
    obstacle: ObstacleKind,
    #[schema(required = false, nullable = false)]
    customer: Option<String>,
    /// What the person has instead.
    #[schema(required = false, nullable = false)]
    permissions: Option<Vec<String>>,
}

/// A kind of obstacle.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ObstacleKind {
    UnknownPerson,
    InvalidPerson,
    InvalidGroup,
    NotGiven,
    InvalidCustomer,
    UnknownCustomer,
    OtherContextOnly,
    HasOnly,
}

/// A change that helps to give a permission.
#[derive(ToSchema)]
pub struct Remedy {
    #[schema(inline)]
    remedy: RemedyKind,
    #[schema(required = false, nullable = false)]
    customer: Option<String>,
}

/// A kind of remedy.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum RemedyKind {
    ValidatePerson,
    ValidateGroup,
    GivePerson,
    ValidateCustomer,
    GiveCustomer,
    AlwaysGroup,
}

/// What a customer user may, or the explanation of one permission.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum PermissionsOrExplanation {
    Permissions(PermissionsOfPerson),
    Explanation(ExplainedPermission),
}

/// A page of customers whose tickets are reached.
#[derive(ToSchema)]
pub struct ReachOfPerson {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    items: Vec<ReachedCustomer>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer whose tickets are reached.
#[derive(ToSchema)]
pub struct ReachedCustomer {
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    /// The display text.
    text: String,
    /// A customer of the person.
    own: bool,
    /// The groups through which another one is reached.
    through: Vec<String>,
}

/// The customers of a person.
#[derive(ToSchema)]
pub struct CustomersOfPerson {
    items: Vec<CustomerOfPerson>,
}

/// One customer of a person.
#[derive(ToSchema)]
pub struct CustomerOfPerson {
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    #[schema(inline)]
    belonging: BelongingName,
    /// A further customer, given to the person beside those of the record.
    further: bool,
    /// Whether a source knows it.
    known: bool,
    /// What is not valid gives nothing.
    valid: bool,
}

/// A page of the people of a customer.
#[derive(ToSchema)]
pub struct PeopleOfCustomer {
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    items: Vec<PersonOfCustomer>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// Somebody of a customer.
#[derive(ToSchema)]
pub struct PersonOfCustomer {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// The display text.
    text: String,
    #[schema(inline)]
    belonging: BelongingName,
}

/// The services of a person by name.
#[derive(ToSchema)]
pub struct ServicesOfPerson {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// Given to the person, and valid.
    own: Vec<String>,
    /// Given to the person, but not valid: they give nothing.
    invalid: Vec<String>,
    #[schema(inline)]
    why: ServicesWhy,
    /// Those that apply.
    applied: Vec<String>,
}

/// The person has services of their own, so the default ones are off; or has none, so they apply.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ServicesWhy {
    Own,
    Default,
}

/// A page of the people who were given a service.
#[derive(ToSchema)]
pub struct PeopleOfService {
    service: String,
    valid: bool,
    /// It is a default service.
    default: bool,
    items: Vec<PersonOfService>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// Somebody who was given a service.
#[derive(ToSchema)]
pub struct PersonOfService {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// The display text.
    text: String,
    /// Whether a source knows the person.
    known: bool,
    valid: bool,
}

/// The default services.
#[derive(ToSchema)]
pub struct DefaultServices {
    items: Vec<DefaultService>,
}

/// A default service.
#[derive(ToSchema)]
pub struct DefaultService {
    service: String,
    /// What is not valid gives nothing.
    valid: bool,
}
