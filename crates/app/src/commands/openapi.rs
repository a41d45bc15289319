//! `kartoteka openapi`: the description of REST.

use crate::exit::Exit;
use crate::output::print_json;

/// Prints the OpenAPI document.
///
/// # Errors
/// When standard output can't be written.
pub fn run() -> anyhow::Result<Exit> {
    print_json(&serde_json::to_value(kartoteka_rest::openapi())?)?;
    Ok(Exit::Ok)
}
