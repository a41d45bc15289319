//! How texts compare: folding of case, diacritics and typography (rules D14, D15, D25, D30).

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

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
                    let plain = text.to_ascii_lowercase();
                    // International domains are found as they are typed.
                    let spelled = plain.contains("xn--").then(|| {
                        let letters = crate::email::in_letters(&plain);
                        spell_umlauts(&letters)
                    });
                    return Forms {
                        spelled: spelled.filter(|spelled| *spelled != plain),
                        plain,
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

/// Lower case, in the composed form (NFC): how keys compare, and texts that ignore case only.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Lower case may bring marks that compose anew.
    let lower: String = text.nfc().flat_map(char::to_lowercase).collect();
    composed(&lower)
}

/// A text in its composed form (NFC), in which keys are stored (D30).
pub fn composed(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_owned(),
        false => text.nfc().collect(),
    }
}

/// A key in each form in which rows may have it: as given, composed, and decomposed.
pub fn key_forms(key: &str) -> Vec<String> {
    let mut forms = vec![key.to_owned()];
    if !key.is_ascii() {
        for form in [composed(key), key.nfd().collect()] {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// Whether a character is not seen: format characters, joiners, fillers, variation selectors (D30).
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// A text without outer blanks and invisible characters; one of nothing else is empty. What ends an emoji stays.
pub fn trim(text: &str) -> &str {
    let unseen = |c: char| c.is_whitespace() || is_invisible(c);
    if text.chars().all(unseen) {
        return "";
    }
    let ends_sign = |c: char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}');
    text.trim_start_matches(unseen)
        .trim_end_matches(|c: char| unseen(c) && !ends_sign(c))
}

/// Whether two logins or customer IDs name the same thing, everywhere in Kartoteka: equal without regard to case (D14, D25).
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
    // An acute accent that stands alone would come apart into a blank and a mark.
    text.chars()
        .map(|c| if c == '´' { '\'' } else { c })
        .nfkd()
        .filter(|c| !is_diacritic(*c) && !is_invisible(*c))
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

/// Whether a mark only changes the letter before it. In the scripts of India, Thailand and Tibet marks are vowels.
fn is_diacritic(c: char) -> bool {
    // Unicode, "Canonical Combining Classes": none, and those of the viramas and vowels.
    let spells = [0, 9, 84, 91, 103, 118, 122, 129, 130, 132];
    is_combining_mark(c) && !spells.contains(&canonical_combining_class(c))
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
        // Forms at the end of a word.
        'ς' => folded.push('σ'),
        'ך' => folded.push('כ'),
        'ם' => folded.push('מ'),
        'ן' => folded.push('נ'),
        'ף' => folded.push('פ'),
        'ץ' => folded.push('צ'),
        // Typographic signs are typed as plain ones.
        '\u{2b9}' | '\u{2bb}'..='\u{2bd}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}' => {
            folded.push('\'');
        }
        '\u{201c}'..='\u{201f}' | '«' | '»' => folded.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' => folded.push('-'),
        c if c.is_whitespace() && c != '\n' && c != '\t' && c != '\r' => folded.push(' '),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        // A lower-case form may bring a mark of its own (`İ`).
        c if is_diacritic(c) => {}
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

/// The beginning of a text: at most so many characters.
pub fn cut(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}
