//! `/api/v1/jobs`: ordering, stopping and taking back.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kartoteka_directory::{Actor, Directory, JobChange};
use kartoteka_jobs::{Job as DirectoryJob, Jobs};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Editor;
use super::super::key::Key;
use super::super::messages::Mistake;
use super::super::problem::{Place, Problem};
use super::super::query::{NoQuery, Query};
use super::super::records::answer;
use super::super::reply::{Fingerprint, Reply};
use super::super::request::{LargeWrite, Write};
use super::super::schema::{Job, JobPath, JobPreview, JobWanted, PostHeaders, WriteParameters};
use super::super::wished::wished;
use super::documents;
use super::job_fields;
use super::job_request::{self, JobRequest};
use super::reading::number;
use crate::language::Language;
use crate::state::Site;

pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(order))
        .routes(routes!(stop))
        .routes(routes!(undo))
}

/// A write without a body.
struct Bare {
    dry_run: bool,
    fingerprint: Fingerprint,
    language: Language,
}

impl FromRequestParts<Site> for Bare {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Site) -> Result<Self, Problem> {
        let mut query = Query::from_request_parts(parts, state).await?;
        let dry_run = query.flag("dry_run");
        query.finish()?;
        Ok(Self {
            dry_run,
            fingerprint: Fingerprint::new(&parts.method, &parts.uri, &parts.headers, &[])?,
            language: wished(&parts.headers),
        })
    }
}

/// Gives and takes further customers, permissions in groups and services for many people in one job, or changes fields of
/// theirs.
///
/// The people are collected before the first of them is changed, and done in portions; the answer comes before that,
/// with the job's address. What one person is refused for is said in `items`, and the others are changed all the same.
/// With `dry_run` nothing is written, and the answer says what the job would do, by the same rules; `looked` is less
/// than `total` where time did not suffice for everybody. The caller's rights are looked at again with every portion:
/// a token that was revoked meanwhile stops the job.
#[utoipa::path(
    post, path = "/api/v1/jobs", tag = "jobs", operation_id = "order_job",
    params(WriteParameters, PostHeaders), request_body = JobWanted, security(("token" = ["editor"])),
    responses(
        (status = 200, description = "What the job would do, for `dry_run`", body = JobPreview),
        (status = 202, description = "The job, which was started", body = Job,
            headers(("Location" = String, description = "The address"))),
        (status = 413, description = "The body has more than 4 MiB", body = super::super::schema::Problem,
            content_type = "application/problem+json"),
    ),
)]
async fn order(
    State(site): State<Site>,
    Editor(actor): Editor,
    LargeWrite(write): LargeWrite,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    let JobRequest {
        selection,
        mut changes,
        template,
        fields,
    } = job_request::take(&mut body)?;
    let own = changes.len();
    let (site, actor) = (&site, &actor);
    if let Some(name) = template {
        changes.extend(of_template(site, actor, &name).await?);
    }
    let refused = move |error| job_request::refused(error, own);
    let work = |directory: Directory| async move {
        let jobs = Jobs::of(&directory);
        if let Some(fields) = fields {
            if dry_run {
                let preview = jobs.preview_field_job(actor, selection, fields).await;
                let preview = preview.map_err(job_fields::refused_field)?;
                return Ok(Reply::new(
                    StatusCode::OK,
                    documents::preview(&preview, language),
                ));
            }
            let job = jobs.make_field_job(actor, selection, fields, true).await;
            return Ok(ordered(
                site,
                &job.map_err(job_fields::refused_field)?,
                language,
            ));
        }
        if dry_run {
            let preview = Jobs::of(&directory)
                .preview_job(actor, selection, changes)
                .await;
            let preview = preview.map_err(refused)?;
            let document = documents::preview(&preview, language);
            return Ok(Reply::new(StatusCode::OK, document));
        }
        let job = Jobs::of(&directory)
            .order_job(actor, selection, changes)
            .await;
        Ok(ordered(site, &job.map_err(refused)?, language))
    };
    answer(&site.directory, actor, dry_run, &fingerprint, work).await
}

/// The changes of the template of this name.
async fn of_template(site: &Site, actor: &Actor, name: &str) -> Result<Vec<JobChange>, Problem> {
    let all = Jobs::of(&site.directory).templates(actor).await?;
    let found = all.into_iter().find(|one| one.name == name);
    found.map(|one| one.changes).ok_or_else(|| {
        let of = "the names of /api/v1/job-templates";
        Problem::invalid(vec![(
            Place::Field("template".into()),
            Mistake::Choice { of },
        )])
    })
}

/// Stops a job after the portion in work; what is done stays. One that is over is left as it is.
#[utoipa::path(
    post, path = "/api/v1/jobs/{id}/stop", tag = "jobs", operation_id = "stop_job",
    params(JobPath), security(("token" = ["editor"])),
    responses((status = 200, description = "The job", body = Job)),
)]
async fn stop(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    headers: HeaderMap,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let job = Jobs::of(&site.directory)
        .stop_job(&actor, number(id)?)
        .await?;
    Ok(Json(documents::job(&job, wished(&headers))))
}

/// Takes a job back that is over, in a job of its own. What somebody changed since is left alone, and said in `items`.
#[utoipa::path(
    post, path = "/api/v1/jobs/{id}/undo", tag = "jobs", operation_id = "undo_job",
    params(JobPath, WriteParameters, PostHeaders), security(("token" = ["editor"])),
    responses(
        (status = 200, description = "What taking it back would do, for `dry_run`", body = JobPreview),
        (status = 202, description = "The job that takes it back, which was started", body = Job,
            headers(("Location" = String, description = "The address"))),
    ),
)]
async fn undo(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    bare: Bare,
) -> Result<Response, Problem> {
    let Bare {
        dry_run,
        fingerprint,
        language,
    } = bare;
    let id = number(id)?;
    let (site, actor) = (&site, &actor);
    let work = |directory: Directory| async move {
        if dry_run {
            let preview = Jobs::of(&directory).preview_job_undo(actor, id).await?;
            let document = documents::preview(&preview, language);
            return Ok(Reply::new(StatusCode::OK, document));
        }
        let job = Jobs::of(&directory).undo_job(actor, id, true).await?;
        Ok(ordered(site, &job, language))
    };
    answer(&site.directory, actor, dry_run, &fingerprint, work).await
}

fn ordered(site: &Site, job: &DirectoryJob, language: Language) -> Reply {
    let address = site.url(&format!("/api/v1/jobs/{}", job.id));
    Reply::new(StatusCode::ACCEPTED, documents::job(job, language)).location(address)
}
