//! What somebody had on a past day, who had a group, and what changed since.

mod customer;
mod days;
mod group;
mod person;
mod reasons;

use axum::Router;
use axum::routing::get;

use crate::state::Site;

/// `/customer-users/{login}/past`, `/customers/{id}/past`, `/groups/{name}/past`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/customer-users/{login}/past", get(person::show))
        .route("/customers/{id}/past", get(customer::show))
        .route("/groups/{name}/past", get(group::show))
}
