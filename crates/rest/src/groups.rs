//! `/api/v1/groups`: what permissions are given on, keyed by name.

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
    GetHeaders, Group, GroupCreate, GroupPage, GroupPath, GroupUpdate, History, HistoryParameters,
    PatchHeaders, Plan, PostHeaders, WriteParameters,
};
use super::{history, records};
use crate::state::Site;

/// The routes of groups.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update))
        .routes(routes!(changes))
}

/// Lists and searches groups by name.
#[utoipa::path(
    get, path = "/api/v1/groups", tag = "groups", operation_id = "list_groups",
    params(ListParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of groups", body = GroupPage)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    query: Query,
) -> Result<Json<Value>, Problem> {
    listing::list(&site.directory, &actor, Kind::Group, query).await
}

/// Shows one group, valid or not.
#[utoipa::path(
    get, path = "/api/v1/groups/{name}", tag = "groups", operation_id = "show_group",
    params(GroupPath, GetHeaders), security(("token" = ["reader"])),
    responses(
        (status = 200, description = "The group", body = Group, headers(("ETag" = String, description = "The version"))),
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
    records::show(&site.directory, &actor, Kind::Group, &name, &headers).await
}

/// Adds a group.
#[utoipa::path(
    post, path = "/api/v1/groups", tag = "groups", operation_id = "create_group",
    params(WriteParameters, PostHeaders), request_body = GroupCreate, security(("token" = ["admin"])),
    responses(
        (status = 200, description = "The plan, for `dry_run`", body = Plan),
        (status = 201, description = "The new group", body = Group,
            headers(("ETag" = String, description = "The version"), ("Location" = String, description = "The address"))),
    ),
)]
async fn create(
    State(site): State<Site>,
    Admin(actor): Admin,
    write: Write,
) -> Result<Response, Problem> {
    records::create(&site, &actor, Kind::Group, write).await
}

/// Changes a group; a new `Name` renames, and permissions stay.
#[utoipa::path(
    patch, path = "/api/v1/groups/{name}", tag = "groups", operation_id = "update_group",
    params(GroupPath, WriteParameters, PatchHeaders), request_body = GroupUpdate, security(("token" = ["admin"])),
    responses((status = 200, description = "The group, or the plan for `dry_run`",
        body = inline(super::schema::GroupOrPlan), headers(("ETag" = String, description = "The version")))),
)]
async fn update(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(name): Key,
    write: Write,
) -> Result<Response, Problem> {
    records::update(&site.directory, &actor, Kind::Group, &name, write).await
}

/// Lists what happened to a group, also under earlier names; the latest first.
#[utoipa::path(
    get, path = "/api/v1/groups/{name}/history", tag = "groups", operation_id = "group_history",
    params(GroupPath, HistoryParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "The entries of the journal", body = History)),
)]
async fn changes(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(name): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    history::of_record(&site.directory, &actor, Kind::Group, &name, query).await
}
