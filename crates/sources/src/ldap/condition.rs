//! What a search asks, as a filter for the server. Servers compare texts by rules of their own, so the filter is a wider
//! one: at least those meet it of whom the condition is true, and [`Condition::matches`] decides on the records.
//!
//! Of a text the letters and digits are asked for, in their order; between them may be anything. A letter that others are
//! folded to (`l` of `ł`) is asked for in all these forms: a value that is not spelled as the text is has a first letter
//! that is spelled otherwise, so there is one alternative for each letter of the text and each form of it, with the
//! letters before it as they are and anything behind it. These are letters of Latin, Greek and Cyrillic alphabets, in one
//! character each, and the signs and marks of [`UNSEEN`]; others inside of what is looked for (mathematical letters,
//! rare marks) are found as far as the server takes them for the same.
//!
//! What no filter can ask is left out, so that it is wider: negations, fields that are made of more than one value or
//! stand elsewhere, and attributes that the server compares otherwise ([`Schema::rule`]).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use kartoteka_model::condition::{Part, SOURCE};
use kartoteka_model::{Condition, Pattern, Record, TextMode};

use super::filter;
use super::records::{Kept, Mapping};
use super::schema::{Rule, Schema};

/// The longest filter, in bytes. What would be longer asks for fewer letters.
const LONGEST: usize = 32 << 10;

/// How deep filters are nested.
const DEEPEST: usize = 20;

/// The most letters of a text that are asked for.
const LETTERS: usize = 200;

/// The most alternatives of a text for letters that are spelled otherwise, tried one after the other.
const ALTERNATIVES: [usize; 4] = [400, 150, 40, 0];

/// Characters that do not count where texts are folded, wherever they stand; and NUL, which records do not have.
const UNSEEN: [char; 29] = [
    '\0', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}',
    '\u{feff}', '\u{fe0f}', '\u{34f}', '\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{304}',
    '\u{306}', '\u{307}', '\u{308}', '\u{309}', '\u{30a}', '\u{30b}', '\u{30c}', '\u{31b}',
    '\u{323}', '\u{324}', '\u{327}', '\u{328}', '\u{331}',
];

/// Characters whose forms are known.
const ALPHABETS: [std::ops::RangeInclusive<char>; 5] = [
    '\u{aa}'..='\u{24f}',
    '\u{370}'..='\u{52f}',
    '\u{1e00}'..='\u{1eff}',
    '\u{212a}'..='\u{212b}',
    '\u{fb00}'..='\u{fb06}',
];

/// At least who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wider {
    Everybody,
    Nobody,
    Who(String),
}

impl Wider {
    fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut filters = vec![];
        for part in parts {
            match part {
                Self::Nobody => return Self::Nobody,
                Self::Everybody => {}
                Self::Who(filter) => filters.push(filter),
            }
        }
        match filters.is_empty() {
            true => Self::Everybody,
            false => Self::Who(filter::all(filters)),
        }
    }

    fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut filters = vec![];
        for part in parts {
            match part {
                Self::Everybody => return Self::Everybody,
                Self::Nobody => {}
                Self::Who(filter) => filters.push(filter),
            }
        }
        match filters.is_empty() {
            true => Self::Nobody,
            false => Self::Who(filter::any(filters)),
        }
    }

    fn of(known: bool) -> Self {
        match known {
            true => Self::Everybody,
            false => Self::Nobody,
        }
    }
}

/// At least those of whom a condition is true.
pub(super) fn wider(condition: &Condition, mapping: &Mapping, schema: &Schema) -> Wider {
    for alternatives in ALTERNATIVES {
        let asking = Asking {
            mapping,
            schema,
            alternatives,
        };
        match asking.of(condition, false, 0) {
            Wider::Who(filter) if filter.len() > LONGEST => {}
            found => return found,
        }
    }
    Wider::Everybody
}

struct Asking<'a> {
    mapping: &'a Mapping,
    schema: &'a Schema,
    /// The most that a text may have.
    alternatives: usize,
}

impl Asking<'_> {
    fn of(&self, condition: &Condition, negated: bool, depth: usize) -> Wider {
        if depth > DEEPEST {
            return Wider::Everybody;
        }
        let each = |parts: &[Condition]| -> Vec<Wider> {
            let of = |part| self.of(part, negated, depth + 1);
            parts.iter().map(of).collect()
        };
        match condition {
            Condition::Everything => Wider::of(!negated),
            Condition::Nothing => Wider::of(negated),
            Condition::Not(condition) => self.of(condition, !negated, depth + 1),
            Condition::All(parts) if negated => Wider::any(each(parts)),
            Condition::Any(parts) if negated => Wider::all(each(parts)),
            Condition::All(parts) => Wider::all(each(parts)),
            Condition::Any(parts) => Wider::any(each(parts)),
            Condition::Matches { fields, .. } | Condition::Digits { fields, .. } => {
                self.of_fields(condition, fields, negated)
            }
            Condition::OneOf { field, .. } => {
                self.of_fields(condition, std::slice::from_ref(field), negated)
            }
        }
    }

    /// What is asked of fields, each of which may have it.
    fn of_fields(&self, condition: &Condition, fields: &[String], negated: bool) -> Wider {
        let mode = self.mapping.spec.text;
        let mut source = Record::default();
        source.set(SOURCE, self.mapping.spec.id.clone());
        let is_known =
            |field: &String| field == SOURCE || matches!(self.mapping.kept(field), Kept::Nowhere);
        // True of a record that has nothing else: of no attribute more is known.
        let of_nothing = condition.matches(&source, mode);
        if fields.iter().all(is_known) {
            return Wider::of(of_nothing != negated);
        }
        if negated || of_nothing {
            return Wider::Everybody;
        }
        let fields = fields.iter().filter(|field| !is_known(field));
        Wider::any(fields.map(|field| match self.mapping.kept(field) {
            Kept::Nowhere => Wider::Nobody,
            Kept::Elsewhere => Wider::Everybody,
            Kept::InParts(attribute) => Wider::Who(filter::present(attribute)),
            Kept::In(attribute) => Wider::Who(self.of_attribute(condition, attribute)),
        }))
    }

    /// What is asked of an attribute, where having none is not what is asked for.
    fn of_attribute(&self, condition: &Condition, attribute: &str) -> String {
        let known = filter::present(attribute);
        let rule = self.schema.rule(attribute);
        let Some(rule) = rule.filter(|_| !self.mapping.tree.latin1) else {
            return known;
        };
        let mode = self.mapping.spec.text;
        let mut found = match condition {
            Condition::Matches { pattern, .. } => {
                let forms = pattern.forms(mode);
                let of = |form: &Vec<Part>| self.of_text((attribute, rule), form, mode);
                forms.iter().flat_map(of).collect()
            }
            // Keys are the same without regard to case, whatever searches do.
            Condition::OneOf { values, .. } => {
                let mode = match mode {
                    TextMode::Exact => TextMode::Exact,
                    _ => TextMode::IgnoreCase,
                };
                let forms = values
                    .iter()
                    .flat_map(|value| Pattern::exact(value).forms(mode));
                let of = |form: Vec<Part>| self.of_text((attribute, rule), &form, mode);
                forms.flat_map(of).collect()
            }
            Condition::Digits { pattern, .. } => {
                let digits = pattern.0.iter().flat_map(|part| match part {
                    Part::Any => vec![],
                    // Whatever stands between them.
                    Part::Text(text) => text.chars().collect(),
                });
                let apart = digits.flat_map(|digit| [Part::Any, Part::Text(digit.into())]);
                let form: Vec<Part> = apart.chain([Part::Any]).collect();
                self.of_text((attribute, rule), &form, TextMode::Folded)
            }
            _ => vec![known.clone()],
        };
        found.sort_unstable();
        found.dedup();
        if found.contains(&known) {
            return known;
        }
        filter::any(found)
    }

    /// The filters of one form of a text, of which those meet one who have it.
    fn of_text(
        &self,
        (attribute, rule): (&str, Rule),
        form: &[Part],
        mode: TextMode,
    ) -> Vec<String> {
        let variants = variants(mode).filter(|_| rule == Rule::Text);
        let text = Pieces::of(form, mode, variants, self.alternatives);
        if text.pieces.is_empty() {
            return vec![filter::present(attribute)];
        }
        let mut filters = vec![text.filter(attribute)];
        let mut before = String::from(if text.begins { "" } else { "*" });
        for (number, piece) in text.pieces.iter().enumerate() {
            let anywhere = number > 0 || !text.begins;
            for (at, letter) in piece.char_indices() {
                let others = variants.and_then(|known| known.get(&letter)).into_iter();
                for other in others.flatten() {
                    if other.begins || (at == 0 && anywhere) {
                        let (same, other) = (filter::escaped(&piece[..at]), other.sign);
                        let other = filter::escaped(other.encode_utf8(&mut [0; 4]));
                        filters.push(format!("({attribute}={before}{same}{other}*)"));
                    }
                }
            }
            before = format!("{before}{}*", filter::escaped(piece));
        }
        let anywhere = |text: &str| format!("({attribute}=*{}*)", filter::escaped(text));
        let unseen = UNSEEN
            .iter()
            .map(|sign| anywhere(sign.encode_utf8(&mut [0; 4])));
        if mode == TextMode::Folded {
            // International domains are found as they are typed.
            filters.push(anywhere("xn--"));
        }
        match (rule, mode) {
            (Rule::Ascii, _) => {}
            (Rule::Text, TextMode::Folded) => filters.extend(unseen),
            (Rule::Text, _) => filters.extend(unseen.take(1)),
        }
        filters
    }
}

/// What is asked for of a text: pieces, with anything between them.
struct Pieces {
    /// Whether a value has to begin with the first.
    begins: bool,
    pieces: Vec<String>,
    ends: bool,
}

impl Pieces {
    fn of(form: &[Part], mode: TextMode, variants: Option<&Variants>, most: usize) -> Self {
        let mut text = Self {
            begins: true,
            pieces: vec![],
            ends: true,
        };
        let mut piece = String::new();
        let (mut letters, mut alternatives) = (0, 0);
        // Where marks are not folded away: what may follow a letter may be one that the server makes another letter of.
        let joins = mode != TextMode::Folded;
        for part in form {
            let Part::Text(signs) = part else {
                text.open(&mut piece, joins);
                continue;
            };
            for sign in signs.chars() {
                let others = variants
                    .and_then(|known| known.get(&sign))
                    .map_or(0, Vec::len);
                let is_full = letters == LETTERS || alternatives + others > most;
                if is_full || !is_asked(sign, mode) {
                    text.open(&mut piece, joins);
                    continue;
                }
                letters += 1;
                alternatives += others;
                piece.push(sign);
                text.ends = true;
            }
        }
        let ends = text.ends && piece.chars().any(char::is_alphanumeric);
        text.open(&mut piece, joins && !ends);
        text.ends = ends;
        text
    }

    /// Anything may stand here, also what joins with the last letter of a piece.
    fn open(&mut self, piece: &mut String, joins: bool) {
        let mut piece = std::mem::take(piece);
        if joins {
            piece.pop();
        }
        // Of signs alone nothing may be left by the server, which then finds nobody.
        if piece.chars().any(char::is_alphanumeric) {
            self.pieces.push(piece);
        } else if self.pieces.is_empty() {
            self.begins = false;
        }
        self.ends = false;
    }

    fn filter(&self, attribute: &str) -> String {
        let pieces: Vec<String> = self
            .pieces
            .iter()
            .map(|piece| filter::escaped(piece))
            .collect();
        let anything = |is_end: bool| if is_end { "" } else { "*" };
        let (before, after) = (anything(self.begins), anything(self.ends));
        format!("({attribute}={before}{}{after})", pieces.join("*"))
    }
}

/// Whether a sign is asked for; otherwise anything may stand in its place.
fn is_asked(sign: char, mode: TextMode) -> bool {
    if !sign.is_ascii() {
        return sign.is_alphabetic() && ALPHABETS.iter().any(|known| known.contains(&sign));
    }
    match mode {
        // Typographic signs are folded to plain ones.
        TextMode::Folded => sign.is_alphanumeric(),
        _ => sign.is_ascii_graphic() && !matches!(sign, '$' | '\\'),
    }
}

/// A character that is taken for another, or for several.
#[derive(Debug)]
struct Variant {
    sign: char,
    /// Whether the other is the first of several.
    begins: bool,
}

type Variants = BTreeMap<char, Vec<Variant>>;

/// What is taken for each character. Servers know capital letters.
fn variants(mode: TextMode) -> Option<&'static Variants> {
    static FOLDED: OnceLock<Variants> = OnceLock::new();
    static IGNORE_CASE: OnceLock<Variants> = OnceLock::new();
    let known = match mode {
        TextMode::Folded => &FOLDED,
        TextMode::IgnoreCase => &IGNORE_CASE,
        TextMode::Exact => return None,
    };
    Some(known.get_or_init(|| {
        let mut known = Variants::new();
        for sign in ALPHABETS.into_iter().flatten() {
            let mut lower = sign.to_lowercase();
            let lower = lower.next().filter(|_| lower.len() == 0);
            let is_capital = lower.is_some_and(|lower| {
                lower != sign && ALPHABETS.iter().any(|known| known.contains(&lower))
            });
            if is_capital && sign != '\u{1e9e}' && sign != '\u{212b}' {
                continue;
            }
            let text = sign.to_string();
            for form in mode.forms(&text).iter().filter(|form| *form != text) {
                for letter in form.chars() {
                    let others = known.entry(letter).or_default();
                    let begins = form.starts_with(letter);
                    match others.iter_mut().find(|other| other.sign == sign) {
                        Some(other) => other.begins |= begins,
                        None => others.push(Variant { sign, begins }),
                    }
                }
            }
        }
        known
    }))
}

#[cfg(test)]
mod tests;
