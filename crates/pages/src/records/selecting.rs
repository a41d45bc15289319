//! Selecting people in their list, to change them all at once.

use kartoteka_directory::{Action, Object, Search, Total};
use kartoteka_jobs::Jobs;

use super::criteria::Criteria;
use super::screen::Screen;
use crate::context::Ctx;
use crate::failure::Failure;

/// What the list shows while people are selected.
pub struct Selecting {
    /// The list's query, which the next page reads.
    pub query: String,
    /// How many are found on all pages, exactly.
    pub total: u64,
    /// The list without it.
    pub leave: String,
}

/// The address of the list with people selected; none where nobody can be changed.
pub fn begin(ctx: &Ctx, screen: Screen, criteria: &Criteria, path: &str) -> Option<String> {
    let may = screen.is_people()
        && ctx.actor.may(Action::Change, Object::Records(screen.kind))
        && !criteria.select;
    may.then(|| {
        Criteria {
            select: true,
            ..criteria.clone()
        }
        .address(path)
    })
}

/// What is shown, when people are selected.
///
/// # Errors
/// When they can't be counted.
pub async fn selecting(
    ctx: &Ctx,
    screen: Screen,
    criteria: &Criteria,
    path: &str,
    search: &Search,
    found: Total,
) -> Result<Option<Selecting>, Failure> {
    let may = screen.is_people() && ctx.actor.may(Action::Change, Object::Records(screen.kind));
    if !criteria.select || !may {
        return Ok(None);
    }
    let total = match found.exact {
        true => found.count,
        false => {
            Jobs::of(&ctx.directory)
                .count_found(&ctx.actor, search)
                .await?
        }
    };
    Ok(Some(Selecting {
        query: criteria.query(),
        total,
        leave: Criteria {
            select: false,
            ..criteria.clone()
        }
        .address(path),
    }))
}
