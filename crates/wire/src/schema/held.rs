//! Sources that lost so much that an admin is asked, and records that are missing.

use utoipa::ToSchema;

/// A source of which nothing is taken in until an admin says so; what was known of it is gone on with.
#[derive(ToSchema)]
pub struct HeldSource {
    #[schema(example = "CustomerUser1")]
    id: String,
    name: String,
    /// `customer-user` or `customer`: what it has.
    #[schema(example = "customer-user")]
    kind: String,
    #[schema(format = DateTime)]
    since: String,
    /// How many records were known of it.
    known: u64,
    /// How many it has now.
    there: u64,
    /// Those of the known ones that are gone.
    gone: u64,
    /// Those of them that are not valid any more.
    no_longer_valid: u64,
    /// Who said that what was known is gone on with.
    kept_by: Option<String>,
    #[schema(format = DateTime)]
    kept_at: Option<String>,
}

/// A source with records that it had and has no more.
#[derive(ToSchema)]
pub struct SourceWithMissing {
    #[schema(example = "CustomerUser1")]
    id: String,
    name: String,
    kind: String,
    /// How many are missing.
    count: u64,
    /// The last 200 of them.
    items: Vec<MissingRecord>,
}

/// A record that its source has no more. What was given to it is kept, and gives nothing.
#[derive(ToSchema)]
pub struct MissingRecord {
    key: String,
    text: String,
    #[schema(format = DateTime)]
    missing_since: String,
}

/// Sources that are held, and what is missing.
#[derive(ToSchema)]
pub struct HeldSources {
    items: Vec<HeldSource>,
    missing: Vec<SourceWithMissing>,
}
