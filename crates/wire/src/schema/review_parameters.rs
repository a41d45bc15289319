//! Parameters of access reviews.

use utoipa::IntoParams;

use super::{DecisionName, ExportFormat, OutcomeName, ReviewStateName};

/// The address of a review.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ReviewPath {
    /// The review's number.
    #[param(minimum = 1, example = 7)]
    id: i64,
}

/// Which reviews.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewParameters {
    /// Only reviews in this state.
    #[param(required = false, inline)]
    state: ReviewStateName,
    /// At most so many on the page; 50 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
    /// The `next` of the page before.
    #[param(required = false, minimum = 1)]
    after: i64,
}

/// Which items.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewItemParameters {
    /// Only items with this decision.
    #[param(required = false, inline)]
    decision: DecisionName,
    /// Only items that became this when the review was signed off.
    #[param(required = false, inline)]
    outcome: OutcomeName,
    /// Every word has to be in the name, the key, the group or the permission.
    #[param(required = false)]
    search: String,
    /// At most so many on the page; 50 without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
    /// The `next` of the page before.
    #[param(required = false, minimum = 1)]
    after: i64,
}

/// In which form.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportParameters {
    /// `json` without it. `csv` is UTF-8 with a byte order mark, and no cell is a formula.
    #[param(required = false, inline)]
    format: ExportFormat,
}
