//! The language of an answer.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use crate::language::Language;

/// The language that `Accept-Language` likes best among ours; English without a wish.
pub fn wished(headers: &HeaderMap) -> Language {
    let header = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    header.and_then(Language::accepted).unwrap_or_default()
}
