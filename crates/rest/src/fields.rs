//! `/api/v1/fields`: the sources of a kind with their field maps, for programs that build forms or imports.

use axum::Json;
use axum::extract::State;
use kartoteka_directory::{FieldShape, Kind, Preference, SourceInfo};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Reader;
use super::problem::Problem;
use super::query::Query;
use super::schema::{FieldMaps, FieldsParameters};
use crate::state::Site;

/// The route of field maps.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Lists the sources of a kind with their fields.
#[utoipa::path(
    get, path = "/api/v1/fields", tag = "fields", operation_id = "list_fields",
    params(FieldsParameters),
    security(("token" = ["reader"])),
    responses((status = 200, description = "The sources in their order", body = FieldMaps)),
)]
async fn list(
    State(site): State<Site>,
    _: Reader,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let kind = query
        .choice(
            "kind",
            "customer-user, customer, agent, group, service",
            Kind::parse,
        )
        .unwrap_or(Kind::CustomerUser);
    query.finish()?;
    let sources = site.directory.sources(kind);
    Ok(Json(
        json!({"sources": sources.iter().map(source).collect::<Vec<_>>()}),
    ))
}

fn source(source: &SourceInfo) -> Value {
    json!({
        "id": source.id,
        "name": source.name,
        "writable": source.writable,
        "fields": source.fields.iter().map(|shape| field(source, shape)).collect::<Vec<_>>(),
        "preferences": source.preferences.iter().map(|one| preference(*one)).collect::<Vec<_>>(),
    })
}

fn preference(one: Preference) -> Value {
    json!({
        "name": one.key(),
        "choices": one.choices(),
        "default": one.default_value(),
    })
}

fn field(source: &SourceInfo, shape: &FieldShape) -> Value {
    let FieldShape {
        field,
        max_length,
        secret,
    } = shape;
    let choices = source.selections.get(&field.name).map(|choices| {
        choices
            .iter()
            .map(|(value, label)| json!({"value": value, "label": label}))
            .collect::<Vec<_>>()
    });
    json!({
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "required": field.required,
        "read_only": field.read_only,
        "secret": secret,
        "max_length": max_length,
        "choices": choices,
    })
}
