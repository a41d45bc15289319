//! Why a list is empty, so that the page can say what to do next.

use kartoteka_directory::{IndexState, Kind, Page, ValidFilter};

use super::criteria::Criteria;
use super::screen::Screen;
use crate::context::Ctx;
use crate::failure::Failure;

/// Why a list is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// It is not.
    No,
    /// Nothing was added yet.
    NoneYet,
    /// No people yet, and no customer that they could belong to.
    NoCustomerYet,
    /// Nothing fits the search.
    NoMatch,
    /// A source does not answer, and nothing fits elsewhere.
    SourceDown,
    /// What there is may not be in the search index yet.
    Building,
    /// There is no such page.
    BeyondEnd,
}

/// Why nothing was found, if nothing was.
pub async fn emptiness(
    ctx: &Ctx,
    screen: Screen,
    criteria: &Criteria,
    found: &Page,
) -> Result<Empty, Failure> {
    if !found.rows.is_empty() {
        return Ok(Empty::No);
    }
    if found.total.count > 0 {
        return Ok(Empty::BeyondEnd);
    }
    if found
        .sources
        .iter()
        .any(|source| source.unavailable_since.is_some())
    {
        return Ok(Empty::SourceDown);
    }
    if found.index != IndexState::Current {
        return Ok(Empty::Building);
    }
    let narrowed = criteria.narrows() || criteria.valid == ValidFilter::Invalid;
    if narrowed
        || (criteria.valid == ValidFilter::Valid
            && ctx
                .directory
                .has_any(&ctx.actor, screen.kind, ValidFilter::All)
                .await?)
    {
        return Ok(Empty::NoMatch);
    }
    let needs_customer = ctx
        .directory
        .sources(screen.kind)
        .iter()
        .any(|source| source.customer_support);
    if screen.is_people()
        && needs_customer
        && !ctx
            .directory
            .has_any(&ctx.actor, Kind::Customer, ValidFilter::Valid)
            .await?
    {
        return Ok(Empty::NoCustomerYet);
    }
    Ok(Empty::NoneYet)
}
