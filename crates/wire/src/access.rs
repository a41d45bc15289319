//! What somebody has and why: what is answered, as OpenAPI describes it.

use kartoteka_access::{AccessDifference, CustomerAccess, Explanation, PersonAccess};
use kartoteka_model::access::{
    AccessSettings, Belonging, Context, Effective, GroupAccess, Obstacle, Permission, Remedy, Why,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::past::HeldDifference;
use crate::schema::{self, BelongingName, ContextName};
use crate::time;

/// What a customer user may in every group.
#[derive(Serialize, ToSchema)]
pub struct PermissionsOfPerson {
    #[serde(rename = "UserLogin")]
    #[schema(example = "anna.nowak")]
    user_login: String,
    /// Who is not valid has nothing.
    valid: bool,
    /// Since when the source of the person has not answered; what is said here then follows from what was last known of them.
    /// Null while it answers; not there with `as_of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = Option<String>)]
    unavailable_since: Option<Option<String>>,
    /// Since when what the login had is held back, as it is another person's now; not there with `as_of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, value_type = Option<String>)]
    held_back_since: Option<Option<String>>,
    /// Without it everybody valid has everything in every valid group.
    customer_group_support: bool,
    /// Groups in which something is held, by name.
    groups: Vec<GroupHeld>,
    /// With `as_of`: the moment that was asked about; everything here is of then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "2026-03-01T22:59:59.999Z"
    )]
    as_of: Option<String>,
    /// With `as_of`: whether the person was there already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    known: Option<bool>,
    /// With `compare`: the moment that it was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "2026-06-01T21:59:59.999Z"
    )]
    compare: Option<String>,
    /// With `compare`: what was held then but not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    gained: Option<Vec<HeldDifference>>,
    /// With `compare`: what was not held any more then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    lost: Option<Vec<HeldDifference>>,
}

/// What a customer has in every group.
#[derive(Serialize, ToSchema)]
pub struct PermissionsOfCustomer {
    #[serde(rename = "CustomerID")]
    #[schema(example = "MUSTER")]
    customer_id: String,
    /// What is not valid gives nothing.
    valid: bool,
    customer_group_support: bool,
    /// The enabled contexts, `same` first.
    contexts: Vec<HeldInContext>,
    /// With `as_of`: the moment that was asked about; everything here is of then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "2026-03-01T22:59:59.999Z"
    )]
    as_of: Option<String>,
    /// With `as_of`: whether the customer was there already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    known: Option<bool>,
    /// With `compare`: the moment that it was compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        required = false,
        nullable = false,
        example = "2026-06-01T21:59:59.999Z"
    )]
    compare: Option<String>,
    /// With `compare`: what was held then but not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    gained: Option<Vec<HeldDifference>>,
    /// With `compare`: what was not held any more then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    lost: Option<Vec<HeldDifference>>,
}

/// What is held in one context.
#[derive(Serialize, ToSchema)]
pub struct HeldInContext {
    #[schema(value_type = ContextName, inline)]
    context: Context,
    groups: Vec<GroupHeld>,
}

/// What is held in one group, and why.
#[derive(Serialize, ToSchema)]
pub struct GroupHeld {
    #[schema(example = "support")]
    group: String,
    /// By themselves or through `rw`.
    #[schema(example = json!(["ro", "rw"]))]
    permissions: Vec<String>,
    reasons: Vec<Reason>,
}

/// One reason why somebody has a permission.
#[derive(Serialize, ToSchema)]
pub struct Reason {
    /// What is given; `rw` includes all others.
    #[schema(example = "rw")]
    permission: String,
    #[schema(inline)]
    why: ReasonKind,
    /// The customer through which it comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "MUSTER")]
    customer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, value_type = Option<BelongingName>, inline)]
    belonging: Option<Belonging>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, value_type = Option<ContextName>, inline)]
    context: Option<Context>,
}

/// Given to the person; through a customer; everybody has the group; every customer has it; permissions by group
/// are off.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    Direct,
    ViaCustomer,
    AlwaysGroup,
    CompanyAlwaysGroup,
    SupportOff,
}

/// Why a customer user has one permission, or what stands in the way and would help.
#[derive(Serialize, ToSchema)]
pub struct ExplainedPermission {
    #[serde(rename = "UserLogin")]
    #[schema(example = "anna.nowak")]
    user_login: String,
    group: String,
    permission: String,
    held: bool,
    /// Empty when it is not held.
    reasons: Vec<Reason>,
    /// Empty when it is held.
    #[schema(value_type = Vec<schema::Obstacle>)]
    obstacles: Vec<Obstacle>,
    /// Each smallest set of changes that would give it.
    #[schema(value_type = Vec<Vec<schema::Remedy>>)]
    remedies: Vec<Vec<Remedy>>,
    /// Since when what the login had is held back, as it is another person's now.
    held_back_since: Option<String>,
}

/// How many people have each permission in a group.
#[derive(Serialize)]
pub struct PermissionCounts {
    pub group: String,
    pub permissions: Vec<PermissionCount>,
}

/// How many people have a permission.
#[derive(Serialize)]
pub struct PermissionCount {
    pub permission: String,
    pub people: u64,
}

impl PermissionsOfPerson {
    /// What a person has.
    pub fn now(access: &PersonAccess) -> Self {
        Self {
            user_login: access.login.clone(),
            valid: access.person.valid,
            unavailable_since: Some(access.unavailable_since.map(time::text)),
            held_back_since: Some(access.held_back_since.map(time::text)),
            customer_group_support: access.settings.customer_group_support,
            groups: groups(&access.effective, &access.settings),
            as_of: None,
            known: None,
            compare: None,
            gained: None,
            lost: None,
        }
    }

    /// What a person had at a moment, in milliseconds since 1970.
    pub fn then(access: &PersonAccess, as_of: i64) -> Self {
        Self {
            unavailable_since: None,
            held_back_since: None,
            valid: access.person.counts(),
            as_of: Some(time::moment(as_of)),
            known: Some(access.person.known),
            ..Self::now(access)
        }
    }

    /// The same with what was gained and lost until another moment.
    pub fn compared(mut self, compare: i64, found: &[AccessDifference]) -> Self {
        self.compare = Some(time::moment(compare));
        self.gained = Some(HeldDifference::some(found, true));
        self.lost = Some(HeldDifference::some(found, false));
        self
    }
}

impl PermissionsOfCustomer {
    /// What a customer has.
    pub fn now(access: &CustomerAccess) -> Self {
        let held = access.effective.iter();
        let contexts = held.map(|(context, effective)| HeldInContext {
            context: *context,
            groups: groups(effective, &access.settings),
        });
        Self {
            customer_id: access.customer.clone(),
            valid: access.facts.valid,
            customer_group_support: access.settings.customer_group_support,
            contexts: contexts.collect(),
            as_of: None,
            known: None,
            compare: None,
            gained: None,
            lost: None,
        }
    }

    /// What a customer had at a moment, in milliseconds since 1970.
    pub fn then(access: &CustomerAccess, as_of: i64) -> Self {
        Self {
            valid: access.facts.counts(),
            as_of: Some(time::moment(as_of)),
            known: Some(access.facts.known),
            ..Self::now(access)
        }
    }

    /// The same with what was gained and lost until another moment.
    pub fn compared(mut self, compare: i64, found: &[AccessDifference]) -> Self {
        self.compare = Some(time::moment(compare));
        self.gained = Some(HeldDifference::some(found, true));
        self.lost = Some(HeldDifference::some(found, false));
        self
    }
}

impl From<&Explanation> for ExplainedPermission {
    fn from(explained: &Explanation) -> Self {
        Self {
            user_login: explained.login.clone(),
            group: explained.group.name.clone(),
            permission: explained.permission.clone(),
            held: !explained.reasons.is_empty(),
            reasons: Reason::all(&explained.reasons),
            obstacles: explained.obstacles.clone(),
            remedies: explained.remedies.clone(),
            held_back_since: explained.held_back_since.map(time::text),
        }
    }
}

impl Reason {
    /// All reasons: what is given, and why.
    pub fn all(given: &[(Permission, Why)]) -> Vec<Self> {
        let reasons = given.iter();
        reasons
            .map(|(permission, why)| Self::of(permission, why))
            .collect()
    }

    /// One reason.
    pub fn of(permission: &Permission, why: &Why) -> Self {
        let reason = Self {
            permission: permission.name().to_owned(),
            why: ReasonKind::Direct,
            customer: None,
            belonging: None,
            context: None,
        };
        match why {
            Why::Direct => reason,
            Why::ViaCustomer {
                customer,
                belonging,
                context,
            } => Self {
                why: ReasonKind::ViaCustomer,
                customer: Some(customer.clone()),
                belonging: Some(*belonging),
                context: Some(*context),
                ..reason
            },
            Why::AlwaysGroup => Self {
                why: ReasonKind::AlwaysGroup,
                ..reason
            },
            Why::CompanyAlwaysGroup { customer } => Self {
                why: ReasonKind::CompanyAlwaysGroup,
                customer: Some(customer.clone()),
                ..reason
            },
            Why::SupportOff => Self {
                why: ReasonKind::SupportOff,
                ..reason
            },
        }
    }
}

/// Every group in which something is held.
fn groups(effective: &Effective, settings: &AccessSettings) -> Vec<GroupHeld> {
    let groups = effective.groups.iter();
    let held = groups.map(|access| GroupHeld {
        group: access.group.name.clone(),
        permissions: held(access, settings),
        reasons: Reason::all(&access.given),
    });
    held.collect()
}

/// The permissions that are held, by themselves or through `rw`: those that can be given in their order, then what
/// else was given once.
fn held(access: &GroupAccess, settings: &AccessSettings) -> Vec<String> {
    let configured = settings.permissions.iter();
    let mut held: Vec<String> = configured
        .filter(|one| access.holds(one))
        .cloned()
        .collect();
    for (permission, _) in &access.given {
        if !held.iter().any(|one| one == permission.name()) {
            held.push(permission.name().to_owned());
        }
    }
    held
}
