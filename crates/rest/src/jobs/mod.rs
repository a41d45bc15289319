//! Jobs in REST: giving and taking for many people at once, looked at while they run.

mod changing;
mod job_fields;
mod job_request;
mod reading;
mod templates;

use kartoteka_wire::jobs as documents;
use utoipa_axum::router::OpenApiRouter;

use crate::state::Site;

/// The routes of jobs.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .merge(reading::routes())
        .merge(changing::routes())
        .merge(templates::routes())
}
