//! Names and titles of people.

use std::borrow::Cow;

use crate::chance::Chance;
use crate::name_lists::{
    ENGLISH_LAST, ENGLISH_MEN, ENGLISH_WOMEN, GERMAN_LAST, GERMAN_MEN, GERMAN_WOMEN, POLISH_LAST,
    POLISH_MEN, POLISH_WOMEN,
};
use crate::places::Language;

/// A name, and a number that only people of this name have.
pub(crate) struct Name {
    pub(crate) first: &'static str,
    pub(crate) woman: bool,
    pub(crate) number: u64,
    last: &'static str,
    second: Option<&'static str>,
}

impl Name {
    /// The last name, a double one with its hyphen.
    pub(crate) fn last(&self) -> Cow<'static, str> {
        match self.second {
            None => Cow::Borrowed(self.last),
            Some(second) => Cow::Owned([self.last, "-", second].concat()),
        }
    }
}

/// Draws a name. Some women have double last names.
pub(crate) fn pick(language: Language, chance: &mut Chance) -> Name {
    let woman = chance.percent(50);
    let (women, men) = first_names(language);
    let firsts = if woman { women } else { men };
    let first = chance.skewed(firsts.len() as u64);
    let count = last_count(language);
    let last = chance.skewed(count);
    let second = (woman && chance.percent(8))
        .then(|| chance.below(count))
        .filter(|second| *second != last);
    let text = |at: u64| last_name(language, woman, at as usize);
    let mut number = language as u64;
    for (part, size) in [
        (u64::from(woman), 2),
        (first, 256),
        (last, 256),
        (second.map_or(0, |at| at + 1), 256),
    ] {
        number = number * size + part;
    }
    Name {
        first: firsts[first as usize],
        woman,
        number,
        last: text(last),
        second: second.map(text),
    }
}

/// A title or salutation.
pub(crate) fn title(language: Language, woman: bool, chance: &mut Chance) -> &'static str {
    match (language, woman) {
        (Language::Polish, true) => chance.pick(&["Pani", "dr", "mgr inż.", "dr hab."]),
        (Language::Polish, false) => chance.pick(&["Pan", "dr", "mgr inż.", "prof."]),
        (Language::German, true) => chance.pick(&["Frau", "Dr.", "Dipl.-Ing.", "Prof. Dr."]),
        (Language::German, false) => chance.pick(&["Herr", "Dr.", "Dipl.-Ing.", "Prof. Dr."]),
        (Language::English, true) => chance.pick(&["Ms", "Mrs", "Dr"]),
        (Language::English, false) => chance.pick(&["Mr", "Dr", "Sir"]),
    }
}

fn first_names(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::Polish => (POLISH_WOMEN, POLISH_MEN),
        Language::German => (GERMAN_WOMEN, GERMAN_MEN),
        Language::English => (ENGLISH_WOMEN, ENGLISH_MEN),
    }
}

fn last_count(language: Language) -> u64 {
    let count = match language {
        Language::Polish => POLISH_LAST.len(),
        Language::German => GERMAN_LAST.len(),
        Language::English => ENGLISH_LAST.len(),
    };
    count as u64
}

fn last_name(language: Language, woman: bool, at: usize) -> &'static str {
    match language {
        Language::Polish if woman => POLISH_LAST[at].1,
        Language::Polish => POLISH_LAST[at].0,
        Language::German => GERMAN_LAST[at],
        Language::English => ENGLISH_LAST[at],
    }
}
