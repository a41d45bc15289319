//! Pages of groups and services.

mod groups;
mod services;

use crate::pages::reception::{Page, Reception};
use kartoteka_directory::Role;

/// The pages as an admin sees them.
async fn open() -> Reception {
    Reception::with(|_| {}, Role::Admin).await
}

/// The address of a form, filled in with the version that the page has.
fn versioned<'a>(page: &'a Page, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let version = page.input("_version").expect("a version");
    let mut all = fields.to_vec();
    all.push(("_version", version));
    all
}
