//! Groups on past days: who had them, and who gained and lost them; what is answered, as OpenAPI describes it.

use kartoteka_access::{
    AccessDifference, CustomersDifferencePage, HoldersDifferencePage, PastCustomersPage,
    PastHoldersPage,
};
use kartoteka_model::access::Context;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Reason;
use crate::holders::{CustomersOfGroup, HoldersOfGroup};
use crate::schema::ContextName;
use crate::time::moment;

/// A permission that is held at one moment and not at another.
#[derive(Serialize, ToSchema)]
pub struct HeldDifference {
    #[schema(example = "support")]
    group: String,
    #[schema(example = "rw")]
    permission: String,
    /// For customers: which tickets it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, value_type = Option<ContextName>, inline)]
    context: Option<Context>,
}

/// A page of those who have the permission, or had it on a past day; or of those who gained and lost it.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum HoldersOrDifference {
    Holders(HoldersOfGroup),
    Past(PastHoldersOfGroup),
    Difference(HoldersDifference),
}

/// A page of customers that have the permission, or had it on a past day; or of those that gained and lost it.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum CustomersOrDifference {
    Customers(CustomersOfGroup),
    Past(PastCustomersOfGroup),
    Difference(CustomersDifference),
}

/// A page of customer users who had a permission in a group.
#[derive(Serialize, ToSchema)]
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
#[derive(Serialize, ToSchema)]
pub struct PastHoldingPerson {
    /// The login of now.
    #[serde(rename = "UserLogin")]
    #[schema(example = "anna.nowak")]
    user_login: String,
    /// The login of then.
    login_then: String,
    /// The display text of now.
    text: String,
    reasons: Vec<Reason>,
}

/// A page of customer users who gained or lost a permission in a group between two moments.
#[derive(Serialize, ToSchema)]
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
#[derive(Serialize, ToSchema)]
pub struct PersonDifference {
    #[serde(rename = "UserLogin")]
    #[schema(example = "anna.nowak")]
    user_login: String,
    /// The display text.
    text: String,
    /// Held at `compare`, otherwise at `as_of`.
    gained: bool,
    /// Why it was held when it was.
    reasons: Vec<Reason>,
}

/// A page of customers that had a permission in a group.
#[derive(Serialize, ToSchema)]
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
    #[schema(value_type = ContextName, inline)]
    context: Context,
    items: Vec<PastHoldingCustomer>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer that had the permission.
#[derive(Serialize, ToSchema)]
pub struct PastHoldingCustomer {
    /// The ID of now.
    #[serde(rename = "CustomerID")]
    #[schema(example = "MUSTER")]
    customer_id: String,
    /// The ID of then.
    customer_then: String,
    /// The display text of now.
    text: String,
    reasons: Vec<Reason>,
}

/// A page of customers that gained or lost a permission in a group between two moments.
#[derive(Serialize, ToSchema)]
pub struct CustomersDifference {
    /// The name that the group has now.
    group: String,
    permission: String,
    #[schema(value_type = ContextName, inline)]
    context: Context,
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
#[derive(Serialize, ToSchema)]
pub struct CustomerDifference {
    #[serde(rename = "CustomerID")]
    #[schema(example = "MUSTER")]
    customer_id: String,
    /// The display text.
    text: String,
    /// Held at `compare`, otherwise at `as_of`.
    gained: bool,
    /// Why it was held when it was.
    reasons: Vec<Reason>,
}

impl HeldDifference {
    /// Those of some differences that were gained, or lost.
    pub(crate) fn some(found: &[AccessDifference], gained: bool) -> Vec<Self> {
        let some = found.iter().filter(|one| one.gained == gained);
        let one = |one: &AccessDifference| Self {
            group: one.group.clone(),
            permission: one.permission.clone(),
            context: one.context,
        };
        some.map(one).collect()
    }
}

impl PastHoldersOfGroup {
    /// A page of those who had it at a moment, in milliseconds since 1970.
    pub fn of(page: &PastHoldersPage, as_of: i64) -> Self {
        let items = page.holders.iter().map(|one| PastHoldingPerson {
            user_login: one.login.clone(),
            login_then: one.login_then.clone(),
            text: one.text.clone(),
            reasons: Reason::all(&one.reasons),
        });
        Self {
            group: page.name.clone(),
            as_of: moment(as_of),
            known: page.group.is_some(),
            group_then: page.group.as_ref().map(|group| group.name.clone()),
            valid: page.group.as_ref().is_some_and(|group| group.valid),
            permission: page.permission.clone(),
            items: items.collect(),
            total: page.total,
            next: page.next.clone(),
        }
    }
}

impl HoldersDifference {
    /// A page of those who gained or lost it between two moments, in milliseconds since 1970.
    pub fn of(page: &HoldersDifferencePage, (as_of, compare): (i64, i64)) -> Self {
        let items = page.people.iter().map(|one| PersonDifference {
            user_login: one.login.clone(),
            text: one.text.clone(),
            gained: one.gained,
            reasons: Reason::all(&one.reasons),
        });
        Self {
            group: page.name.clone(),
            permission: page.permission.clone(),
            as_of: moment(as_of),
            compare: moment(compare),
            items: items.collect(),
            gained: page.gained,
            lost: page.lost,
            next: page.next.clone(),
        }
    }
}

impl PastCustomersOfGroup {
    /// A page of those that had it at a moment, in milliseconds since 1970.
    pub fn of(page: &PastCustomersPage, as_of: i64) -> Self {
        let items = page.holders.iter().map(|one| PastHoldingCustomer {
            customer_id: one.customer.clone(),
            customer_then: one.customer_then.clone(),
            text: one.text.clone(),
            reasons: Reason::all(&one.reasons),
        });
        Self {
            group: page.name.clone(),
            as_of: moment(as_of),
            known: page.group.is_some(),
            group_then: page.group.as_ref().map(|group| group.name.clone()),
            valid: page.group.as_ref().is_some_and(|group| group.valid),
            permission: page.permission.clone(),
            context: page.context,
            items: items.collect(),
            total: page.total,
            next: page.next.clone(),
        }
    }
}

impl CustomersDifference {
    /// A page of those that gained or lost it between two moments, in milliseconds since 1970.
    pub fn of(page: &CustomersDifferencePage, (as_of, compare): (i64, i64)) -> Self {
        let items = page.customers.iter().map(|one| CustomerDifference {
            customer_id: one.customer.clone(),
            text: one.text.clone(),
            gained: one.gained,
            reasons: Reason::all(&one.reasons),
        });
        Self {
            group: page.name.clone(),
            permission: page.permission.clone(),
            context: page.context,
            as_of: moment(as_of),
            compare: moment(compare),
            items: items.collect(),
            gained: page.gained,
            lost: page.lost,
            next: page.next.clone(),
        }
    }
}
