//! Pages for agents. One module per screen; each has its routes, page structs and handlers.

pub mod customer_users;
pub mod customers;
pub mod error;
pub mod health;
pub mod home;
pub mod login;

use axum::Router;

use crate::state::Site;

/// The routes of all pages but those of customers and customer users.
pub fn routes() -> Router<Site> {
    Router::new().merge(home::routes()).merge(login::routes())
}
