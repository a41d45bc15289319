//! Language, theme and keys: kept with the agent who is logged in; before that in cookies.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::post;
use kartoteka_directory::{Look, Looks};

use super::back;
use crate::context::{Outcome, Theme, Visit};
use crate::cookies;
use crate::input::Form;
use crate::language::Language;
use crate::security::is_local;
use crate::state::Site;

const YEAR: u64 = 31_536_000;

/// `/preferences`. It leads back to the page that it was sent from, so it has to know the other pages' routes.
pub fn routes(known: Router) -> Router<Site> {
    let known = known.route("/preferences", post(|| async {}));
    let change = move |visit: Visit, form: Form| change(visit, form, known.clone());
    Router::new().route("/preferences", post(change))
}

async fn change(visit: Visit, form: Form, known: Router) -> Outcome {
    let looks = chosen(&form);
    let back = match form.get("back") {
        path if is_local(path) => back::page_of(&known, path).await,
        _ => "/".to_owned(),
    };
    if let Some(actor) = &visit.visitor {
        visit.directory.choose_looks(actor, &looks).await?;
        return visit.redirect(&back);
    }
    let set: Vec<_> = looks
        .iter()
        .filter_map(|(look, value)| cookie(*look, value, visit.secure()))
        .map(|cookie| (header::SET_COOKIE, cookie))
        .collect();
    Ok((AppendHeaders(set), visit.redirect(&back)?).into_response())
}

/// What a form chooses; what nobody can choose is passed over, or stands for the browser's wish.
fn chosen(form: &Form) -> Looks {
    let mut looks = Looks::new();
    if let Some(language) = form.find("language").and_then(Language::parse) {
        looks.insert(Look::Language, language.code().to_owned());
    }
    if let Some(theme) = form.find("theme") {
        let theme = Theme::parse(theme).map_or("auto", Theme::name);
        looks.insert(Look::Theme, theme.to_owned());
    }
    if let Some(keys) = form.find("keys") {
        let keys = if keys == "off" { "off" } else { "on" };
        looks.insert(Look::Keys, keys.to_owned());
    }
    looks
}

fn cookie(look: Look, value: &str, secure: bool) -> Option<HeaderValue> {
    let name = match look {
        Look::Language => cookies::LANGUAGE,
        Look::Theme => cookies::THEME,
        Look::Keys => cookies::KEYS,
    };
    match value {
        "auto" | "on" => cookies::set(name, "", Some(0), secure),
        value => cookies::set(name, value, Some(YEAR), secure),
    }
}
