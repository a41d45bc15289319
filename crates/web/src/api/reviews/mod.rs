//! `/api/v1/reviews`: access reviews from the first item to the export.

mod changed;
mod decisions;
mod documents;
mod listed;

use kartoteka_directory::{Error, FieldError};
use utoipa_axum::router::OpenApiRouter;

pub use documents::{export, item, review, sign_off};

use super::messages::Mistake;
use super::problem::{Place, Problem};
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

/// Mistakes at items, which are named by their numbers (`12.Group`), and others.
fn at_items(errors: Vec<FieldError>) -> Vec<(Place, Mistake)> {
    let one = |error: FieldError| {
        let place = error.field.split_once('.');
        let item = place.and_then(|(item, part)| Some((item.parse().ok()?, part.to_owned())));
        let place = match item {
            Some((item, part)) => Place::Item { item, part },
            None => Place::Field(error.field),
        };
        (place, Mistake::Field(error.problem))
    };
    errors.into_iter().map(one).collect()
}

/// A refusal with its mistakes at their items.
fn refused(error: Error) -> Problem {
    match error {
        Error::Invalid(errors) => Problem::invalid(at_items(errors)),
        error => error.into(),
    }
}
