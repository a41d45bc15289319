//! Documents of access: what somebody has, who has something, and why.

use utoipa::ToSchema;

use super::HeldDifference;

/// What a customer user may in every group.
#[derive(ToSchema)]
pub struct PermissionsOfPerson {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// Who is not valid has nothing.
    valid: bool,
    /// Without it everybody valid has everything in every valid group.
    customer_group_support: bool,
    /// Groups in which something is held, by name.
    groups: Vec<GroupHeld>,
    /// With `as_of`: the moment that was asked about; everything here is of then.
    #[schema(
        required = false,
        nullable = false,
        example = "2026-03-01T22:59:59.999Z"
    )]
    as_of: Option<String>,
    /// With `as_of`: whether the person was there already.
    #[schema(required = false, nullable = false)]
    known: Option<bool>,
    /// With `compare`: the moment that it was compared with.
    #[schema(
        required = false,
        nullable = false,
        example = "2026-06-01T21:59:59.999Z"
    )]
    compare: Option<String>,
    /// With `compare`: what was held then but not before.
    #[schema(required = false, nullable = false)]
    gained: Option<Vec<HeldDifference>>,
    /// With `compare`: what was not held any more then.
    #[schema(required = false, nullable = false)]
    lost: Option<Vec<HeldDifference>>,
}

/// What is held in one group, and why.
#[derive(ToSchema)]
pub struct GroupHeld {
    #[schema(example = "support")]
    group: String,
    /// By themselves or through `rw`.
    #[schema(example = json!(["ro", "rw"]))]
    permissions: Vec<String>,
    reasons: Vec<Reason>,
}

/// One reason why somebody has a permission.
#[derive(ToSchema)]
pub struct Reason {
    /// What is given; `rw` includes all others.
    #[schema(example = "rw")]
    permission: String,
    #[schema(inline)]
    why: ReasonKind,
    /// The customer through which it comes.
    #[schema(required = false, nullable = false, example = "MUSTER")]
    customer: Option<String>,
    #[schema(required = false, nullable = false, inline)]
    belonging: Option<BelongingName>,
    #[schema(required = false, nullable = false, inline)]
    context: Option<ContextName>,
}

/// Given to the person; through a customer; everybody has the group; every customer has it; permissions by group
/// are off.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ReasonKind {
    Direct,
    ViaCustomer,
    AlwaysGroup,
    CompanyAlwaysGroup,
    SupportOff,
}

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

/// Why a customer user has one permission, or what stands in the way and would help.
#[derive(ToSchema)]
pub struct ExplainedPermission {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    group: String,
    permission: String,
    held: bool,
    /// Empty when it is not held.
    reasons: Vec<Reason>,
    /// Empty when it is held.
    obstacles: Vec<Obstacle>,
    /// Each smallest set of changes that would give it.
    remedies: Vec<Vec<Remedy>>,
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
#[derive(ToSchema)]
#[serde(untagged)]
pub enum PermissionsOrExplanation {
    Permissions(PermissionsOfPerson),
    Explanation(ExplainedPermission),
}

/// What a customer has in every group.
#[derive(ToSchema)]
pub struct PermissionsOfCustomer {
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    /// What is not valid gives nothing.
    valid: bool,
    customer_group_support: bool,
    /// The enabled contexts, `same` first.
    contexts: Vec<HeldInContext>,
    /// With `as_of`: the moment that was asked about; everything here is of then.
    #[schema(
        required = false,
        nullable = false,
        example = "2026-03-01T22:59:59.999Z"
    )]
    as_of: Option<String>,
    /// With `as_of`: whether the customer was there already.
    #[schema(required = false, nullable = false)]
    known: Option<bool>,
    /// With `compare`: the moment that it was compared with.
    #[schema(
        required = false,
        nullable = false,
        example = "2026-06-01T21:59:59.999Z"
    )]
    compare: Option<String>,
    /// With `compare`: what was held then but not before.
    #[schema(required = false, nullable = false)]
    gained: Option<Vec<HeldDifference>>,
    /// With `compare`: what was not held any more then.
    #[schema(required = false, nullable = false)]
    lost: Option<Vec<HeldDifference>>,
}

/// What is held in one context.
#[derive(ToSchema)]
pub struct HeldInContext {
    #[schema(inline)]
    context: ContextName,
    groups: Vec<GroupHeld>,
}

/// A page of customer users who have a permission in a group.
#[derive(ToSchema)]
pub struct HoldersOfGroup {
    group: String,
    /// Nobody has anything in a group that is not valid.
    valid: bool,
    permission: String,
    items: Vec<HoldingPerson>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer user with the permission.
#[derive(ToSchema)]
pub struct HoldingPerson {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// The display text.
    text: String,
    reasons: Vec<Reason>,
}

/// A page of customers that have a permission in a group.
#[derive(ToSchema)]
pub struct CustomersOfGroup {
    group: String,
    valid: bool,
    permission: String,
    #[schema(inline)]
    context: ContextName,
    items: Vec<HoldingCustomer>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer with the permission.
#[derive(ToSchema)]
pub struct HoldingCustomer {
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    /// The display text.
    text: String,
    reasons: Vec<Reason>,
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
