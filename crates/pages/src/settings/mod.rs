//! The settings of the installation that are kept in the database.

mod access;
mod field;
mod fields;

use axum::Router;
use axum::routing::get;

use crate::state::Site;

/// `/settings/access` and `/settings/fields`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/settings/access", get(access::show).post(access::save))
        .route("/settings/fields", get(fields::list))
        .route(
            "/settings/fields/add/{source}",
            get(field::new).post(field::add),
        )
        .route(
            "/settings/fields/{source}/{name}",
            get(field::show).post(field::save),
        )
}
