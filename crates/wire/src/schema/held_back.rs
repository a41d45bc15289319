//! What is held back, since logins are other people's than before.

use utoipa::{IntoParams, ToSchema};

/// Something that was given.
#[derive(ToSchema)]
pub struct GivenBefore {
    /// `group`, `customer` or `service`.
    #[schema(example = "group")]
    kind: String,
    #[schema(example = "support: ro")]
    name: String,
}

/// What somebody had under a login that is another person's now. It counts nowhere.
#[derive(ToSchema)]
pub struct HeldBack {
    #[schema(rename = "UserLogin", example = "anna.nowak")]
    user_login: String,
    #[schema(example = "CustomerUser1")]
    source: String,
    source_name: String,
    /// Whose it was: the number of a row, or the beginning of a digest of what an LDAP server names them by.
    #[schema(example = "7203842098410")]
    identity: String,
    /// Whose the login is.
    identity_now: String,
    #[schema(format = DateTime)]
    since: String,
    given: Vec<GivenBefore>,
    /// How many preferences and other rows beside that.
    others: u64,
}

/// What is held back.
#[derive(ToSchema)]
pub struct HeldBackList {
    /// How much there is.
    count: u64,
    /// The last 200 of it.
    items: Vec<HeldBack>,
}

/// About how many was decided.
#[derive(ToSchema)]
pub struct DecidedHeldBack {
    decided: u64,
}

/// What is decided about.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HeldBackOf {
    /// One login; without it all of the source.
    #[param(required = false, example = "anna.nowak")]
    login: String,
    /// One of several identities that had the login.
    #[param(required = false, pattern = "^[0-9]{1,19}$", example = "7203842098410")]
    identity: String,
}
