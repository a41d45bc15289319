//! The doors for browsers and programs: pages for agents, REST, health and metrics.
//!
//! Start with [`router`]. A page's handler takes [`context::Ctx`] and its input, calls the directory, builds a
//! page struct with a [`frame::Frame`] in it and [renders](context::Visit::render) it; a failed use case is
//! passed on with `?` and rendered once, in [`pages::error`].

// A handler's future holds those of all use cases behind it, and the optimiser looks through them.
#![recursion_limit = "256"]

pub mod api;
pub mod assets;
mod carried;
pub mod context;
pub mod cookies;
mod doors;
pub mod encoding;
mod format;
pub mod frame;
pub mod input;
pub mod language;
pub mod navigation;
pub mod network;
pub mod observe;
pub mod pages;
pub mod security;
pub mod state;
mod unread;
pub mod wording;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use kartoteka_directory::Directory;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use doors::Doors;
pub use network::Ambiguous;
pub use state::{SecureCookies, Site, WebOptions};

/// The largest body that a form may have, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// The longest that a request may take.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Everything that is served, under the configured base path. A request asks the directory as it looks when it comes.
pub fn router(directory: Directory, options: WebOptions) -> Router {
    Router::new().fallback_service(Doors::new(Site::new(directory, options)))
}

/// The routes over one generation of the directory.
pub(crate) fn routes(site: Site) -> Router {
    let pages = pages::routes()
        .merge(pages::customer_users::routes())
        .merge(pages::customers::routes())
        .merge(pages::records::routes(pages::records::GROUPS))
        .merge(pages::records::routes(pages::records::SERVICES));
    let known = pages.clone().with_state(site.clone());
    let pages = pages
        .merge(pages::preferences::routes(known))
        .fallback(pages::error::not_found)
        .method_not_allowed_fallback(pages::error::method_not_allowed);
    let inner = pages
        .merge(api::routes())
        .merge(assets::routes())
        .merge(pages::health::routes())
        .layer(from_fn(observe::count));
    let base = site.options().base_path.clone();
    let outer = if base.is_empty() {
        inner
    } else {
        Router::new()
            .nest(&base, inner)
            .fallback(pages::error::not_found)
    };
    protected(outer, site)
}

/// Routes with everything around them that protects, limits, logs and renders failures.
pub(crate) fn protected(routes: Router<Site>, site: Site) -> Router {
    routes
        .layer(from_fn(security::time_limit))
        .layer(from_fn_with_state(site.clone(), security::guard))
        .layer(CatchPanicLayer::custom(pages::error::panicked))
        .layer(from_fn(pages::kept::keep))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(site.clone(), pages::error::render))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(site.clone(), security::headers))
        .layer(from_fn(unread::finish))
        .layer(from_fn_with_state(site.clone(), observe::identify))
        .with_state(site)
}
