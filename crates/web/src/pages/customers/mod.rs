//! Pages of customers.

use axum::Router;

use crate::state::Site;

/// The pages' routes.
pub fn routes() -> Router<Site> {
    Router::new()
}
