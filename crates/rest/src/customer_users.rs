//! `/api/v1/customer-users`: people, keyed by login.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kartoteka_directory::Kind;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Admin, Editor, Reader};
use super::key::Key;
use super::listing::{self, ListParameters};
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::request::Write;
use super::schema::{
    CustomerUser, CustomerUserCreate, CustomerUserMove, CustomerUserPage, CustomerUserUpdate,
    GetHeaders, History, HistoryParameters, LoginPath, NewCustomerUser, PasswordChange,
    PatchHeaders, Plan, PostHeaders, WriteParameters,
};
use super::{history, moves, records};
use crate::state::Site;

/// The routes of people.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update))
        .routes(routes!(set_password))
        .routes(routes!(change_source))
        .routes(routes!(changes))
}

/// Lists and searches customer users of all sources.
///
/// Detail search: `field.UserCity=Warsz*` asks for one field, with `*` as wildcard; given more than once for a
/// field, one of the values has to be there exactly. All that is asked for must hold. A malformed `search` gets
/// 400 with the place in `at`. A source that does not answer is named in `sources`, and the others answer.
#[utoipa::path(
    get, path = "/api/v1/customer-users", tag = "customer users", operation_id = "list_customer_users",
    params(ListParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customer users", body = CustomerUserPage)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    query: Query,
) -> Result<Json<Value>, Problem> {
    listing::list(&site.directory, &actor, Kind::CustomerUser, query).await
}

/// Shows one customer user, valid or not.
#[utoipa::path(
    get, path = "/api/v1/customer-users/{login}", tag = "customer users", operation_id = "show_customer_user",
    params(LoginPath, GetHeaders), security(("token" = ["reader"])),
    responses(
        (status = 200, description = "The customer user", body = CustomerUser, headers(("ETag" = String, description = "The version"))),
        (status = 304, description = "The caller has this version"),
    ),
)]
async fn show(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(login): Key,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    records::show(
        &site.directory,
        &actor,
        Kind::CustomerUser,
        &login,
        &headers,
    )
    .await
}

/// Adds a customer user.
#[utoipa::path(
    post, path = "/api/v1/customer-users", tag = "customer users", operation_id = "create_customer_user",
    params(WriteParameters, PostHeaders), request_body = CustomerUserCreate, security(("token" = ["editor"])),
    responses(
        (status = 200, description = "The plan, for `dry_run`", body = Plan),
        (status = 201, description = "The new customer user", body = NewCustomerUser,
            headers(("ETag" = String, description = "The version"), ("Location" = String, description = "The address"))),
    ),
)]
async fn create(
    State(site): State<Site>,
    Editor(actor): Editor,
    write: Write,
) -> Result<Response, Problem> {
    records::create(&site, &actor, Kind::CustomerUser, write).await
}

/// Changes a customer user; a new `UserLogin` renames.
#[utoipa::path(
    patch, path = "/api/v1/customer-users/{login}", tag = "customer users", operation_id = "update_customer_user",
    params(LoginPath, WriteParameters, PatchHeaders), request_body = CustomerUserUpdate, security(("token" = ["editor"])),
    responses((status = 200, description = "The customer user, or the plan for `dry_run`",
        body = inline(super::schema::CustomerUserOrPlan), headers(("ETag" = String, description = "The version")))),
)]
async fn update(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(login): Key,
    write: Write,
) -> Result<Response, Problem> {
    records::update(&site.directory, &actor, Kind::CustomerUser, &login, write).await
}

/// Sets a customer user's password, a given or a generated one.
#[utoipa::path(
    post, path = "/api/v1/customer-users/{login}/password", tag = "customer users", operation_id = "set_customer_user_password",
    params(LoginPath, WriteParameters, PostHeaders), request_body = PasswordChange, security(("token" = ["editor"])),
    responses((status = 200, description = "Done; or the plan for `dry_run`", body = inline(super::schema::PasswordChangedOrPlan),
        headers(("ETag" = String, description = "The version")))),
)]
async fn set_password(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(login): Key,
    write: Write,
) -> Result<Response, Problem> {
    records::set_password(&site.directory, &actor, Kind::CustomerUser, &login, write).await
}

/// Moves a customer user from one source to another.
///
/// The login stays, and with it permissions, customers, services, preferences and tickets. The row where the person
/// was goes, unless that source is read-only: then the source to move to has to stand before it, or `ahead` puts the
/// record there for the time when the read-only source no longer has the login. Going back to a read-only source, which
/// has to have the login again, takes away what was made meanwhile. A password goes along between tables. What stands
/// in the way is said at `Source` (`speaks-first`, `not-there`, `already-there`).
#[utoipa::path(
    post, path = "/api/v1/customer-users/{login}/move", tag = "customer users", operation_id = "move_customer_user",
    params(LoginPath, WriteParameters, PatchHeaders, PostHeaders), request_body = CustomerUserMove,
    security(("token" = ["admin"])),
    responses((status = 200, description = "The customer user, or the plan for `dry_run`",
        body = inline(super::schema::CustomerUserOrPlan), headers(("ETag" = String, description = "The version")))),
)]
async fn change_source(
    State(site): State<Site>,
    Admin(actor): Admin,
    Key(login): Key,
    write: Write,
) -> Result<Response, Problem> {
    moves::change_source(&site.directory, &actor, &login, write).await
}

/// Lists what happened to a customer user, also under earlier logins; the latest first.
#[utoipa::path(
    get, path = "/api/v1/customer-users/{login}/history", tag = "customer users", operation_id = "customer_user_history",
    params(LoginPath, HistoryParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "The entries of the journal", body = History)),
)]
async fn changes(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(login): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    history::of_record(&site.directory, &actor, Kind::CustomerUser, &login, query).await
}
