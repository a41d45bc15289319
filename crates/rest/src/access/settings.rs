//! `/api/v1/settings/access`: what permissions depend on.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kartoteka_access::{Access, AccessSetting, SettingsWanted};
use kartoteka_directory::Error;
use kartoteka_wire::access_settings::{done, preview};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Admin;
use super::super::problem::{Problem, in_body};
use super::super::query::NoQuery;
use super::super::reply::Reply;
use super::super::request::Write;
use super::super::schema::{
    AccessSettings, AccessSettingsAnswer, AccessSettingsWanted, WriteParameters,
};
use crate::state::Site;

/// The routes of the settings.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(show, change))
}

/// Lists the settings that permissions depend on, with where each value comes from.
#[utoipa::path(
    get, path = "/api/v1/settings/access", tag = "access", operation_id = "access_settings",
    security(("token" = ["admin"])),
    responses((status = 200, description = "The settings", body = AccessSettings)),
)]
async fn show(
    State(site): State<Site>,
    Admin(actor): Admin,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let settings = Access::of(&site.directory)
        .access_settings_shown(&actor)
        .await?;
    let item = |setting: &AccessSetting| {
        let mut item = json!({
            "key": setting.key,
            "value": setting.value,
            "origin": setting.origin,
            "changeable": setting.is_changeable(),
        });
        if let Some(variable) = &setting.variable {
            item["variable"] = json!(variable);
        }
        item
    };
    Ok(Json(
        json!({"items": settings.iter().map(item).collect::<Vec<_>>()}),
    ))
}

/// Changes settings that permissions depend on; what is not named stays.
///
/// `effects` counts the people of each group that the change concerns. What the settings file or the
/// environment names can't be changed here (`fixed-by-file`, `fixed-by-variable`). With `dry_run` nothing is written, and `errors` lists what a save would be refused for.
#[utoipa::path(
    patch, path = "/api/v1/settings/access", tag = "access", operation_id = "change_access_settings",
    params(WriteParameters), request_body = AccessSettingsWanted, security(("token" = ["admin"])),
    responses((status = 200, description = "What was changed, and what it came to; or what it would come to",
        body = AccessSettingsAnswer)),
)]
async fn change(
    State(site): State<Site>,
    Admin(actor): Admin,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        language,
        ..
    } = write;
    let wanted: SettingsWanted = body.rest().into_iter().collect();
    let directory = &site.directory;
    let plan = Access::of(directory)
        .plan_access_settings(&actor, wanted)
        .await?;
    // A value that is no value of a setting is no wish to look at: it is refused in a dry run, too.
    if !plan.errors.is_empty() {
        return Err(Problem::invalid(in_body(plan.errors.clone())));
    }
    if dry_run {
        return Ok(Reply::new(StatusCode::OK, preview(&plan, language)).into_response());
    }
    match Access::of(directory).apply_access_settings(plan).await {
        Ok(applied) => Ok(Reply::new(StatusCode::OK, done(&applied)).into_response()),
        Err(Error::Invalid(errors)) => Err(Problem::invalid(in_body(errors))),
        Err(error) => Err(error.into()),
    }
}
