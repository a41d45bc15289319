//! `/api/v1/sources/held`: sources that lost so much that an admin is asked, and what an admin says.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kartoteka_wire::held::held_sources;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Admin, Reader};
use super::key::Key;
use super::problem::Problem;
use super::query::NoQuery;
use super::schema::{HeldSources, SourcePath};
use crate::state::Site;

/// The routes of sources that are held.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(held))
        .routes(routes!(release))
        .routes(routes!(keep))
}

/// Lists the sources of which nothing is taken in until an admin says so, since they lost so much; and who is missing.
#[utoipa::path(
    get, path = "/api/v1/sources/held", tag = "sources", operation_id = "list_held_sources",
    security(("token" = ["reader"])),
    responses((status = 200, description = "Sources that are held, and what is missing", body = HeldSources)),
)]
async fn held(
    State(site): State<Site>,
    Reader(actor): Reader,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let (held, missing) = site.directory.held_and_missing(&actor).await?;
    Ok(Json(held_sources(&held, &missing)))
}

/// Lets through what a source lost: who is gone from it is missing then.
#[utoipa::path(
    post, path = "/api/v1/sources/{id}/release", tag = "sources", operation_id = "release_source",
    params(SourcePath), security(("token" = ["admin"])),
    responses((status = 204, description = "What it lost is taken in within seconds")),
)]
async fn release(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    site.directory.let_through(&actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Goes on with what was known of a source, until it has nearly as much as before.
#[utoipa::path(
    post, path = "/api/v1/sources/{id}/keep", tag = "sources", operation_id = "keep_source",
    params(SourcePath), security(("token" = ["admin"])),
    responses((status = 204, description = "What was known is gone on with")),
)]
async fn keep(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    site.directory.keep(&actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
