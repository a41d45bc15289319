//! REST: `/api/v1/…`, described by OpenAPI and guarded by tokens.
//!
//! An endpoint takes its [caller], its [parameters](query) and its [body], calls the directory, and answers with
//! JSON or a [`problem::Problem`]. What a person may see and do is the directory's to say.

mod access;
mod agents;
mod body;
mod caller;
mod customer_users;
mod customers;
mod docs;
mod fields;
mod groups;
mod history;
mod jobs;
mod key;
mod listing;
mod messages;
mod openapi;
mod places;
mod problem;
mod query;
mod records;
mod reply;
mod request;
pub mod reviews;
mod schema;
mod services;
mod time;
mod tokens;
mod version;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::any;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::state::Site;
use problem::Problem;

/// All routes below `/api`.
pub fn routes() -> Router<Site> {
    let (router, _) = endpoints().split_for_parts();
    let unknown = any(async || Problem::no_such_address());
    router
        .method_not_allowed_fallback(async || Problem::method())
        .route("/api", unknown.clone())
        .route("/api/{*rest}", unknown)
        .layer(from_fn(problem::render))
}

/// The OpenAPI document of all routes.
pub fn openapi() -> OpenApi {
    let (_, document) = endpoints().split_for_parts();
    openapi::complete(document)
}

fn endpoints() -> OpenApiRouter<Site> {
    OpenApiRouter::with_openapi(openapi::beginning())
        .merge(customer_users::routes())
        .merge(customers::routes())
        .merge(groups::routes())
        .merge(services::routes())
        .merge(access::routes())
        .merge(jobs::routes())
        .merge(reviews::routes())
        .merge(agents::routes())
        .merge(tokens::routes())
        .merge(history::routes())
        .merge(fields::routes())
        .merge(docs::routes())
}

#[cfg(test)]
mod tests;
