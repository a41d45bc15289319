//! What watches the program asks: does it live, is it ready, how much does it do.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use kartoteka_directory::Readiness;

use crate::state::Site;

/// `/health/live`, `/health/ready`, `/metrics`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/health/live", get(async || "live\n"))
        .route("/health/ready", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(site): State<Site>) -> Response {
    match site.directory.ready().await {
        Ok(Readiness::Ready) => "ready\n".into_response(),
        // Whoever reads is answered: to take the node out would shut them out, too.
        Ok(Readiness::ReadOnly) => "read-only\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, "5")],
                "not ready\n",
            )
                .into_response()
        }
    }
}

async fn metrics(State(site): State<Site>) -> Response {
    metrics::gauge!("kartoteka_sources_held").set(site.directory.held_count() as f64);
    // While the database does not answer it is what it was.
    if let Ok(count) = site.directory.held_back_count().await {
        metrics::gauge!("kartoteka_held_back").set(count as f64);
    }
    match &site.options().metrics {
        Some(render) => (
            [(
                header::CONTENT_TYPE,
                "text/plain; version=0.0.4; charset=utf-8",
            )],
            render(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
