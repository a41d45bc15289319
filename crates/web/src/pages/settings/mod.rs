//! The settings of the installation that are kept in the database.

mod access;
mod words;

use axum::Router;
use axum::routing::get;

use crate::state::Site;

/// `/settings/access`.
pub fn routes() -> Router<Site> {
    Router::new().route("/settings/access", get(access::show).post(access::save))
}
