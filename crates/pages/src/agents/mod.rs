//! Agents: the people who work in Kartoteka, and what they may do.

mod edit;
mod list;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Site;

/// `/agents`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/agents", get(list::list))
        .route("/agents/new", get(edit::blank).post(edit::create))
        .route("/agents/unlock", post(list::unlock))
        .route("/agents/{login}/edit", get(edit::show).post(edit::update))
        .route("/agents/{login}/password", post(edit::set_password))
}
