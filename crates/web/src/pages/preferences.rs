//! Language, theme and keys: cookies, so that they hold before logging in too.

use axum::Router;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::post;

use crate::context::{Outcome, Theme, Visit};
use crate::cookies;
use crate::input::Form;
use crate::language::Language;
use crate::security::is_local;
use crate::state::Site;

const YEAR: u64 = 31_536_000;

/// `/preferences`.
pub fn routes() -> Router<Site> {
    Router::new().route("/preferences", post(change))
}

async fn change(visit: Visit, form: Form) -> Outcome {
    let secure = visit.secure();
    let mut set = Vec::new();
    if let Some(language) = form.find("language").and_then(Language::parse) {
        set.push(cookies::set(
            cookies::LANGUAGE,
            language.code(),
            Some(YEAR),
            secure,
        ));
    }
    if let Some(theme) = form.find("theme") {
        set.push(match Theme::parse(theme) {
            Some(theme) => cookies::set(cookies::THEME, theme.name(), Some(YEAR), secure),
            None => cookies::set(cookies::THEME, "", Some(0), secure),
        });
    }
    if let Some(keys) = form.find("keys") {
        set.push(match keys {
            "off" => cookies::set(cookies::KEYS, "off", Some(YEAR), secure),
            _ => cookies::set(cookies::KEYS, "", Some(0), secure),
        });
    }
    let back = if is_local(form.get("back")) {
        form.get("back")
    } else {
        "/"
    };
    let set: Vec<_> = set
        .into_iter()
        .flatten()
        .map(|cookie| (header::SET_COOKIE, cookie))
        .collect();
    Ok((AppendHeaders(set), visit.redirect(back)?).into_response())
}
