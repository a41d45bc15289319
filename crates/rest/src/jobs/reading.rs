//! `/api/v1/jobs`: which jobs there are, how far one is, and what became of its people.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use kartoteka_directory::Error;
use kartoteka_jobs::{ItemState, Jobs};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Editor;
use super::super::key::Key;
use super::super::listing::LARGEST_PAGE;
use super::super::problem::Problem;
use super::super::query::{NoQuery, Query};
use super::super::schema::{Job, JobItemPage, JobItemParameters, JobPage, JobPath, JobsParameters};
use super::super::wished::wished;
use super::documents;
use crate::state::Site;

/// How many without a `limit`.
const USUAL: i64 = 100;

pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(items))
}

/// The number at the end of an address.
pub fn number(id: String) -> Result<i64, Problem> {
    let unknown = |_| Error::Unknown {
        what: "job",
        key: id.clone(),
    };
    Ok(id.parse().map_err(unknown)?)
}

/// Lists jobs, the latest first.
#[utoipa::path(
    get, path = "/api/v1/jobs", tag = "jobs", operation_id = "list_jobs",
    params(JobsParameters), security(("token" = ["editor"])),
    responses((status = 200, description = "A page of jobs", body = JobPage)),
)]
async fn list(
    State(site): State<Site>,
    Editor(actor): Editor,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let limit = query.number("limit", 1, LARGEST_PAGE).unwrap_or(USUAL);
    let before = query.number("before", 0, i64::MAX);
    query.finish()?;
    let jobs = Jobs::of(&site.directory)
        .jobs(&actor, before, limit as u32)
        .await?;
    let page = documents::page(&jobs, limit as u32, wished(&headers));
    Ok(Json(page))
}

/// Shows one job: how far it is, and what it came to.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}", tag = "jobs", operation_id = "show_job",
    params(JobPath), security(("token" = ["editor"])),
    responses((status = 200, description = "The job", body = Job)),
)]
async fn show(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    headers: HeaderMap,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let job = Jobs::of(&site.directory).job(&actor, number(id)?).await?;
    Ok(Json(documents::job(&job, wished(&headers))))
}

/// Lists what became of the people of a job, in the order in which they are done.
#[utoipa::path(
    get, path = "/api/v1/jobs/{id}/items", tag = "jobs", operation_id = "list_job_items",
    params(JobPath, JobItemParameters), security(("token" = ["editor"])),
    responses((status = 200, description = "A page of people", body = JobItemPage)),
)]
async fn items(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    headers: HeaderMap,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let limit = query.number("limit", 1, LARGEST_PAGE).unwrap_or(USUAL);
    let after = query.number("after", 0, i64::MAX).unwrap_or(0);
    let of = "waiting, changed, already, refused";
    let state = query.choice("state", of, ItemState::parse);
    query.finish()?;
    let items = Jobs::of(&site.directory)
        .job_items(&actor, number(id)?, state, after, limit as u32)
        .await?;
    let page = documents::items(&items, limit as u32, wished(&headers));
    Ok(Json(page))
}
