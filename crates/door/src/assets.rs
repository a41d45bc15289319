//! Styles, scripts and pictures: part of the program, under an address that changes with them.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::state::Site;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The parts of `app.css`, in order.
const STYLES: [&str; 10] = [
    "css/tokens.css",
    "css/base.css",
    "css/shell.css",
    "css/components.css",
    "css/forms.css",
    "css/tables.css",
    "css/matrix.css",
    "css/jobs.css",
    "css/reviews.css",
    "css/print.css",
];

/// One hash for all files, so that scripts find each other by relative addresses.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    for file in names.iter().filter_map(|name| Files::get(name)) {
        hash.update(file.metadata.sha256_hash());
    }
    hex::encode(&hash.finalize()[..6])
});

/// The path of a file, without base path: `/assets/3f…/app.css`.
pub fn path(name: &str) -> String {
    format!("/assets/{}/{name}", *HASH)
}

/// The route of all files.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/assets/{hash}/{*name}", get(serve))
        .route("/favicon.ico", get(icon))
}

async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(data) = find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // An address of an older version still works, but is not kept.
    let cache = if hash == *HASH {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    (
        [
            (header::CONTENT_TYPE, kind(&name)),
            (header::CACHE_CONTROL, cache),
        ],
        data,
    )
        .into_response()
}

async fn icon() -> Response {
    serve(Path((HASH.clone(), "icon.svg".into()))).await
}

fn find(name: &str) -> Option<Cow<'static, [u8]>> {
    if name == "app.css" {
        let parts: Option<Vec<_>> = STYLES
            .iter()
            .map(|part| Files::get(part).map(|file| file.data))
            .collect();
        return parts.map(|parts| Cow::Owned(parts.concat()));
    }
    Files::get(name).map(|file| file.data)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
