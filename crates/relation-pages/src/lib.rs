//! Pages of what people, customers, groups and services have to do with each other: permissions, further customers and
//! services, what was so on a past day, and access reviews.

// A handler's future holds those of all use cases behind it, and the optimiser looks through them.
#![recursion_limit = "256"]

mod assignments;
mod choices;
mod past;
mod permissions;
mod reviews;

use axum::Router;
use kartoteka_door::{failure, input, state};
use kartoteka_frame::{context, frame, records, relations};

use state::Site;

/// The routes of all these pages.
pub fn routes() -> Router<Site> {
    Router::new()
        .merge(past::routes())
        .merge(assignments::routes())
        .merge(permissions::routes())
        .merge(reviews::routes())
}
