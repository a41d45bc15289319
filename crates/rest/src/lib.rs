//! REST: `/api/v1/…`, described by OpenAPI and guarded by tokens.
//!
//! An endpoint takes its [caller], its [parameters](query) and its [body], calls the directory, and answers with
//! JSON or a [`problem::Problem`]. What a person may see and do is the directory's to say.

// A handler's future holds those of all use cases behind it, and the optimiser looks through them.
#![recursion_limit = "256"]

mod access;
mod agents;
mod body;
mod caller;
mod customer_users;
mod customers;
mod docs;
mod field_maps;
mod fields;
mod groups;
mod history;
mod jobs;
mod key;
mod listing;
mod moves;
mod openapi;
mod problem;
mod query;
mod records;
mod reply;
mod request;
mod reviews;
mod services;
mod source_setup;
mod sources;
mod sources_held;
mod sources_held_back;
mod tokens;
mod version;
mod wished;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::any;
use kartoteka_door::{assets, encoding, observe, state};
use kartoteka_texts::language;
use kartoteka_wire::{messages, places, schema, time};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use problem::Problem;
use state::Site;

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
        .merge(sources_held::routes())
        .merge(sources_held_back::routes())
        .merge(fields::routes())
        .merge(field_maps::routes())
        .merge(source_setup::routes())
        .merge(sources::routes())
        .merge(docs::routes())
}

#[cfg(test)]
mod tests;
