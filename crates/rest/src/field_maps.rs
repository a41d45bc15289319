//! `/api/v1/fields/…`: the fields of a source, added and changed while the program runs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kartoteka_directory::{Actor, Error, FieldError, FieldProblem, Kind};
use kartoteka_fields::{FieldApplied, FieldMaps, FieldPlan, FieldStep, FieldWish};
use serde_json::{Map, Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Admin;
use super::key::{Key, Keys};
use super::problem::{Place, Problem, in_body, mistakes};
use super::query::NoQuery;
use super::records::NO_SUCH_SOURCE;
use super::reply::Reply;
use super::request::{BareWrite, Write};
use super::schema::{
    FieldAnswer, FieldCreate, FieldPath, FieldSourcePath, FieldUpdate, FieldsOfSource,
    WriteParameters,
};
use crate::language::Language;
use crate::state::Site;

/// The routes of field maps that admins see and change.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(add))
        .routes(routes!(show))
        .routes(routes!(change, remove))
}

/// Shows the fields of a source as they are written, with where each is set.
#[utoipa::path(
    get, path = "/api/v1/fields/{source}", tag = "fields", operation_id = "show_fields",
    params(FieldSourcePath), security(("token" = ["admin"])),
    responses((status = 200, description = "The fields in their order", body = FieldsOfSource)),
)]
async fn show(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(source): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let shown = FieldMaps::of(&site.directory).fields_shown(&actor).await?;
    let found = shown.sources.iter().find(|one| one.id == source);
    let found = found.ok_or(Error::Unknown {
        what: "source",
        key: source,
    })?;
    let mut document = serde_json::to_value(found).map_err(Error::internal)?;
    document["number"] = json!(shown.number);
    document["in_force"] = json!(shown.in_force);
    document["refused"] = json!(shown.refused);
    Ok(Json(document))
}

/// Adds a field to a source, and its column if it is not there.
///
/// All nodes take it up within seconds; `in_force` of the source's fields says whether this one has.
#[utoipa::path(
    post, path = "/api/v1/fields", tag = "fields", operation_id = "add_field",
    params(WriteParameters), request_body = FieldCreate, security(("token" = ["admin"])),
    responses((status = 201, description = "What was added", body = FieldAnswer),
        (status = 200, description = "What would be added, for `dry_run`", body = FieldAnswer)),
)]
async fn add(
    State(site): State<Site>,
    Admin(actor): Admin,
    mut write: Write,
) -> Result<Response, Problem> {
    let mut members = write.body.rest();
    let mut text = |name: &str| match members.shift_remove(name) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(FieldError::new(name, FieldProblem::NotAChoice)),
        None => Err(FieldError::new(name, FieldProblem::Required)),
    };
    let (source, name) = (text("source"), text("name"));
    let wish = FieldWish::read(&members);
    let is_known = |source: &str| {
        let kinds = [Kind::CustomerUser, Kind::Customer].into_iter();
        let mut sources = kinds.flat_map(|kind| site.directory.sources(kind));
        sources.any(|known| known.id == source)
    };
    match (source, name, wish) {
        (Ok(source), Ok(name), Ok(wish)) if is_known(&source) => {
            let step = FieldStep::Add(wish);
            save(
                &site,
                &actor,
                (&source, &name),
                step,
                &write,
                StatusCode::CREATED,
            )
            .await
        }
        (source, name, wish) => {
            let unknown = source.as_ref().is_ok_and(|source| !is_known(source));
            let mut errors = wish.err().unwrap_or_default();
            errors.extend(source.err().into_iter().chain(name.err()));
            let mut wrong = in_body(errors);
            wrong.extend(unknown.then(|| (Place::Field("source".into()), NO_SUCH_SOURCE)));
            Err(Problem::invalid(wrong))
        }
    }
}

/// Changes a field; what is not named stays.
///
/// What the settings file or the environment says can't be changed here (`fixed-by-file`, `fixed-by-variable`).
#[utoipa::path(
    patch, path = "/api/v1/fields/{source}/{name}", tag = "fields", operation_id = "change_field",
    params(FieldPath, WriteParameters), request_body = FieldUpdate, security(("token" = ["admin"])),
    responses((status = 200, description = "What was changed, or would be", body = FieldAnswer)),
)]
async fn change(
    State(site): State<Site>,
    Admin(actor): Admin,
    Keys(source, name): Keys,
    mut write: Write,
) -> Result<Response, Problem> {
    let members: Map<String, Value> = write.body.rest();
    let wish = FieldWish::read(&members).map_err(|errors| Problem::invalid(in_body(errors)))?;
    let step = FieldStep::Change(wish);
    save(
        &site,
        &actor,
        (&source, &name),
        step,
        &write,
        StatusCode::OK,
    )
    .await
}

/// Takes a field out of the map; its column and data stay.
#[utoipa::path(
    delete, path = "/api/v1/fields/{source}/{name}", tag = "fields", operation_id = "remove_field",
    params(FieldPath, WriteParameters), security(("token" = ["admin"])),
    responses((status = 200, description = "What was taken out, or would be", body = FieldAnswer)),
)]
async fn remove(
    State(site): State<Site>,
    Admin(actor): Admin,
    Keys(source, name): Keys,
    BareWrite(write): BareWrite,
) -> Result<Response, Problem> {
    let step = FieldStep::Remove;
    save(
        &site,
        &actor,
        (&source, &name),
        step,
        &write,
        StatusCode::OK,
    )
    .await
}

async fn save(
    site: &Site,
    actor: &Actor,
    (source, name): (&str, &str),
    step: FieldStep,
    write: &Write,
    status: StatusCode,
) -> Result<Response, Problem> {
    let maps = FieldMaps::of(&site.directory);
    let plan = maps.plan_field(actor, source, name, step).await?;
    if write.dry_run {
        let preview = preview(&plan, write.language);
        return Ok(Reply::new(StatusCode::OK, preview).into_response());
    }
    if !plan.errors.is_empty() {
        return Err(Problem::invalid(in_body(plan.errors.clone())));
    }
    match maps.apply_field(plan).await {
        Ok(applied) => Ok(Reply::new(status, done(&applied)).into_response()),
        Err(Error::Invalid(errors)) => Err(Problem::invalid(in_body(errors))),
        Err(error) => Err(error.into()),
    }
}

fn preview(plan: &FieldPlan, language: Language) -> Value {
    json!({
        "source": plan.source,
        "name": plan.name,
        "field": plan.after,
        "changes": plan.changes,
        "effects": plan.effects,
        "errors": mistakes(&in_body(plan.errors.clone()), language),
        "journal": null,
    })
}

fn done(applied: &FieldApplied) -> Value {
    json!({
        "source": applied.source,
        "name": applied.name,
        "field": applied.after,
        "changes": applied.changes,
        "effects": applied.effects,
        "errors": [],
        "journal": applied.journal.map(|entry| json!({"first": entry, "count": 1})),
    })
}
