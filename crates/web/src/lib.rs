//! The doors for browsers and programs: pages for agents, REST, health and metrics.
//!
//! All of them behind one [`router`], with what protects, limits and logs around them.

// A handler's future holds those of all use cases behind it, and the optimiser looks through them.
#![recursion_limit = "256"]

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use kartoteka_directory::Directory;
use kartoteka_door::doors::Doors;
use kartoteka_door::{assets, failure, health, observe, security, unread};
use kartoteka_frame::{error, unsent_form};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

pub use kartoteka_door::input::BODY_LIMIT;
pub use kartoteka_door::network::Ambiguous;
pub use kartoteka_door::security::TIME_LIMIT;
pub use kartoteka_door::state::{SecureCookies, Site, WebOptions};

/// Everything that is served, under the configured base path. A request asks the directory as it looks when it comes.
pub fn router(directory: Directory, options: WebOptions) -> Router {
    Router::new().fallback_service(Doors::new(Site::new(directory, options), routes))
}

/// The routes over one generation of the directory.
fn routes(site: Site) -> Router {
    let pages = kartoteka_pages::routes().merge(kartoteka_relation_pages::routes());
    let known = pages.clone().with_state(site.clone());
    let pages = pages
        .merge(kartoteka_pages::preferences::routes(known))
        .fallback(failure::not_found)
        .method_not_allowed_fallback(failure::method_not_allowed);
    let inner = pages
        .merge(kartoteka_rest::routes())
        .merge(assets::routes())
        .merge(health::routes())
        .layer(from_fn(observe::count));
    let base = site.options().base_path.clone();
    let outer = if base.is_empty() {
        inner
    } else {
        Router::new()
            .nest(&base, inner)
            .fallback(failure::not_found)
    };
    protected(outer, site)
}

/// Routes with everything around them that protects, limits, logs and renders failures.
pub fn protected(routes: Router<Site>, site: Site) -> Router {
    routes
        .layer(from_fn(security::time_limit))
        .layer(from_fn_with_state(site.clone(), security::guard))
        .layer(CatchPanicLayer::custom(failure::panicked))
        .layer(from_fn(unsent_form::keep))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(site.clone(), error::render))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(site.clone(), security::headers))
        .layer(from_fn(unread::finish))
        .layer(from_fn_with_state(site.clone(), observe::identify))
        .with_state(site)
}
