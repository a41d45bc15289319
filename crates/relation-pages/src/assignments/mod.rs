//! Further customers and services, ticked from both sides.
//!
//! One page serves all: [`kartoteka_frame::assignments`] says what is picked and what is listed, [`pending`] keeps what was
//! ticked but not saved through searches and pages, [`tick`] shows and saves.

mod pending;
mod start;
mod tick;

use axum::Router;
use axum::routing::get;

use crate::context::Ctx;
use crate::input::Query;
use crate::state::Site;
use start::Relations;

/// The pages of all sides.
pub fn routes() -> Router<Site> {
    let start = |relations| get(move |ctx: Ctx, query: Query| start::show(ctx, query, relations));
    Router::new()
        .route("/relations/customers", start(Relations::Customers))
        .route("/relations/services", start(Relations::Services))
        .route(
            "/customer-users/{login}/customers",
            get(tick::customers_of).post(tick::save_customers_of),
        )
        .route(
            "/customers/{id}/people",
            get(tick::people_of).post(tick::save_people_of),
        )
        .route(
            "/customer-users/{login}/services",
            get(tick::services_of).post(tick::save_services_of),
        )
        .route(
            "/services/{name}/people",
            get(tick::people_with).post(tick::save_people_with),
        )
        .route(
            "/default-services",
            get(tick::default_services).post(tick::save_default_services),
        )
}
