//! Access reviews: what a group or a customer was given, gone through grant by grant, signed off and kept.
//!
//! A review takes in what is given when it begins ([`start`]). Each item is confirmed or revoked ([`decide`]); signing off
//! takes away what was revoked and closes the review in one transaction ([`sign_off`], [`close`]). What a closed review
//! says never changes, and the journal holds its digest.

// A use case's future holds those of what it asks, and the optimiser looks through them.
#![recursion_limit = "256"]

mod close;
mod current_grants;
mod decide;
mod described;
mod digest;
mod drift;
mod export;
mod item;
mod read;
mod sign_off;
mod start;
mod subject;

pub use decide::{Decide, DecidedAll, DecidedItems, Overruled};
pub use drift::Drift;
pub use export::ReviewExport;
pub use item::{Decision, OtherGrant, Outcome, PastDecision, ReviewItem};
pub use read::{Counts, ItemFilter, ItemPage, Review, ReviewFilter, ReviewPage, ReviewState};
pub use sign_off::{ReviewResult, SignOffPlan, SignOffPlanned, TakenAway};
pub use start::{ReviewPlan, ReviewPlanned};
pub use subject::{OtherAccess, OtherAccessReason, Subject};

use kartoteka_access::{Access, Grants};
use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;

/// The access reviews of a directory.
#[derive(Clone, Copy)]
pub struct Reviews<'d> {
    directory: Inside<'d>,
}

impl<'d> Reviews<'d> {
    /// Those of this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }

    fn access(self) -> Access<'d> {
        Access::of(self.directory.directory())
    }

    fn grants(self) -> Grants<'d> {
        Grants::of(self.directory)
    }
}

/// The kind under which the journal keeps what happens to reviews.
pub(crate) const KIND: &str = kartoteka_directory::Topic::Review.name();

/// The most characters of a note or comment.
const REMARK_LENGTH: usize = 1000;

/// A note or comment as it is kept: without blanks around it.
fn remark(field: &str, text: &str) -> kartoteka_directory::Result<String> {
    let text = text.trim();
    let problem = if text.chars().count() > REMARK_LENGTH {
        kartoteka_directory::FieldProblem::TooLong { max: REMARK_LENGTH }
    } else if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\r')
    {
        kartoteka_directory::FieldProblem::ControlCharacter
    } else {
        return Ok(text.to_owned());
    };
    Err(kartoteka_directory::Error::field(field, problem))
}
