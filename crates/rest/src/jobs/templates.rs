//! `/api/v1/job-templates`: named sets of changes.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_directory::{Actor, Directory, Error, Template as DirectoryTemplate};
use kartoteka_jobs::Jobs;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Editor;
use super::super::key::Key;
use super::super::messages::Mistake;
use super::super::problem::Problem;
use super::super::query::NoQuery;
use super::super::records::answer;
use super::super::reply::Reply;
use super::super::request::Write;
use super::super::schema::{
    PostHeaders, Template, TemplateCreate, TemplateList, TemplatePath, TemplateUpdate,
};
use super::{documents, job_request};
use crate::state::Site;

pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(update, delete))
}

fn number(id: String) -> Result<i64, Problem> {
    let unknown = |_| Error::Unknown {
        what: "template",
        key: id.clone(),
    };
    Ok(id.parse().map_err(unknown)?)
}

/// Lists all templates by name.
#[utoipa::path(
    get, path = "/api/v1/job-templates", tag = "jobs", operation_id = "list_job_templates",
    security(("token" = ["editor"])),
    responses((status = 200, description = "All templates", body = TemplateList)),
)]
async fn list(
    State(site): State<Site>,
    Editor(actor): Editor,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let templates = Jobs::of(&site.directory).templates(&actor).await?;
    Ok(Json(documents::templates(&templates)))
}

/// Refuses a dry run, which there is none of.
fn no_dry_run(dry_run: bool) -> Result<(), Problem> {
    match dry_run {
        false => Ok(()),
        true => Err(Problem::parameters(
            "Templates have no dry_run.",
            vec![("dry_run".into(), Mistake::Unknown)],
        )),
    }
}

async fn named(
    directory: &Directory,
    actor: &Actor,
    name: &str,
) -> Result<DirectoryTemplate, Problem> {
    let all = Jobs::of(directory).templates(actor).await?;
    let found = all.into_iter().find(|one| one.name == name.trim());
    let key = name.to_owned();
    Ok(found.ok_or(Error::Unknown {
        what: "template",
        key,
    })?)
}

/// Adds a template: a named set of changes, to be chosen for jobs.
#[utoipa::path(
    post, path = "/api/v1/job-templates", tag = "jobs", operation_id = "create_job_template",
    params(PostHeaders), request_body = TemplateCreate, security(("token" = ["editor"])),
    responses((status = 201, description = "The new template", body = Template,
        headers(("Location" = String, description = "The address")))),
)]
async fn create(
    State(site): State<Site>,
    Editor(actor): Editor,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        ..
    } = write;
    no_dry_run(dry_run)?;
    let name = body.required("name");
    let changes = job_request::changes(&mut body)?;
    let (site, actor) = (&site, &actor);
    let work = |directory: Directory| async move {
        let name = name.unwrap_or_default();
        Jobs::of(&directory)
            .save_template(actor, None, &name, changes)
            .await
            .map_err(job_request::refused_in_body)?;
        let made = named(&directory, actor, &name).await?;
        let address = site.url(&format!("/api/v1/job-templates/{}", made.id));
        Ok(Reply::new(StatusCode::CREATED, documents::template(&made)).location(address))
    };
    answer(&site.directory, actor, false, &fingerprint, work).await
}

/// Changes a template; what is not named stays.
#[utoipa::path(
    patch, path = "/api/v1/job-templates/{id}", tag = "jobs", operation_id = "update_job_template",
    params(TemplatePath), request_body = TemplateUpdate, security(("token" = ["editor"])),
    responses((status = 200, description = "The template", body = Template)),
)]
async fn update(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    write: Write,
) -> Result<Json<Value>, Problem> {
    let Write {
        dry_run, mut body, ..
    } = write;
    no_dry_run(dry_run)?;
    let directory = &site.directory;
    let stored = Jobs::of(directory).template(&actor, number(id)?).await?;
    let name = body.text("name");
    let changes = match body.has("changes") {
        true => job_request::changes(&mut body)?,
        false => {
            body.finish()?;
            stored.changes
        }
    };
    let name = name.unwrap_or(stored.name);
    let before = Some((stored.id, stored.version.as_str()));
    Jobs::of(directory)
        .save_template(&actor, before, &name, changes)
        .await
        .map_err(job_request::refused_in_body)?;
    let saved = Jobs::of(directory).template(&actor, stored.id).await?;
    Ok(Json(documents::template(&saved)))
}

/// Drops a template; jobs that were made from it stay.
#[utoipa::path(
    delete, path = "/api/v1/job-templates/{id}", tag = "jobs", operation_id = "delete_job_template",
    params(TemplatePath), security(("token" = ["editor"])),
    responses((status = 204, description = "The template is gone")),
)]
async fn delete(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    _: NoQuery,
) -> Result<StatusCode, Problem> {
    let id = number(id)?;
    Jobs::of(&site.directory)
        .delete_template(&actor, id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
