//! Selecting people in their list, to change them all at once.

use kartoteka_directory::{Action, Object, Total};

use super::criteria::Criteria;
use super::screen::Screen;
use crate::context::Ctx;

/// What the list shows to those who may change many.
pub struct Selecting {
    /// The list's query, which the next page reads.
    pub query: String,
    /// How many are found on all pages; none while that is not known exactly.
    pub total: Option<u64>,
}

impl Selecting {
    /// None where nobody can be changed.
    pub fn new(ctx: &Ctx, screen: Screen, criteria: &Criteria, found: Total) -> Option<Self> {
        let may = screen.is_people() && ctx.actor.may(Action::Change, Object::Records(screen.kind));
        may.then(|| Self {
            query: criteria.query(),
            total: found.exact.then_some(found.count),
        })
    }
}
