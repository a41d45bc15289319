//! `kartoteka config-schema`: the description of the settings file.

use crate::exit::Exit;
use crate::output::print_json;

/// Prints the JSON schema.
///
/// # Errors
/// When standard output can't be written.
pub fn run() -> anyhow::Result<Exit> {
    print_json(&kartoteka_settings::json_schema())?;
    Ok(Exit::Ok)
}
