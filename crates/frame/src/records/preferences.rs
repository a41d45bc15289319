//! Preferences of people: what they are called, what can be chosen, and how a value reads.

use kartoteka_directory::Preference;

use super::control::{Choice, Control};
use crate::frame::Frame;

/// What a preference is called.
pub fn label(page: &Frame, one: Preference) -> String {
    page.t(&format!("preference-{}", word(one)))
}

/// How a value reads; an empty one says what holds without it.
pub fn value(page: &Frame, one: Preference, value: &str) -> String {
    match (one, value) {
        (_, "") => match one.default_value() {
            Some(usual) => page.with("preference-usual", "value", self::value(page, one, usual)),
            None => page.t("preference-help-desk"),
        },
        (Preference::Language, code) => page
            .language
            .find(
                &format!("language-{}", code.to_lowercase().replace('_', "-")),
                &[],
            )
            .unwrap_or_else(|| code.to_owned()),
        (Preference::RefreshTime, "0") => page.t("preference-refresh-off"),
        (Preference::RefreshTime, minutes) => match minutes.parse::<u32>() {
            Ok(minutes) => page.count("preference-refresh-minutes", minutes),
            Err(_) => minutes.to_owned(),
        },
        (_, other) => other.to_owned(),
    }
}

/// How a preference is entered.
pub fn control(page: &Frame, one: Preference, stored: &str) -> Control {
    let Some(choices) = one.choices() else {
        return Control::Line("text");
    };
    let unknown = Some(stored).filter(|value| !choices.contains(value) && !value.is_empty());
    let values = std::iter::once("")
        .chain(unknown)
        .chain(choices.iter().copied());
    let choice = |one_value: &str| Choice {
        value: one_value.to_owned(),
        label: value(page, one, one_value),
        selected: one_value == stored,
    };
    Control::Choice(values.map(choice).collect())
}

fn word(one: Preference) -> &'static str {
    match one {
        Preference::Language => "language",
        Preference::TimeZone => "time-zone",
        Preference::Skin => "skin",
        Preference::ShownTickets => "shown-tickets",
        Preference::RefreshTime => "refresh-time",
    }
}
