//! Access reviews: what a group or a customer was given, gone through grant by grant, signed off and kept.
//!
//! A review takes in what is given when it begins ([`start`]). Each item is confirmed or revoked ([`decide`]); signing off
//! takes away what was revoked and closes the review in one transaction ([`sign_off`], [`close`]). What a closed review
//! says never changes, and the journal holds its digest.

mod close;
mod decide;
mod described;
mod digest;
mod drift;
mod export;
mod item;
mod read;
mod sign_off;
mod standing;
mod start;
mod subject;

pub(crate) use digest::is_sign_off;

pub use decide::{Decide, DecidedAll, DecidedItems, Overruled};
pub use drift::Drift;
pub use export::ReviewExport;
pub use item::{Also, Decision, Outcome, PastDecision, ReviewItem};
pub use read::{Counts, ItemFilter, ItemPage, Review, ReviewFilter, ReviewPage, ReviewState};
pub use sign_off::{ReviewResult, SignOffPlan, SignOffPlanned, TakenAway};
pub use start::{ReviewPlan, ReviewPlanned};
pub use subject::{Beside, BesideWhy, Subject};

/// The kind under which the journal keeps what happens to reviews.
pub(crate) const KIND: &str = crate::journal::topic::Topic::Review.name();

/// The most characters of a note or comment.
const REMARK_LENGTH: usize = 1000;

/// A note or comment as it is kept: without blanks around it.
fn remark(field: &str, text: &str) -> crate::Result<String> {
    let text = text.trim();
    let problem = if text.chars().count() > REMARK_LENGTH {
        crate::FieldProblem::TooLong { max: REMARK_LENGTH }
    } else if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\r')
    {
        crate::FieldProblem::ControlCharacter
    } else {
        return Ok(text.to_owned());
    };
    Err(crate::Error::field(field, problem))
}
