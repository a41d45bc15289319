//! What all pages know of records: their addresses, fields and names.

pub mod address;
pub mod control;
pub mod fields;
pub mod key;
pub mod preferences;
pub mod screen;
pub mod suggest;

use kartoteka_directory::Found;

pub use screen::{CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES, Screen};

/// The name that a record's pages are headed with; its key if it has none.
pub fn title(found: &Found) -> String {
    let name = found.shown_name.trim();
    if name.is_empty() {
        found.key.clone()
    } else {
        name.to_owned()
    }
}
