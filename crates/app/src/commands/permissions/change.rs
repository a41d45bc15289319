//! Giving and taking permissions.

use kartoteka_access::Wanted;
use kartoteka_directory::Directory;
use kartoteka_model::access::Context;

use super::Change;
use crate::exit::Exit;
use crate::relations::relate;

/// Gives or takes each permission of each person and customer.
///
/// # Errors
/// As [`relate`].
pub async fn change(directory: &Directory, change: Change, given: bool) -> anyhow::Result<Exit> {
    let context = change
        .context
        .map_or(Context::Same, super::ContextOption::context);
    let mut wanted = vec![];
    for permission in &change.permissions {
        let (group, permission) = (&change.group, permission);
        let people = change
            .holders
            .people
            .iter()
            .map(|login| Wanted::PersonGroup {
                login: login.clone(),
                group: group.clone(),
                permission: permission.clone(),
                given,
            });
        let customers = change.holders.customers.iter();
        let customers = customers.map(|customer| Wanted::CustomerGroup {
            customer: customer.clone(),
            group: group.clone(),
            permission: permission.clone(),
            context,
            given,
        });
        wanted.extend(people.chain(customers));
    }
    relate(directory, wanted, change.saving).await
}
