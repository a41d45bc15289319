//! The three languages: which one a request gets, and the texts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, static_loader};

use crate::format;

static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // Marks around inserted texts would end up in attributes and copied addresses.
            bundle.set_use_isolating(false);
            let language = bundle.locales.first().map(ToString::to_string).unwrap_or_default();
            bundle.set_formatter(Some(match language.as_str() {
                "pl" => |value, _| grouped(Language::Pl, value),
                "de" => |value, _| grouped(Language::De, value),
                _ => |value, _| grouped(Language::En, value),
            }));
        },
    };
}

fn grouped(language: Language, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(format::number(language, number.value as i64))
        }
        _ => None,
    }
}

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    En,
    Pl,
    De,
}

/// A name and a value to put into a text.
pub type Argument<'a> = (&'static str, FluentValue<'a>);

impl Language {
    /// All languages in the order of menus.
    pub const ALL: [Language; 3] = [Self::Pl, Self::En, Self::De];

    /// The code: `lang` attribute, cookie, folder of texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Pl => "pl",
            Self::De => "de",
        }
    }

    /// What separates cells of a table for spreadsheets: those of languages with a decimal comma expect semicolons.
    pub fn csv_separator(self) -> char {
        match self {
            Self::En => ',',
            Self::Pl | Self::De => ';',
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Pl => "Polski",
            Self::De => "Deutsch",
        }
    }

    /// The language with this code; regions do not count (`de-AT` is German).
    pub fn parse(code: &str) -> Option<Self> {
        let main = code
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|language| language.code() == main)
    }

    /// The best language for an `Accept-Language` header.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let Some(language) = pieces.next().and_then(|code| Self::parse(code.trim())) else {
                continue;
            };
            let quality = pieces
                .find_map(|piece| {
                    piece
                        .trim()
                        .strip_prefix("q=")
                        .map(|q| q.trim().parse::<f32>().unwrap_or(0.0))
                })
                .unwrap_or(1.0);
            if quality > 0.0 && best.is_none_or(|(before, _)| quality > before) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        static IDENTIFIERS: LazyLock<HashMap<&'static str, LanguageIdentifier>> =
            LazyLock::new(|| {
                let identifier =
                    |language: Language| Some((language.code(), language.code().parse().ok()?));
                Language::ALL.into_iter().filter_map(identifier).collect()
            });
        IDENTIFIERS
            .get(self.code())
            .unwrap_or_else(|| TEXTS.fallback())
    }

    /// The text with this key, if there is one.
    pub fn find(self, key: &str, arguments: &[Argument<'_>]) -> Option<String> {
        let arguments: HashMap<Cow<'static, str>, FluentValue> = arguments
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        TEXTS.lookup_no_default_fallback(self.identifier(), key, Some(&arguments))
    }

    /// The text with this key; English if the language lacks it, the key itself if nobody has it.
    pub fn text(self, key: &str, arguments: &[Argument<'_>]) -> String {
        self.find(key, arguments)
            .or_else(|| Self::En.find(key, arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    /// A configured label, translated when a text `field-…` is known: `Firstname` is `field-firstname`.
    pub fn label(self, label: &str) -> String {
        self.find(&label_key(label), &[])
            .unwrap_or_else(|| label.to_owned())
    }
}

/// The key under which the translation of a configured label stands: `ZIP Code` is `field-zip-code`.
pub fn label_key(label: &str) -> String {
    let mut key = String::from("field");
    for word in label
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        key.push('-');
        key.push_str(&word.to_ascii_lowercase());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_counts() {
        assert_eq!(
            Language::accepted("de-AT,de;q=0.9,en;q=0.8"),
            Some(Language::De)
        );
        assert_eq!(
            Language::accepted("fr, en;q=0.3, pl;q=0.7"),
            Some(Language::Pl)
        );
        assert_eq!(Language::accepted("fr, de;q=0"), None);
        assert_eq!(Language::accepted(""), None);
    }

    #[test]
    fn labels_have_keys() {
        assert_eq!(
            label_key("Title or salutation"),
            "field-title-or-salutation"
        );
        assert_eq!(label_key("E-Mail"), "field-e-mail");
        assert_eq!(Language::Pl.label("Pokój gościnny"), "Pokój gościnny");
    }
}
