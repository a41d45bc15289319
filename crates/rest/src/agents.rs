//! `/api/v1/agents`: the people who work in Kartoteka.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kartoteka_directory::{Agent, Kind};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Admin;
use super::key::Key;
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::request::Write;
use super::schema::{
    AgentCreate, AgentList, AgentUpdate, GetHeaders, History, HistoryParameters, LoginPath,
    NewAgent, PatchHeaders, Plan, PostHeaders, WriteParameters,
};
use super::{history, records};
use crate::state::Site;

/// The routes of agents.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update))
        .routes(routes!(changes))
}

/// Lists all agents.
#[utoipa::path(
    get, path = "/api/v1/agents", tag = "agents", operation_id = "list_agents", security(("token" = ["admin"])),
    responses((status = 200, description = "All agents by login", body = AgentList)),
)]
async fn list(
    State(site): State<Site>,
    Admin(actor): Admin,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let agents = site.directory.agents(&actor).await?;
    Ok(Json(
        json!({"items": agents.iter().map(document).collect::<Vec<_>>()}),
    ))
}

/// Shows one agent.
#[utoipa::path(
    get, path = "/api/v1/agents/{login}", tag = "agents", operation_id = "show_agent",
    params(LoginPath, GetHeaders), security(("token" = ["admin"])),
    responses(
        (status = 200, description = "The agent", body = super::schema::Agent, headers(("ETag" = String, description = "The version"))),
        (status = 304, description = "The caller has this version"),
    ),
)]
async fn show(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(login): Key,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    records::show(&site.directory, &actor, Kind::Agent, &login, &headers).await
}

/// Adds an agent.
#[utoipa::path(
    post, path = "/api/v1/agents", tag = "agents", operation_id = "create_agent",
    params(WriteParameters, PostHeaders), request_body = AgentCreate, security(("token" = ["admin"])),
    responses(
        (status = 200, description = "The plan, for `dry_run`", body = Plan),
        (status = 201, description = "The new agent", body = NewAgent,
            headers(("ETag" = String, description = "The version"), ("Location" = String, description = "The address"))),
    ),
)]
async fn create(
    State(site): State<Site>,
    Admin(actor): Admin,
    write: Write,
) -> Result<Response, Problem> {
    records::create(&site, &actor, Kind::Agent, write).await
}

/// Changes an agent: names, role, validity, password.
#[utoipa::path(
    patch, path = "/api/v1/agents/{login}", tag = "agents", operation_id = "update_agent",
    params(LoginPath, WriteParameters, PatchHeaders), request_body = AgentUpdate, security(("token" = ["admin"])),
    responses((status = 200, description = "The agent, or the plan for `dry_run`",
        body = inline(super::schema::AgentOrPlan), headers(("ETag" = String, description = "The version")))),
)]
async fn update(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(login): Key,
    write: Write,
) -> Result<Response, Problem> {
    records::update(&site.directory, &actor, Kind::Agent, &login, write).await
}

/// Lists what happened to an agent, the latest first.
#[utoipa::path(
    get, path = "/api/v1/agents/{login}/history", tag = "agents", operation_id = "agent_history",
    params(LoginPath, HistoryParameters), security(("token" = ["admin"])),
    responses((status = 200, description = "The entries of the journal", body = History)),
)]
async fn changes(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(login): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    history::of_record(&site.directory, &actor, Kind::Agent, &login, query).await
}

/// An agent with the fields that a single one has.
fn document(agent: &Agent) -> Value {
    json!({
        "UserID": agent.id.to_string(),
        "UserLogin": agent.login,
        "UserFirstname": agent.first_name,
        "UserLastname": agent.last_name,
        "Role": agent.role.map_or("", |role| role.name()),
        "ValidID": agent.validity.id().to_string(),
    })
}
