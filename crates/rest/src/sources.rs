//! `/api/v1/sources`: how the sources are, testing one, and reading it anew.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kartoteka_directory::Kind;
use kartoteka_wire::sources as wire;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::access::paging::of_page;
use super::caller::{Admin, Reader};
use super::key::Key;
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::schema::{
    ConflictsParameters, SourceConflicts, SourcePath, SourceState, SourceStates, SourceTest,
};
use crate::state::Site;

/// The routes of sources.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(test))
        .routes(routes!(refresh))
        .routes(routes!(conflicts))
}

/// Lists the sources with how each is: those of customer users, then those of customers, each in their order.
#[utoipa::path(
    get, path = "/api/v1/sources", tag = "sources", operation_id = "list_sources",
    security(("token" = ["reader"])),
    responses((status = 200, description = "The sources", body = SourceStates)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let states = site.directory.source_states(&actor).await?;
    let now = site.now();
    let items: Vec<Value> = states
        .iter()
        .map(|state| wire::source(state, now))
        .collect();
    Ok(Json(json!({"items": items})))
}

/// Shows a source with its fields.
#[utoipa::path(
    get, path = "/api/v1/sources/{id}", tag = "sources", operation_id = "show_source",
    params(SourcePath), security(("token" = ["reader"])),
    responses((status = 200, description = "The source", body = SourceState)),
)]
async fn show(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let state = site.directory.source_state(&actor, &id).await?;
    Ok(Json(wire::source_with_fields(&state, site.now())))
}

/// Goes through a source step by step, and says what is wrong and what to do about it.
///
/// That something failed is in the document: the test itself is answered with 200. It takes 25 seconds at most.
#[utoipa::path(
    post, path = "/api/v1/sources/{id}/test", tag = "sources", operation_id = "test_source",
    params(SourcePath), security(("token" = ["admin"])),
    responses((status = 200, description = "The steps", body = SourceTest)),
)]
async fn test(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let steps = Box::pin(site.directory.test_source(&actor, &id)).await?;
    Ok(Json(wire::test(&id, &steps)))
}

/// Reads a source anew in the background, together with the others of its kind. Until that is done, what is known answers.
#[utoipa::path(
    post, path = "/api/v1/sources/{id}/refresh", tag = "sources", operation_id = "refresh_source",
    params(SourcePath), security(("token" = ["admin"])),
    responses((status = 202, description = "The source as it is now", body = SourceState)),
)]
async fn refresh(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    _: NoQuery,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let state = site.directory.refresh_source(&actor, &id).await?;
    let document = wire::source_with_fields(&state, site.now());
    Ok((StatusCode::ACCEPTED, Json(document)))
}

/// Lists the keys that a source shares with others of its kind: the first source in order speaks for each.
#[utoipa::path(
    get, path = "/api/v1/sources/{id}/conflicts", tag = "sources", operation_id = "source_conflicts",
    params(SourcePath, ConflictsParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of keys", body = SourceConflicts)),
)]
async fn conflicts(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let after = query.text("after");
    let limit = query.number("limit", 1, 200).unwrap_or(50);
    query.finish()?;
    let kind: Kind = site.directory.source_state(&actor, &id).await?.kind;
    let limit = u32::try_from(limit).unwrap_or(50);
    let directory = &site.directory;
    let found = directory.source_conflicts(&actor, kind, Some(&id), after.as_deref(), limit);
    Ok(Json(wire::conflicts(&found.await.map_err(of_page)?)))
}
