//! Jobs: giving, taking and changing fields for many people at once.
//!
//! People are selected in their list ([`selection`]), [`choose`] asks what to give and take, [`fields`] which
//! fields change, [`show`] previews, follows
//! and tells, [`list`] has them all, [`csv`] what became of everybody as a file.

mod choose;
mod csv;
mod fields;
mod list;
mod offered;
mod rows;
mod selection;
mod show;
mod templates;

use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use kartoteka_jobs::{Job, Jobs};

use crate::context::{Ctx, Outcome};
use crate::state::Site;

/// How long a page waits for a job's preview; the rest is done while it is looked at.
const PREVIEW_TIMEOUT: Duration = Duration::from_secs(2);

/// `/jobs`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/jobs", get(list::show).post(choose::make))
        .route("/jobs/new", get(choose::begin).post(choose::show))
        .route("/jobs/fields/new", post(fields::show))
        .route("/jobs/fields", post(fields::make))
        .route("/jobs/templates", get(templates::list))
        .route(
            "/jobs/templates/new",
            get(templates::add).post(templates::create),
        )
        .route(
            "/jobs/templates/{id}",
            get(templates::edit).post(templates::save),
        )
        .route("/jobs/templates/{id}/delete", post(templates::delete))
        .route("/jobs/{id}", get(show::show))
        .route("/jobs/{id}/start", post(show::start))
        .route("/jobs/{id}/stop", post(show::stop))
        .route("/jobs/{id}/undo", post(show::undo))
        .route("/jobs/{id}/result.csv", get(csv::download))
}

/// Opens the page of a job that was just made, with as much of its preview as there is time for.
async fn previewed(ctx: &Ctx, job: &Job) -> Outcome {
    let prepared = Jobs::of(&ctx.directory).prepare_job(&ctx.actor, job.id, PREVIEW_TIMEOUT);
    if let Err(error) = prepared.await {
        tracing::warn!(job = job.id, %error, "a preview has to wait");
    }
    ctx.redirect(&format!("/jobs/{}", job.id))
}
