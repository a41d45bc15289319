//! `/api/v1/sources/held-back`: what logins had that are other people's now, and what an admin says whose it is.

use axum::Json;
use axum::extract::State;
use kartoteka_directory::{Actor, HeldBackOf, Whose};
use kartoteka_wire::held_back::held_back;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Admin, Reader};
use super::key::Key;
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::schema::{self, DecidedHeldBack, HeldBackList};
use crate::state::Site;

/// The routes of what is held back.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(give))
        .routes(routes!(remove))
}

/// Lists what is held back, since a login is another person's than before.
///
/// The source gives the login another identity. What it had counts nowhere until an admin says whose it is.
#[utoipa::path(
    get, path = "/api/v1/sources/held-back", tag = "sources", operation_id = "list_held_back",
    security(("token" = ["reader"])),
    responses((status = 200, description = "What is held back", body = HeldBackList)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    Ok(Json(held_back(&site.directory.held_back(&actor).await?)))
}

/// Says that a person is the same under another identity: everything is given to whoever has the login now.
#[utoipa::path(
    post, path = "/api/v1/sources/{id}/held-back/give", tag = "sources", operation_id = "give_held_back",
    params(("id" = String, Path, description = "The source: `CustomerUser1`"), schema::HeldBackOf),
    security(("token" = ["admin"])),
    responses((status = 200, description = "It is theirs", body = DecidedHeldBack)),
)]
async fn give(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    decide(&site, &actor, id, query, Whose::Same).await
}

/// Says that a person is another one than before: what was held back is removed, and the journal says what it was.
#[utoipa::path(
    post, path = "/api/v1/sources/{id}/held-back/remove", tag = "sources", operation_id = "remove_held_back",
    params(("id" = String, Path, description = "The source: `CustomerUser1`"), schema::HeldBackOf),
    security(("token" = ["admin"])),
    responses((status = 200, description = "It is removed", body = DecidedHeldBack)),
)]
async fn remove(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(id): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    decide(&site, &actor, id, query, Whose::Another).await
}

async fn decide(
    site: &Site,
    actor: &Actor,
    source: String,
    mut query: Query,
    whose: Whose,
) -> Result<Json<Value>, Problem> {
    let of = HeldBackOf {
        source,
        login: query.text("login"),
        identity: query.number("identity", 0, i64::MAX),
    };
    query.finish()?;
    let decided = site.directory.decide_held_back(actor, &of, whose).await?;
    Ok(Json(json!({"decided": decided})))
}
