//! `/api/v1/sources`, set up here: added, replaced, removed, and tested before that.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kartoteka_directory::{Actor, Error, FieldError, FieldProblem};
use kartoteka_settings::Document;
use kartoteka_source_setup::{SetupStep, SetupWish, SourceSetup};
use kartoteka_wire::{source_setup as wire, sources};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::body::Body;
use super::caller::Admin;
use super::key::Key;
use super::problem::{Problem, in_body};
use super::query::NoQuery;
use super::reply::Reply;
use super::request::{BareWrite, Write};
use super::schema::{
    SourceCreate, SourcePath, SourceReplace, SourceSettings, SourceSetupAnswer, SourceTest,
    SourceToTest, WriteParameters,
};
use crate::state::Site;

/// The routes of sources that are set up here.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(add))
        .routes(routes!(test))
        .routes(routes!(show, replace, remove))
}

/// Shows a source as it is set up here, without its secrets.
#[utoipa::path(
    get, path = "/api/v1/sources/{id}/settings", tag = "sources", operation_id = "show_source_settings",
    params(SourcePath), security(("token" = ["admin"])),
    responses((status = 200, description = "The source", body = SourceSettings)),
)]
async fn show(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let shown = SourceSetup::of(&site.directory).shown(&actor, &id).await?;
    Ok(Json(wire::shown(&shown)))
}

/// Sets up a source, after a test of it.
///
/// All nodes take it up within seconds, when their index is made. With `dry_run` nothing is written, and the answer says what the
/// test found, how the first records would look, and which keys other sources have.
#[utoipa::path(
    post, path = "/api/v1/sources", tag = "sources", operation_id = "add_source",
    params(WriteParameters), request_body = SourceCreate, security(("token" = ["admin"])),
    responses((status = 201, description = "What was set up", body = SourceSetupAnswer),
        (status = 200, description = "What would be set up, for `dry_run`", body = SourceSetupAnswer)),
)]
async fn add(
    State(site): State<Site>,
    Admin(actor): Admin,
    mut write: Write,
) -> Result<Response, Problem> {
    let id = write.body.text("id");
    let although_it_fails = write.body.flag("although_it_fails");
    let document = document(&mut write.body);
    write.body.finish()?;
    let id = section(&site, &actor, id).await?;
    let wish = SetupWish {
        although_it_fails,
        ..SetupWish::of(id, SetupStep::Add(document))
    };
    save(&site, &actor, wish, &write, StatusCode::CREATED).await
}

/// Replaces what a source is set up as, after a test of it.
///
/// What a settings file or the environment says of a source can't be changed here (`source-elsewhere`).
#[utoipa::path(
    put, path = "/api/v1/sources/{id}/settings", tag = "sources", operation_id = "replace_source_settings",
    params(SourcePath, WriteParameters), request_body = SourceReplace, security(("token" = ["admin"])),
    responses((status = 200, description = "What was changed, or would be", body = SourceSetupAnswer)),
)]
async fn replace(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    mut write: Write,
) -> Result<Response, Problem> {
    let had = match write.body.has("version") {
        true => write.body.required_number("version"),
        false => None,
    };
    let although_it_fails = write.body.flag("although_it_fails");
    let document = document(&mut write.body);
    write.body.finish()?;
    let wish = SetupWish {
        had: had.map(|had| u64::try_from(had).unwrap_or_default()),
        although_it_fails,
        ..SetupWish::of(id, SetupStep::Change(document))
    };
    save(&site, &actor, wish, &write, StatusCode::OK).await
}

/// Removes a source that is set up here. Its records are not found any more; what they were given stays.
#[utoipa::path(
    delete, path = "/api/v1/sources/{id}/settings", tag = "sources", operation_id = "remove_source_settings",
    params(SourcePath, WriteParameters), security(("token" = ["admin"])),
    responses((status = 200, description = "What was removed, or would be", body = SourceSetupAnswer)),
)]
async fn remove(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    BareWrite(mut write): BareWrite,
) -> Result<Response, Problem> {
    write.body.finish()?;
    let wish = SetupWish::of(id, SetupStep::Remove);
    save(&site, &actor, wish, &write, StatusCode::OK).await
}

/// Goes through a source step by step before it is set up, and says what is wrong and what to do about it.
///
/// That something failed is in the document: the test itself is answered with 200. Nothing is kept of it.
#[utoipa::path(
    post, path = "/api/v1/sources/test", tag = "sources", operation_id = "test_source_document",
    request_body = SourceToTest, security(("token" = ["admin"])),
    responses((status = 200, description = "The steps", body = SourceTest)),
)]
async fn test(
    State(site): State<Site>,
    Admin(actor): Admin,
    _: NoQuery,
    mut body: Body,
) -> Result<Json<Value>, Problem> {
    let id = body.text("id");
    let document = document(&mut body);
    body.finish()?;
    let id = section(&site, &actor, id).await?;
    let setup = SourceSetup::of(&site.directory);
    let plan = setup.plan_test(&actor, id, document).await?;
    if plan.looked.steps.is_empty() {
        return Err(Problem::invalid(in_body(plan.errors.clone())));
    }
    Ok(Json(sources::test(&plan.id, &plan.looked.steps)))
}

/// The document of a body; the body notes that it is not there.
fn document(body: &mut Body) -> Document {
    let members = body.object("document").map(|mut body| body.rest());
    Document(members.unwrap_or_default())
}

/// The section that is named, or else the first free one of customer users.
async fn section(site: &Site, actor: &Actor, named: Option<String>) -> Result<String, Problem> {
    let section = SourceSetup::of(&site.directory).section(actor, named);
    section.await?.ok_or_else(|| {
        let problem = FieldProblem::Required;
        Problem::invalid(in_body(vec![FieldError::new("id", problem)]))
    })
}

async fn save(
    site: &Site,
    actor: &Actor,
    wish: SetupWish,
    write: &Write,
    status: StatusCode,
) -> Result<Response, Problem> {
    let setup = SourceSetup::of(&site.directory);
    let plan = setup.plan_setup(actor, wish).await?;
    if write.dry_run {
        let preview = wire::preview(&plan, write.language);
        return Ok(Reply::new(StatusCode::OK, preview).into_response());
    }
    if !plan.errors.is_empty() {
        let mut problem = Problem::invalid(in_body(plan.errors.clone()));
        if !plan.looked.steps.is_empty() {
            let test = sources::test(&plan.id, &plan.looked.steps);
            problem.more.insert("test".into(), test);
        }
        return Err(problem);
    }
    match setup.apply_setup(plan).await {
        Ok(applied) => Ok(Reply::new(status, wire::done(&applied)).into_response()),
        Err(Error::Invalid(errors)) => Err(Problem::invalid(in_body(errors))),
        Err(error) => Err(error.into()),
    }
}
