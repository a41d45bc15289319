//! Access in REST: who may see what, and why; and giving and taking, all of it at one address.

mod changes;
mod customers;
mod groups;
pub(super) mod paging;
mod past;
mod past_group;
mod people;
mod relations;
mod services;
mod settings;
mod undo;

pub(super) use changes::{place as place_of_change, read as read_change};
use kartoteka_wire::effects;
use utoipa_axum::router::OpenApiRouter;

use crate::state::Site;

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
