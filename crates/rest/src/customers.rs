//! `/api/v1/customers`: companies, keyed by customer ID.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kartoteka_directory::Kind;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Editor, Reader};
use super::key::Key;
use super::listing::{self, ListParameters};
use super::problem::Problem;
use super::query::{NoQuery, Query};
use super::request::Write;
use super::schema::{
    Customer, CustomerCreate, CustomerPage, CustomerPath, CustomerUpdate, GetHeaders, History,
    HistoryParameters, PatchHeaders, Plan, PostHeaders, WriteParameters,
};
use super::{history, records};
use crate::state::Site;

/// The routes of customers.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update))
        .routes(routes!(changes))
}

/// Lists and searches customers of all sources.
///
/// Detail search: `field.CustomerCompanyCity=Warsz*` asks for one field, with `*` as wildcard; given more than once for a
/// field, one of the values has to be there exactly. All that is asked for must hold. A malformed `search` gets
/// 400 with the place in `at`. A source that does not answer is named in `sources`, and the others answer.
#[utoipa::path(
    get, path = "/api/v1/customers", tag = "customers", operation_id = "list_customers",
    params(ListParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customers", body = CustomerPage)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    query: Query,
) -> Result<Json<Value>, Problem> {
    listing::list(&site.directory, &actor, Kind::Customer, query).await
}

/// Shows one customer, valid or not.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}", tag = "customers", operation_id = "show_customer",
    params(CustomerPath, GetHeaders), security(("token" = ["reader"])),
    responses(
        (status = 200, description = "The customer", body = Customer, headers(("ETag" = String, description = "The version"))),
        (status = 304, description = "The caller has this version"),
    ),
)]
async fn show(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    records::show(&site.directory, &actor, Kind::Customer, &id, &headers).await
}

/// Adds a customer.
#[utoipa::path(
    post, path = "/api/v1/customers", tag = "customers", operation_id = "create_customer",
    params(WriteParameters, PostHeaders), request_body = CustomerCreate, security(("token" = ["editor"])),
    responses(
        (status = 200, description = "The plan, for `dry_run`", body = Plan),
        (status = 201, description = "The new customer", body = Customer,
            headers(("ETag" = String, description = "The version"), ("Location" = String, description = "The address"))),
    ),
)]
async fn create(
    State(site): State<Site>,
    Editor(actor): Editor,
    write: Write,
) -> Result<Response, Problem> {
    records::create(&site, &actor, Kind::Customer, write).await
}

/// Changes a customer; a new `CustomerID` renames, and what refers to the customer is carried along.
#[utoipa::path(
    patch, path = "/api/v1/customers/{customer_id}", tag = "customers", operation_id = "update_customer",
    params(CustomerPath, WriteParameters, PatchHeaders), request_body = CustomerUpdate, security(("token" = ["editor"])),
    responses((status = 200, description = "The customer, or the plan for `dry_run`",
        body = inline(super::schema::CustomerOrPlan), headers(("ETag" = String, description = "The version")))),
)]
async fn update(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    write: Write,
) -> Result<Response, Problem> {
    records::update(&site.directory, &actor, Kind::Customer, &id, write).await
}

/// Lists what happened to a customer, also under earlier IDs; the latest first.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/history", tag = "customers", operation_id = "customer_history",
    params(CustomerPath, HistoryParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "The entries of the journal", body = History)),
)]
async fn changes(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    query: Query,
) -> Result<Json<Value>, Problem> {
    history::of_record(&site.directory, &actor, Kind::Customer, &id, query).await
}
