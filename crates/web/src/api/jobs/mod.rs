//! Jobs in REST: giving and taking for many people at once, looked at while they run.

mod asked;
mod changing;
mod documents;
mod reading;
mod templates;

use utoipa_axum::router::OpenApiRouter;

use crate::state::Site;

/// The routes of jobs.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .merge(reading::routes())
        .merge(changing::routes())
        .merge(templates::routes())
}
