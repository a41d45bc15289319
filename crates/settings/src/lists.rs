//! `[lists]`: how much lists show, and in which order.

use kartoteka_model::Collation;
use kartoteka_model::collation::CollationError;
use kartoteka_model::search::Blanks;

use crate::key::{Key, Kind};
use crate::mistake::Mistake;
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[
    Key::new("page_size", Kind::Whole(1, 1000), "50", "Rows of one page."),
    Key::new(
        "first",
        Kind::Whole(1, 100_000),
        "1000",
        "How many of the hits of a search can be paged through.",
    ),
    Key::new(
        "search_grammar",
        Kind::Choice(&["kartoteka", "otobo"]),
        "\"kartoteka\"",
        "What a blank between words of a search means: each word, in any of the fields; or, as OTOBO reads it, a part of one text.",
    ),
    Key::new(
        "collation",
        Kind::Text,
        "\"und\"",
        "In which order texts stand: a language (BCP 47), such as \"pl\", \"sv\", \"de\" or, as in German phone books, \"de-u-co-phonebk\"; \"und\" is Unicode's order, which English, German, French, Italian and others have; \"folded\" disregards case and accents.",
    ),
];

/// `[lists]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// Rows of one page.
    pub page_size: u32,
    /// "The first 1000 of 12 431".
    pub first: u32,
    /// What a blank in a search means: `search_grammar`.
    pub blanks: Blanks,
    /// In which order texts stand.
    pub collation: Collation,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            page_size: 50,
            first: 1000,
            blanks: Blanks::Join,
            collation: Collation::default(),
        }
    }
}

impl Lists {
    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        Self {
            page_size: section.number("page_size").unwrap_or(shipped.page_size),
            first: section.number("first").unwrap_or(shipped.first),
            blanks: match section.choice("search_grammar") {
                Some("otobo") => Blanks::Text,
                _ => Blanks::Join,
            },
            collation: collation(section).unwrap_or(shipped.collation),
        }
    }
}

fn collation(section: &Section<'_>) -> Option<Collation> {
    let (node, key) = section.given("collation")?;
    let text = section.text_of(node, key)?;
    let parsed = Collation::parse(text.trim());
    if let Err(error) = &parsed {
        let findings = section.findings;
        findings.push(
            findings
                .error(&node.at, Mistake::BadCollation)
                .param("key", key.name)
                .param("reason", error.to_string())
                .found(node.found())
                .remedy(remedy(error)),
        );
    }
    parsed.ok()
}

/// What to write instead of a name that is that of no order.
fn remedy(error: &CollationError) -> String {
    match error {
        CollationError::UnknownKind {
            language, known, ..
        } => {
            let kinds = known.iter().rev();
            let names: Vec<String> = kinds
                .map(|kind| format!("\"{language}-u-co-{kind}\""))
                .collect();
            format!("collation = \"{language}\"; or {}", names.join(", "))
        }
        CollationError::UnknownExtension(_) | CollationError::UnknownValue => {
            "the language alone, such as \"de\", or with -u-co-phonebk, -u-kn-true or -u-kf-upper"
                .into()
        }
        _ => "collation = \"pl\", or another language's code; or \"folded\"".into(),
    }
}
