//! Who has a permission in a group: what is answered, as OpenAPI describes it.

use kartoteka_access::{CustomerHolder, CustomerHoldersPage, Holder, HoldersPage};
use kartoteka_model::access::Context;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Reason;
use crate::schema::ContextName;

/// A page of customer users who have a permission in a group.
#[derive(Serialize, ToSchema)]
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
#[derive(Serialize, ToSchema)]
pub struct HoldingPerson {
    #[serde(rename = "UserLogin")]
    #[schema(example = "anna.nowak")]
    user_login: String,
    /// The display text.
    text: String,
    reasons: Vec<Reason>,
}

/// A page of customers that have a permission in a group.
#[derive(Serialize, ToSchema)]
pub struct CustomersOfGroup {
    group: String,
    valid: bool,
    permission: String,
    #[schema(value_type = ContextName, inline)]
    context: Context,
    items: Vec<HoldingCustomer>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A customer with the permission.
#[derive(Serialize, ToSchema)]
pub struct HoldingCustomer {
    #[serde(rename = "CustomerID")]
    #[schema(example = "MUSTER")]
    customer_id: String,
    /// The display text.
    text: String,
    reasons: Vec<Reason>,
}

impl HoldersOfGroup {
    /// A page of them, and how many there are on all pages.
    pub fn of(page: &HoldersPage, total: u64) -> Self {
        let item = |holder: &Holder| HoldingPerson {
            user_login: holder.login.clone(),
            text: holder.text.clone(),
            reasons: Reason::all(&holder.reasons),
        };
        Self {
            group: page.group.name.clone(),
            valid: page.group.valid,
            permission: page.permission.clone(),
            items: page.holders.iter().map(item).collect(),
            total,
            next: page.next.clone(),
        }
    }
}

impl From<&CustomerHoldersPage> for CustomersOfGroup {
    fn from(page: &CustomerHoldersPage) -> Self {
        let item = |holder: &CustomerHolder| HoldingCustomer {
            customer_id: holder.customer.clone(),
            text: holder.text.clone(),
            reasons: Reason::all(&holder.reasons),
        };
        Self {
            group: page.group.name.clone(),
            valid: page.group.valid,
            permission: page.permission.clone(),
            context: page.context,
            items: page.holders.iter().map(item).collect(),
            total: page.total,
            next: page.next.clone(),
        }
    }
}
