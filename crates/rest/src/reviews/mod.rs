//! `/api/v1/reviews`: access reviews from the first item to the export.

mod changed;
mod decisions;
mod listed;

use kartoteka_directory::Error;
use kartoteka_wire::places::at_items;
use kartoteka_wire::reviews as documents;
use utoipa_axum::router::OpenApiRouter;

use super::problem::Problem;
use crate::state::Site;

/// The routes of reviews.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .merge(listed::routes())
        .merge(changed::routes())
        .merge(decisions::routes())
}

/// The number in an address.
fn number(key: &str) -> Result<i64, Problem> {
    let unknown = || Error::Unknown {
        what: "review",
        key: key.to_owned(),
    };
    Ok(key.parse().map_err(|_| unknown())?)
}

/// A refusal with its mistakes at their items.
fn refused(error: Error) -> Problem {
    match error {
        Error::Invalid(errors) => Problem::invalid(at_items(errors)),
        error => error.into(),
    }
}
