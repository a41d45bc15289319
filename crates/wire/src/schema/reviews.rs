//! Documents of access reviews.

use utoipa::ToSchema;

use super::{AccessEffects, ContextName, JournalRange, Mistake, Reason, RelationChange};

/// The form of an export.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ExportFormat {
    Json,
    Csv,
}

/// How far a review is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ReviewStateName {
    Open,
    SignedOff,
    Cancelled,
}

/// What a reviewer says of an item.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum DecisionName {
    Undecided,
    Confirm,
    Revoke,
}

/// What became of an item: it stayed, it was taken away, or somebody else had taken it away before.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum OutcomeName {
    Kept,
    Revoked,
    Gone,
}

/// What is reviewed.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ReviewKind {
    Group,
    Customer,
}

/// Which grant an item is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ReviewRelation {
    CustomerGroup,
    PersonGroup,
    Customer,
}

/// What to review: either a group or a customer.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"group": "support", "note": "2030, second half"}))]
pub struct ReviewStart {
    #[schema(required = false, nullable = false)]
    group: Option<String>,
    #[schema(required = false, nullable = false)]
    customer: Option<String>,
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// What a review would go through.
#[derive(ToSchema)]
pub struct ReviewOutlook {
    #[schema(inline)]
    kind: ReviewKind,
    key: String,
    text: String,
    grants: u64,
    beside: Vec<BesideReview>,
    /// The review of the same that is under way.
    open: Option<i64>,
    errors: Vec<Mistake>,
}

/// The new review, or what it would go through.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum ReviewOrOutlook {
    Review(Box<Review>),
    Outlook(ReviewOutlook),
}

/// An access review.
#[derive(ToSchema)]
pub struct Review {
    id: i64,
    #[schema(inline)]
    kind: ReviewKind,
    /// The group's name or the customer's ID; of an open review with the renames since it began.
    #[schema(example = "support")]
    key: String,
    /// The same when the review began.
    key_then: String,
    /// The display text when the review began.
    text: String,
    #[schema(inline)]
    state: ReviewStateName,
    note: String,
    started: String,
    started_by: String,
    beside: Vec<BesideReview>,
    counts: ReviewCounts,
    /// When it was signed off or cancelled; null while it is open.
    ended: Option<String>,
    ended_by: Option<String>,
    /// What whoever ended it noted.
    remark: String,
    result: Option<ReviewResult>,
    /// SHA-256 of everything that a signed-off review says; the journal holds it too.
    digest: Option<String>,
    /// The journal's entry of the sign-off.
    journal: Option<i64>,
}

/// Access that does not come from single grants, so that a review can't decide on it.
#[derive(ToSchema)]
pub struct BesideReview {
    /// Empty where no single group is meant.
    group: String,
    /// `support-off`, `always-group`, `company-always-group`, `invalid-group`, `invalid-customer`.
    #[schema(example = "always-group")]
    why: String,
}

/// How many items have which decision.
#[derive(ToSchema)]
pub struct ReviewCounts {
    items: u64,
    decided: u64,
    undecided: u64,
    confirm: u64,
    revoke: u64,
}

/// What signing off came to.
#[derive(ToSchema)]
pub struct ReviewResult {
    confirmed: u64,
    revoked: u64,
    /// Items that somebody else had taken away before.
    gone: u64,
    /// What was given since the review began and was in no item.
    unreviewed: u64,
    lost: Vec<ReviewLost>,
    /// The entries of what was taken away: the first, and how many.
    journal: Option<JournalRange>,
}

/// A permission that people had no more afterwards.
#[derive(ToSchema)]
pub struct ReviewLost {
    group: String,
    permission: String,
    people: u64,
    customers: u64,
}

/// A page of reviews, the latest first.
#[derive(ToSchema)]
pub struct ReviewPage {
    items: Vec<Review>,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// One grant that a review goes through.
#[derive(ToSchema)]
pub struct ReviewItem {
    /// Its number within the review.
    item: i64,
    #[schema(inline)]
    relation: ReviewRelation,
    /// Who has it, or whose further customer it is.
    #[schema(required = false, nullable = false, example = "anna.nowak")]
    login: Option<String>,
    #[schema(required = false, nullable = false, example = "MUSTER")]
    customer: Option<String>,
    #[schema(required = false, nullable = false, example = "support")]
    group: Option<String>,
    #[schema(required = false, nullable = false, example = "rw")]
    permission: Option<String>,
    #[schema(required = false, nullable = false, inline)]
    context: Option<ContextName>,
    /// The login or customer ID, and the display text, when the item was taken in.
    key_then: String,
    text: String,
    /// Whether a source knew them, and whether they were valid.
    known: bool,
    valid: bool,
    /// How many people it reached.
    people: u64,
    /// What gave the same; `record` if the person's own record names the customer.
    also: Vec<ReviewAlso>,
    #[schema(inline)]
    decision: DecisionName,
    comment: String,
    decided: Option<String>,
    decided_by: Option<String>,
    /// Decisions made before the present one.
    earlier: Vec<EarlierDecision>,
    /// Counts the decisions.
    version: i64,
    #[schema(inline)]
    outcome: Option<OutcomeName>,
    /// Whether it is still given; null in closed reviews and exports.
    given: Option<bool>,
    /// Why the caller may not decide on it: `not-your-group`, `own-rights`.
    refused: Option<String>,
}

/// What gave the same.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum ReviewAlso {
    Reason(Reason),
    Record(ReviewRecord),
}

/// The person's own record names the customer.
#[derive(ToSchema)]
pub struct ReviewRecord {
    #[schema(example = "record")]
    why: String,
    belonging: String,
}

/// A decision that was made before the present one.
#[derive(ToSchema)]
pub struct EarlierDecision {
    #[schema(inline)]
    decision: DecisionName,
    comment: String,
    decided: String,
    decided_by: String,
}

/// A page of items.
#[derive(ToSchema)]
pub struct ReviewItemPage {
    items: Vec<ReviewItem>,
    /// How many there are on all pages, exactly.
    total: u64,
    /// The `after` of the next page; null on the last one.
    next: Option<String>,
}

/// A whole review.
#[derive(ToSchema)]
pub struct ReviewExport {
    review: Review,
    items: Vec<ReviewItem>,
}

/// Decisions: on single `items`, or on `all` that a filter leaves.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"items": [{"item": 12, "decision": "revoke", "comment": "left the company"}]}))]
pub struct ReviewDecisions {
    #[schema(required = false, nullable = false, max_items = 1000)]
    items: Option<Vec<ReviewDecision>>,
    #[schema(required = false, nullable = false)]
    all: Option<ReviewDecisionFilter>,
    /// Together with `all`.
    #[schema(required = false, nullable = false, inline)]
    decision: Option<DecisionName>,
    /// Together with `all`; without it comments stay.
    #[schema(max_length = 1000)]
    comment: Option<String>,
}

/// A decision on one item.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewDecision {
    item: i64,
    #[schema(inline)]
    decision: DecisionName,
    /// Without it the comment stays.
    #[schema(max_length = 1000)]
    comment: Option<String>,
    /// The version that the decision was made from.
    #[schema(required = false, nullable = false)]
    version: Option<i64>,
}

/// Which items are meant; all without anything.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewDecisionFilter {
    #[schema(required = false, nullable = false, inline)]
    decision: Option<DecisionName>,
    search: Option<String>,
}

/// What deciding came to.
#[derive(ToSchema)]
pub struct ReviewDecided {
    /// How many items have another decision or comment now.
    changed: u64,
    /// How many were left alone, since somebody else has to decide on them.
    left: u64,
    overruled: Vec<ReviewOverruled>,
    counts: ReviewCounts,
}

/// What somebody else had decided since the version that the caller had.
#[derive(ToSchema)]
pub struct ReviewOverruled {
    item: i64,
    #[schema(inline)]
    decision: DecisionName,
    comment: String,
    decided_by: String,
}

/// Nothing: all that was added is taken in.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewTakeIn {}

/// How many grants were taken into a review.
#[derive(ToSchema)]
pub struct ReviewTakenIn {
    added: u64,
}

/// A note with the end of a review.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewEnd {
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// How a review is signed off.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    #[schema(max_length = 1000)]
    note: Option<String>,
    /// The `seen` of a preview: refused with `review-changed` if anything changed since.
    seen: Option<String>,
}

/// What signing off would come to.
#[derive(ToSchema)]
pub struct SignOffOutlook {
    confirmed: u64,
    revoked: u64,
    gone: u64,
    undecided: u64,
    unreviewed: u64,
    /// What would be taken.
    changes: Vec<RelationChange>,
    effects: AccessEffects,
    /// Stands for everything that this answer was made from.
    seen: String,
    /// What a sign-off would be refused for; `item` is the number of the item.
    errors: Vec<Mistake>,
}

/// The signed-off review, or what signing off would come to.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum ReviewOrSignOff {
    Review(Box<Review>),
    Outlook(SignOffOutlook),
}
