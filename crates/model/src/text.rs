//! How texts compare: folding of case and diacritics (rules D14, D15, D25).

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a source's searches compare text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextMode {
    /// Case and diacritics do not count (D15); also `mueller` is `Müller`.
    #[default]
    Folded,
    /// Case does not count, diacritics do.
    IgnoreCase,
    /// Everything counts.
    Exact,
}

/// The forms of one text that take part in a comparison: two texts are equal when a form of the one
/// meets a form of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    pub plain: String,
    /// Umlauts written out (`ae`, `oe`, `ue`), where that is another text.
    pub spelled: Option<String>,
}

impl Forms {
    /// All forms, one or two.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.plain.as_str()).chain(self.spelled.as_deref())
    }
}

impl TextMode {
    /// The forms in which this mode compares a text.
    pub fn forms(self, text: &str) -> Forms {
        match self {
            Self::Exact => Forms {
                plain: text.to_owned(),
                spelled: None,
            },
            Self::IgnoreCase => Forms {
                plain: lower(text),
                spelled: None,
            },
            Self::Folded => {
                if text.is_ascii() {
                    return Forms {
                        plain: text.to_ascii_lowercase(),
                        spelled: None,
                    };
                }
                let plain = fold(text);
                let spelled = spell_umlauts(text);
                Forms {
                    spelled: (spelled != plain).then_some(spelled),
                    plain,
                }
            }
        }
    }
}

/// Lower case, character by character, so that a part of a text folds to a part of its folding.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether two logins or customer IDs name the same thing: equal without regard to case (D14, D25).
pub fn same_key(a: &str, b: &str) -> bool {
    match a.is_ascii() && b.is_ascii() {
        true => a.eq_ignore_ascii_case(b),
        false => a == b || lower(a) == lower(b),
    }
}

/// Lower case without diacritics: `Łódź` is `lodz`, `Straße` is `strasse`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .for_each(|c| push_folded(c, &mut folded));
    folded
}

/// The digits of phone numbers, without what stands between them; what parts one number from the next, as a comma or a
/// word does, is a `;`.
pub fn digits(text: &str) -> String {
    let mut digits = String::new();
    let mut parted = false;
    for c in text.nfkc() {
        if c.is_ascii_digit() {
            if parted && !digits.is_empty() {
                digits.push(';');
            }
            digits.push(c);
            parted = false;
        } else {
            parted |= matches!(c, ',' | ';' | '|' | '\n') || c.is_alphabetic();
        }
    }
    digits
}

fn push_folded(c: char, folded: &mut String) {
    match c {
        'ł' => folded.push('l'),
        'ø' => folded.push('o'),
        'đ' | 'ð' => folded.push('d'),
        'ħ' => folded.push('h'),
        'ı' => folded.push('i'),
        'ŧ' => folded.push('t'),
        'ŋ' => folded.push('n'),
        // The form at the end of a word; its capital is that of `σ`.
        'ς' => folded.push('σ'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        // A lower-case form may bring a mark of its own (`İ`).
        c if is_combining_mark(c) => {}
        c => folded.push(c),
    }
}

/// The folding in which umlauts are written out: `Müller` is `mueller`.
fn spell_umlauts(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            'ä' | 'Ä' => spelled.push_str("ae"),
            'ö' | 'Ö' => spelled.push_str("oe"),
            'ü' | 'Ü' => spelled.push_str("ue"),
            c => spelled.push_str(&fold(c.encode_utf8(&mut [0; 4]))),
        }
    }
    spelled
}

/// The key by which lists are ordered (D05, D15): folded, ties left to the caller.
pub fn sort_key(text: &str) -> String {
    fold(text)
}
