//! In which order texts stand in lists (D28): as a language orders them, or folded (D15).

use std::fmt;
use std::sync::Arc;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use icu_locale_core::extensions::unicode::{Key, key};
use thiserror::Error;

use crate::text::fold;

/// The name of the order of D15.
pub const FOLDED: &str = "folded";

/// The name of the order of Unicode, which is that of each language without one of its own: English, German, French and
/// others.
pub const ROOT: &str = "und";

/// Texts are in order by so many characters. Every column of OTOBO's tables has fewer; the key of a longer text would
/// take as much time and room as whoever wrote the text likes.
pub const ORDERED_BY: usize = 256;

/// What made the keys. Those of another version compare otherwise, so what stores keys is made anew then.
const MADE_BY: &str = "icu_collator 2.4.0";

/// The languages that have a code of two letters (ISO 639-1).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io \
    is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my \
    na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq \
    sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Those without one that have an order of their own.
const FURTHER_LANGUAGES: &str = "blo ceb chr dsb fil haw hsb kok nso";

/// Other orders than the usual one, by language.
const KINDS: [(&str, &[&str]); 12] = [
    ("ar", &["compat"]),
    ("bn", &["trad"]),
    ("de", &["phonebk"]),
    ("es", &["trad"]),
    ("fi", &["trad"]),
    ("ja", &["unihan"]),
    ("kn", &["trad"]),
    ("ko", &["unihan"]),
    ("si", &["dict"]),
    ("sv", &["trad"]),
    ("vi", &["trad"]),
    ("zh", &["pinyin", "stroke", "unihan", "zhuyin"]),
];

/// Those of every language.
const KINDS_OF_ALL: [&str; 3] = ["standard", "emoji", "eor"];

/// What the extension `-u-` of a language can ask for: which order, numbers by their value, capital letters first.
const ASKED: [Key; 3] = [key!("co"), key!("kn"), key!("kf")];

/// Why a name is that of no order.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CollationError {
    /// No language tag (BCP 47).
    #[error("it is not a language tag")]
    NoTag,
    #[error("there is no language `{0}`")]
    UnknownLanguage(String),
    /// An order that the language does not have, and those that it has.
    #[error("`{language}` has no order `{kind}`, but {}", .known.join(", "))]
    UnknownKind {
        language: String,
        kind: String,
        known: Vec<&'static str>,
    },
    #[error("an order has no `{0}`, but co, kn and kf")]
    UnknownExtension(String),
    /// Of `kn` or `kf`.
    #[error("`kn` is true or false, and `kf` upper, lower or false")]
    UnknownValue,
    #[error("{0}")]
    Unavailable(String),
}

/// An order of texts. Two are equal if they order alike.
#[derive(Clone)]
pub struct Collation {
    /// A language tag as it is usually written.
    name: String,
    /// None where texts are folded.
    collator: Option<Arc<CollatorBorrowed<'static>>>,
}

impl Collation {
    /// The order of D15: case and diacritics make no difference.
    pub fn folded() -> Self {
        Self {
            name: FOLDED.into(),
            collator: None,
        }
    }

    /// The order of a name: [`FOLDED`], or a language tag such as `pl` or `de-u-co-phonebk`.
    ///
    /// # Errors
    /// For what is no language tag, names no language, or asks for an order that the language does not have.
    pub fn parse(name: &str) -> Result<Self, CollationError> {
        if name.eq_ignore_ascii_case(FOLDED) {
            return Ok(Self::folded());
        }
        let locale: Locale = name.parse().map_err(|_| CollationError::NoTag)?;
        check(&locale)?;
        let asked = CollatorPreferences::from_locale_strict(&locale)
            .map_err(|_| CollationError::UnknownValue)?;
        // Accents decide where base letters are equal, and case where accents are.
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        let collator = Collator::try_new(asked, options)
            .map_err(|error| CollationError::Unavailable(error.to_string()))?;
        Ok(Self {
            name: locale.to_string(),
            collator: Some(Arc::new(collator)),
        })
    }

    /// How it is called: [`FOLDED`], or a language tag.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is the order of D15.
    pub fn is_folded(&self) -> bool {
        self.collator.is_none()
    }

    /// A text whose bytes compare as this one compares with others in the order; the same for texts between which the order
    /// makes no difference. Of a language's order it is the sort key of ICU, each byte as the character of that number,
    /// of the first [`ORDERED_BY`] characters.
    pub fn key(&self, text: &str) -> String {
        let Some(collator) = &self.collator else {
            return fold(text);
        };
        let cut = text.char_indices().nth(ORDERED_BY);
        let text = cut.map_or(text, |(at, _)| &text[..at]);
        let mut bytes = Vec::with_capacity(text.len() + 8);
        let Ok(()) = collator.write_sort_key_to(text, &mut bytes);
        bytes.into_iter().map(char::from).collect()
    }
}

impl Default for Collation {
    /// The order of Unicode.
    fn default() -> Self {
        // Its data is a part of the program.
        Self::parse(ROOT).unwrap_or_else(|_| Self::folded())
    }
}

impl PartialEq for Collation {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Collation {}

/// With the version of what makes the keys: whatever stores keys tells by this text whether they are still the ones.
impl fmt::Debug for Collation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_folded() {
            true => f.write_str(FOLDED),
            false => write!(f, "{} by {MADE_BY}", self.name),
        }
    }
}

/// Whether there is an order for what a tag names: ICU takes the one of Unicode for everything that it does not know.
fn check(locale: &Locale) -> Result<(), CollationError> {
    let language = locale.id.language.to_string();
    let mut languages = LANGUAGES.split(' ').chain(FURTHER_LANGUAGES.split(' '));
    if language != ROOT && !languages.any(|known| known == language) {
        return Err(CollationError::UnknownLanguage(language));
    }
    let extensions = &locale.extensions;
    if !(extensions.transform.is_empty()
        && extensions.private.is_empty()
        && extensions.other.is_empty()
        && extensions.unicode.attributes.is_empty())
    {
        let name = extensions.to_string();
        return Err(CollationError::UnknownExtension(name));
    }
    let keywords = &extensions.unicode.keywords;
    if let Some((unknown, _)) = keywords.iter().find(|(key, _)| !ASKED.contains(key)) {
        return Err(CollationError::UnknownExtension(unknown.to_string()));
    }
    let Some(kind) = keywords.get(&key!("co")) else {
        return Ok(());
    };
    let own = KINDS.iter().find(|(of, _)| *of == language);
    let own = own.map_or(&[] as &[&str], |(_, kinds)| kinds);
    let known: Vec<&str> = KINDS_OF_ALL.iter().chain(own).copied().collect();
    let kind = kind.to_string();
    match known.contains(&kind.as_str()) {
        true => Ok(()),
        false => Err(CollationError::UnknownKind {
            language,
            kind,
            known,
        }),
    }
}
