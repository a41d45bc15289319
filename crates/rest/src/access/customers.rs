//! What a customer has, and who belongs to it.

use axum::Json;
use axum::extract::State;
use kartoteka_access::{Access, CustomerPerson};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Reader;
use super::super::key::Key;
use super::super::problem::Problem;
use super::super::query::Query;
use super::super::schema::{
    CustomerPath, PageParameters, PastParameters, PeopleOfCustomer, PermissionsOfCustomer,
};
use super::paging::{of_page, paging};
use super::past;
use crate::state::Site;

/// The routes below a customer.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(permissions))
        .routes(routes!(people))
}

/// Shows what a customer has in every group, in each enabled context, and why.
///
/// With `as_of` it shows what was held on a past day, rebuilt from the journal, and with `compare` also what was gained
/// and lost until another day.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/permissions", tag = "access", operation_id = "permissions_of_customer",
    params(CustomerPath, PastParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "Every group with what is held and why", body = PermissionsOfCustomer)),
)]
async fn permissions(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    mut query: Query,
) -> Result<Json<PermissionsOfCustomer>, Problem> {
    let past = past::asked(&site, &mut query).await?;
    query.finish()?;
    let directory = &site.directory;
    let Some(past) = past else {
        let access = Access::of(directory)
            .customer_permissions_of(&actor, &id)
            .await?;
        return Ok(Json(PermissionsOfCustomer::now(&access)));
    };
    let access = Access::of(directory)
        .customer_permissions_as_of(&actor, &id, past.as_of)
        .await?;
    let then = PermissionsOfCustomer::then(&access, past.as_of);
    let Some(compare) = past.compare else {
        return Ok(Json(then));
    };
    let between = Access::of(directory)
        .customer_access_between(&actor, &id, past.as_of, compare)
        .await?;
    Ok(Json(then.compared(compare, &between)))
}

/// Lists the valid customer users of a customer, by their own records and as further customer, page by page.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/people", tag = "access", operation_id = "people_of_customer",
    params(CustomerPath, PageParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customer users", body = PeopleOfCustomer)),
)]
async fn people(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let wanted = paging(&mut query);
    query.finish()?;
    let page = Access::of(&site.directory)
        .people_of_customer(&actor, &id, wanted.after.as_deref(), wanted.limit)
        .await
        .map_err(of_page)?;
    let item = |person: &CustomerPerson| {
        json!({
            "UserLogin": person.login,
            "text": person.text,
            "belonging": person.belonging,
        })
    };
    Ok(Json(json!({
        "CustomerID": page.customer,
        "items": page.people.iter().map(item).collect::<Vec<_>>(),
        "total": page.total,
        "next": page.next,
    })))
}
