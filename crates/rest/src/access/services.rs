//! Who has a service, and which services everybody has.

use axum::Json;
use axum::extract::State;
use kartoteka_access::Access;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Reader;
use super::super::key::Key;
use super::super::problem::Problem;
use super::super::query::{NoQuery, Query};
use super::super::schema::{DefaultServices, PageParameters, PeopleOfService, ServicePath};
use super::paging::paging;
use crate::state::Site;

/// The routes of services and their people.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(people))
        .routes(routes!(default))
}

/// Lists the customer users who were given a service of their own, page by page.
///
/// Logins that no source knows any more are listed, too: their rows are still there.
#[utoipa::path(
    get, path = "/api/v1/services/{name}/people", tag = "access", operation_id = "people_of_service",
    params(ServicePath, PageParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customer users", body = PeopleOfService)),
)]
async fn people(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(name): Key,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let wanted = paging(&mut query);
    query.finish()?;
    let page = Access::of(&site.directory)
        .people_of_service(&actor, &name, wanted.after.as_deref(), wanted.limit)
        .await?;
    let item = |person: &kartoteka_access::ServicePerson| {
        json!({
            "UserLogin": person.login,
            "text": person.text,
            "known": person.known,
            "valid": person.valid,
        })
    };
    Ok(Json(json!({
        "service": page.service.name,
        "valid": page.service.valid,
        "default": page.default,
        "items": page.people.iter().map(item).collect::<Vec<_>>(),
        "total": page.total,
        "next": page.next,
    })))
}

/// Lists the default services: for everybody who has no valid service of their own.
#[utoipa::path(
    get, path = "/api/v1/default-services", tag = "access", operation_id = "default_services",
    security(("token" = ["reader"])),
    responses((status = 200, description = "The services by name", body = DefaultServices)),
)]
async fn default(
    State(site): State<Site>,
    Reader(actor): Reader,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let services = Access::of(&site.directory).default_services(&actor).await?;
    let items = services
        .iter()
        .map(|service| json!({"service": service.name, "valid": service.valid}));
    Ok(Json(json!({"items": items.collect::<Vec<_>>()})))
}
