//! `/api/v1/services`: what customer users may ask for, a tree keyed by full names (`Parent::Child`).

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kartoteka_directory::Kind;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Admin, Reader};
use super::key::Key;
use super::listing::{self, ListParameters};
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::request::Write;
use super::schema::{
    GetHeaders, History, HistoryParameters, PatchHeaders, Plan, PostHeaders, Service,
    ServiceCreate, ServicePage, ServicePath, ServiceUpdate, WriteParameters,
};
use super::{history, records};
use crate::state::Site;

/// The routes of services.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update))
        .routes(routes!(changes))
}

/// Lists and searches services by full name, in the order of their tree.
#[utoipa::path(
    get, path = "/api/v1/services", tag = "services", operation_id = "list_services",
    params(ListParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of services", body = ServicePage)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    query: Query,
) -> Result<Json<Value>, Problem> {
    listing::list(&site.directory, &actor, Kind::Service, query).await
}

/// Shows one service, valid or not.
#[utoipa::path(
    get, path = "/api/v1/services/{name}", tag = "services", operation_id = "show_service",
    params(ServicePath, GetHeaders), security(("token" = ["reader"])),
    responses(
        (status = 200, description = "The service", body = Service, headers(("ETag" = String, description = "The version"))),
        (status = 304, description = "The caller has this version"),
    ),
)]
async fn show(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(name): Key,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    records::show(&site.directory, &actor, Kind::Service, &name, &headers).await
}

/// Adds a service.
#[utoipa::path(
    post, path = "/api/v1/services", tag = "services", operation_id = "create_service",
    params(WriteParameters, PostHeaders), request_body = ServiceCreate, security(("token" = ["admin"])),
    responses(
        (status = 200, description = "The plan, for `dry_run`", body = Plan),
        (status = 201, description = "The new service", body = Service,
            headers(("ETag" = String, description = "The version"), ("Location" = String, description = "The address"))),
    ),
)]
async fn create(
    State(site): State<Site>,
    Admin(actor): Admin,
    write: Write,
) -> Result<Response, Problem> {
    records::create(&site, &actor, Kind::Service, write).await
}

/// Changes a service; a new `Name` or `Parent` renames the services below it, too. The plan lists them.
#[utoipa::path(
    patch, path = "/api/v1/services/{name}", tag = "services", operation_id = "update_service",
    params(ServicePath, WriteParameters, PatchHeaders), request_body = ServiceUpdate, security(("token" = ["admin"])),
    responses((status = 200, description = "The service, or the plan for `dry_run`",
        body = inline(super::schema::ServiceOrPlan), headers(("ETag" = String, description = "The version")))),
)]
async fn update(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(name): Key,
    write: Write,
) -> Result<Response, Problem> {
    records::update(&site.directory, &actor, Kind::Service, &name, write).await
}

/// Lists what happened to a service, also under earlier full names; the latest first.
#[utoipa::path(
    get, path = "/api/v1/services/{name}/history", tag = "services", operation_id = "service_history",
    params(ServicePath, HistoryParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "The entries of the journal", body = History)),
)]
async fn changes(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(name): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    history::of_record(&site.directory, &actor, Kind::Service, &name, query).await
}
