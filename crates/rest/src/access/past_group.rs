//! Who had a group on a past day, and who gained and lost it until another.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory};
use kartoteka_model::access::Context;

use super::super::problem::Problem;
use super::super::schema::{
    CustomersDifference, CustomersOrDifference, HoldersDifference, HoldersOrDifference,
    PastCustomersOfGroup, PastHoldersOfGroup,
};
use super::paging::Paging;
use super::past::Past;

/// The people with a permission in a group.
pub async fn people(
    directory: &Directory,
    actor: &Actor,
    (group, permission): (&str, &str),
    past: Past,
    wanted: &Paging,
) -> Result<HoldersOrDifference, Problem> {
    let (access, page) = (Access::of(directory), wanted.page());
    if let Some(compare) = past.compare {
        let moments = (past.as_of, compare);
        let found = access
            .holders_between(actor, group, permission, moments, page)
            .await?;
        let found = HoldersDifference::of(&found, moments);
        return Ok(HoldersOrDifference::Difference(found));
    }
    let found = access
        .holders_as_of(actor, group, permission, past.as_of, page)
        .await?;
    let found = PastHoldersOfGroup::of(&found, past.as_of);
    Ok(HoldersOrDifference::Past(found))
}

/// The customers with a permission in a group in a context.
pub async fn customers(
    directory: &Directory,
    actor: &Actor,
    (group, permission, context): (&str, &str, Context),
    past: Past,
    wanted: &Paging,
) -> Result<CustomersOrDifference, Problem> {
    let (access, page) = (Access::of(directory), wanted.page());
    let what = (permission, context);
    if let Some(compare) = past.compare {
        let moments = (past.as_of, compare);
        let found = access
            .customer_holders_between(actor, group, what, moments, page)
            .await?;
        let found = CustomersDifference::of(&found, moments);
        return Ok(CustomersOrDifference::Difference(found));
    }
    let found = access
        .customer_holders_as_of(actor, group, what, past.as_of, page)
        .await?;
    let found = PastCustomersOfGroup::of(&found, past.as_of);
    Ok(CustomersOrDifference::Past(found))
}
