//! Who has a group, and why.

use axum::Json;
use axum::extract::State;
use kartoteka_access::Access;
use kartoteka_directory::FieldProblem;
use kartoteka_model::access::Context;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Reader;
use super::super::key::Key;
use super::super::messages::Mistake;
use super::super::problem::Problem;
use super::super::query::Query;
use super::super::schema::{
    ContextParameters, CustomersOrDifference, GroupPath, HolderParameters, HoldersOfGroup,
    HoldersOrDifference, PastParameters,
};
use super::paging::{known_permission, of_page, paging};
use super::{past, past_group};
use crate::state::Site;

/// The permission that is asked about without a parameter.
const USUAL: &str = "ro";

/// The routes below a group.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(permissions))
        .routes(routes!(customers))
}

/// Lists the customer users who have a permission in a group, and why, page by page with the exact count.
///
/// With `as_of` it lists who had it on a past day, rebuilt from the journal; with `compare` who gained and who lost it
/// from that day to another. Those who are not valid any more come last.
#[utoipa::path(
    get, path = "/api/v1/groups/{name}/permissions", tag = "access", operation_id = "permissions_of_group",
    params(GroupPath, HolderParameters, PastParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customer users",
        body = inline(HoldersOrDifference))),
)]
async fn permissions(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(name): Key,
    mut query: Query,
) -> Result<Json<HoldersOrDifference>, Problem> {
    let permission = query.text("permission").unwrap_or_else(|| USUAL.into());
    let wanted = paging(&mut query);
    let past = past::asked(&site, &mut query).await?;
    query.finish()?;
    let directory = &site.directory;
    known_permission(directory, &actor, &permission).await?;
    if let Some(past) = past {
        let asked = (name.as_str(), permission.as_str());
        return Ok(Json(
            past_group::people(directory, &actor, asked, past, &wanted).await?,
        ));
    }
    let after = wanted.after.as_deref();
    let page = Access::of(directory)
        .holders(&actor, &name, &permission, after, wanted.limit)
        .await
        .map_err(of_page)?;
    let total = Access::of(directory)
        .count_holders(&actor, &name, &permission)
        .await?;
    let holders = HoldersOfGroup::of(&page, total);
    Ok(Json(HoldersOrDifference::Holders(holders)))
}

/// Lists the customers that have a permission in a group in a context, and why, page by page with the exact count.
///
/// With `as_of` and `compare` it lists those of past days, as the list of people does; by ID.
#[utoipa::path(
    get, path = "/api/v1/groups/{name}/customers", tag = "access", operation_id = "customers_of_group",
    params(GroupPath, HolderParameters, ContextParameters, PastParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customers",
        body = inline(CustomersOrDifference))),
)]
async fn customers(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(name): Key,
    mut query: Query,
) -> Result<Json<CustomersOrDifference>, Problem> {
    let permission = query.text("permission").unwrap_or_else(|| USUAL.into());
    let context = query
        .choice("context", "same, other", |text| {
            Context::ALL.into_iter().find(|one| one.name() == text)
        })
        .unwrap_or(Context::Same);
    let wanted = paging(&mut query);
    let past = past::asked(&site, &mut query).await?;
    query.finish()?;
    let directory = &site.directory;
    known_permission(directory, &actor, &permission).await?;
    if let Some(past) = past {
        // Then the context may have been enabled.
        let asked = (name.as_str(), permission.as_str(), context);
        return Ok(Json(
            past_group::customers(directory, &actor, asked, past, &wanted).await?,
        ));
    }
    let settings = Access::of(directory).access_in_force(&actor).await?;
    if !settings.contexts().contains(&context) {
        let mistake = Mistake::Field(FieldProblem::UnknownContext);
        let detail = "The context is not enabled.";
        return Err(Problem::parameters(
            detail,
            vec![("context".into(), mistake)],
        ));
    }
    let after = wanted.after.as_deref();
    let page = Access::of(directory)
        .customer_holders(&actor, &name, &permission, context, after, wanted.limit)
        .await
        .map_err(of_page)?;
    Ok(Json(CustomersOrDifference::Customers((&page).into())))
}
