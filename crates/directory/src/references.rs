//! What refers to records by their keys, and follows them.

use kartoteka_boxed::boxed;
use kartoteka_store::own::{principal, relations, reviews};
use kartoteka_store::{Renamed, Tx};

use crate::error::{Error, Result};
use crate::kind::Kind;

/// Carries what refers in the home database to a customer or a person by its key.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn update_references(home: &mut Tx, kind: Kind, carried: Renamed<'_>) -> Result<()> {
    let is_customer = kind == Kind::Customer;
    relations::update_references(home, is_customer, carried)
        .await
        .map_err(Error::home)?;
    reviews::update_references(home, is_customer, carried)
        .await
        .map_err(Error::home)?;
    if !is_customer {
        principal::update_references(home, carried)
            .await
            .map_err(Error::home)?;
    }
    Ok(())
}
