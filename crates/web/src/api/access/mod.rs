//! Access in REST: who may see what, and why; and giving and taking, all of it at one address.

mod changes;
mod customers;
mod documents;
pub(super) mod effects;
mod groups;
mod paging;
mod past;
mod past_group;
mod people;
mod relations;
mod services;
mod settings;
mod undo;

pub(super) use changes::{member, place as place_of_change, read as read_change};
use utoipa_axum::router::OpenApiRouter;

use crate::state::Site;

pub(super) use documents::reason;
pub(super) use effects::relation;

/// The routes of access.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .merge(people::routes())
        .merge(customers::routes())
        .merge(groups::routes())
        .merge(services::routes())
        .merge(relations::routes())
        .merge(settings::routes())
        .merge(undo::routes())
}

/// What an entry of the journal gave and took, as REST names relations.
pub(super) fn relations_of(entry: &kartoteka_directory::HistoryEntry) -> serde_json::Value {
    effects::changes(&entry.relations)
}
