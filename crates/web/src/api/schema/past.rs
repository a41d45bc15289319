//! Groups on past days: who had them, and who gained and lost them.

use utoipa::ToSchema;

use super::{ContextName, CustomersOfGroup, HoldersOfGroup, Reason};

/// A permission that is held at one moment and not at another.
#[derive(ToSchema)]
pub struct HeldDifference {
    #[schema(example = "support")]
    group: String,
    #[schema(example = "rw")]
    permission: String,
    /// For customers: which tickets it speaks of.
    #[schema(required = false, nullable = false, inline)]
    context: Option<ContextName>,
}

/// A page of those who have the permission, or had it on a past day; or of those who gained and lost it.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum HoldersOrDifference {
    Holders(HoldersOfGroup),
    Past(PastHoldersOfGroup),
    Difference(HoldersDifference),
}

/// A page of customers that have the permission, or had it on a past day; or of those that gained and lost it.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum CustomersOrDifference {
    Customers(CustomersOfGroup),
    Past(PastCustomersOfGroup),
    Difference(CustomersDifference),
}

/// A page of customer users who had a permission in a group.
#[derive(ToSchema)]
pub struct PastHoldersOfGroup {
    /// The name that the group has now.
    group: String,
    /// The moment that was asked about.
    #[schema(example = "2026-03-01T22:59:59.999Z")]
    as_of: String,
    /// Whether the group was there already.
    known: bool,
    /// The name that it had then.
    group_then: Option<String>,
    /// Whether it was valid then.
    valid: bool,
    permission: String,
    items: Vec<PastHoldingPerson>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer user who had the permission.
#[derive(ToSchema)]
pub struct PastHoldingPerson {
    /// The login of now.
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// The login of then.
    login_then: String,
    /// The display text of now.
    text: String,
    reasons: Vec<Reason>,
}

/// A page of customer users who gained or lost a permission in a group between two moments.
#[derive(ToSchema)]
pub struct HoldersDifference {
    /// The name that the group has now.
    group: String,
    permission: String,
    as_of: String,
    compare: String,
    items: Vec<PersonDifference>,
    /// How many gained it, on all pages.
    gained: u64,
    /// How many lost it, on all pages.
    lost: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer user who gained or lost the permission.
#[derive(ToSchema)]
pub struct PersonDifference {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    /// The display text.
    text: String,
    /// Held at `compare`, otherwise at `as_of`.
    gained: bool,
    /// Why it was held when it was.
    reasons: Vec<Reason>,
}

/// A page of customers that had a permission in a group.
#[derive(ToSchema)]
pub struct PastCustomersOfGroup {
    /// The name that the group has now.
    group: String,
    /// The moment that was asked about.
    #[schema(example = "2026-03-01T22:59:59.999Z")]
    as_of: String,
    /// Whether the group was there already.
    known: bool,
    /// The name that it had then.
    group_then: Option<String>,
    /// Whether it was valid then.
    valid: bool,
    permission: String,
    #[schema(inline)]
    context: ContextName,
    items: Vec<PastHoldingCustomer>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer that had the permission.
#[derive(ToSchema)]
pub struct PastHoldingCustomer {
    /// The ID of now.
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    /// The ID of then.
    customer_then: String,
    /// The display text of now.
    text: String,
    reasons: Vec<Reason>,
}

/// A page of customers that gained or lost a permission in a group between two moments.
#[derive(ToSchema)]
pub struct CustomersDifference {
    /// The name that the group has now.
    group: String,
    permission: String,
    #[schema(inline)]
    context: ContextName,
    as_of: String,
    compare: String,
    items: Vec<CustomerDifference>,
    /// How many gained it, on all pages.
    gained: u64,
    /// How many lost it, on all pages.
    lost: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer that gained or lost the permission.
#[derive(ToSchema)]
pub struct CustomerDifference {
    #[schema(rename = "CustomerID", example = "MUSTER")]
    customer_id: String,
    /// The display text.
    text: String,
    /// Held at `compare`, otherwise at `as_of`.
    gained: bool,
    /// Why it was held when it was.
    reasons: Vec<Reason>,
}
