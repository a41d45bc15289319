//! Language, theme and keys: kept with the agent who is logged in; before that in cookies.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::post;
use kartoteka_login::{Logins, UiPreference, UiPreferences};

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
    let preferences = chosen(&form);
    let back = match form.get("back") {
        path if is_local(path) => back::page_of(&known, path).await,
        _ => "/".to_owned(),
    };
    if let Some(actor) = &visit.visitor {
        Logins::of(&visit.directory)
            .set_ui_preferences(actor, &preferences)
            .await?;
        return visit.redirect(&back);
    }
    let set: Vec<_> = preferences
        .iter()
        .filter_map(|(preference, value)| cookie(*preference, value, visit.secure()))
        .map(|cookie| (header::SET_COOKIE, cookie))
        .collect();
    Ok((AppendHeaders(set), visit.redirect(&back)?).into_response())
}

/// What a form chooses; what nobody can choose is passed over, or stands for the browser's wish.
fn chosen(form: &Form) -> UiPreferences {
    let mut preferences = UiPreferences::new();
    if let Some(language) = form.find("language").and_then(Language::parse) {
        preferences.insert(UiPreference::Language, language.code().to_owned());
    }
    if let Some(theme) = form.find("theme") {
        let theme = Theme::parse(theme).map_or("auto", Theme::name);
        preferences.insert(UiPreference::Theme, theme.to_owned());
    }
    if let Some(keys) = form.find("keys") {
        let keys = if keys == "off" { "off" } else { "on" };
        preferences.insert(UiPreference::Keys, keys.to_owned());
    }
    preferences
}

fn cookie(preference: UiPreference, value: &str, secure: bool) -> Option<HeaderValue> {
    let name = match preference {
        UiPreference::Language => cookies::LANGUAGE,
        UiPreference::Theme => cookies::THEME,
        UiPreference::Keys => cookies::KEYS,
        // Whoever is not logged in has no lists.
        UiPreference::PeopleColumns | UiPreference::CustomerColumns => return None,
    };
    match value {
        "auto" | "on" => cookies::set(name, "", Some(0), secure),
        value => cookies::set(name, value, Some(YEAR), secure),
    }
}
