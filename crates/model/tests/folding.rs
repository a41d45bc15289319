//! Folding and searching held to references that share nothing with them: a table of letters, the collation of ICU, and
//! plain backtracking.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use kartoteka_model::text::fold;
use kartoteka_model::{Part, Pattern, TextMode};
use proptest::prelude::*;

/// Letters by what they fold to, as Unicode's collation has them at its first level, and D15 for those that it takes for
/// letters of their own (`ł`, `ø`).
const TABLE: [(&str, &str); 34] = [
    ("a", "AaÀàÁáÂâÃãÄäÅåĀāĂăĄąǍǎẠạẢảẤấẬậẮắ"),
    ("b", "BbḂḃ"),
    ("c", "CcÇçĆćĈĉĊċČč"),
    ("d", "DdĎďĐđÐðḌḍ"),
    ("e", "EeÈèÉéÊêËëĒēĔĕĖėĘęĚěẸẹẼẽỀềỆệ"),
    ("f", "FfḞḟ"),
    ("g", "GgĜĝĞğĠġĢģ"),
    ("h", "HhĤĥĦħḤḥ"),
    ("i", "IiÌìÍíÎîÏïĨĩĪīĬĭĮįİıỊị"),
    ("j", "JjĴĵ"),
    ("k", "KkĶķǨǩ"),
    ("l", "LlĹĺĻļĽľŁłḶḷ"),
    ("m", "MmṀṁ"),
    ("n", "NnÑñŃńŅņŇňṄṅ"),
    ("o", "OoÒòÓóÔôÕõÖöØøŌōŎŏŐőƠơỌọỐốỘộỢợ"),
    ("p", "PpṖṗ"),
    ("q", "Qq"),
    ("r", "RrŔŕŖŗŘř"),
    ("s", "SsŚśŜŝŞşŠšȘșṢṣ"),
    ("t", "TtŢţŤťŦŧȚțṬṭ"),
    ("u", "UuÙùÚúÛûÜüŨũŪūŬŭŮůŰűŲųƯưỤụỨứỰự"),
    ("v", "VvṼṽ"),
    ("w", "WwŴŵẀẁẂẃ"),
    ("x", "XxẊẋ"),
    ("y", "YyÝýÿŸŶŷỲỳỸỹ"),
    ("z", "ZzŹźŻżŽžẒẓ"),
    ("ss", "ßẞ"),
    ("ae", "ÆæǼǽ"),
    ("oe", "Œœ"),
    ("th", "Þþ"),
    ("о", "Оо"),
    ("и", "ИиЙй"),
    ("σ", "Σσς"),
    ("ο", "ΟοΌό"),
];

fn reference(text: &str) -> String {
    let one = |c: char| {
        let row = TABLE.iter().find(|(_, letters)| letters.contains(c));
        row.map_or_else(|| c.to_string(), |(folded, _)| (*folded).to_owned())
    };
    text.chars().map(one).collect()
}

/// The folding with umlauts written out.
fn written_out(text: &str) -> String {
    let one = |c: char| match c {
        'ä' | 'Ä' => "ae".to_owned(),
        'ö' | 'Ö' => "oe".to_owned(),
        'ü' | 'Ü' => "ue".to_owned(),
        c => reference(&c.to_string()),
    };
    text.chars().map(one).collect()
}

fn letters() -> Vec<char> {
    let all = TABLE.iter().flat_map(|(_, letters)| letters.chars());
    all.chain("0 9_%*\\-@.".chars()).collect()
}

/// Few letters, so that patterns meet values.
fn text(most: usize) -> impl Strategy<Value = String> {
    let few: Vec<char> = "aAäÄąeEuUüßsSłL%_".chars().collect();
    prop::collection::vec(prop::sample::select(few), 0..most)
        .prop_map(|chars| chars.into_iter().collect())
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let part = prop_oneof![Just(Part::Any), text(3).prop_map(Part::Text)];
    prop::collection::vec(part, 0..5).prop_map(Pattern)
}

fn backtrack(pattern: &[Option<String>], value: &str) -> bool {
    match pattern.split_first() {
        None => value.is_empty(),
        Some((None, rest)) => {
            let mut places = value.char_indices().map(|(at, _)| at).chain([value.len()]);
            places.any(|at| backtrack(rest, &value[at..]))
        }
        Some((Some(text), rest)) => value
            .strip_prefix(text.as_str())
            .is_some_and(|left| backtrack(rest, left)),
    }
}

/// What a search means: a form of the pattern meets a form of the value.
fn matches(pattern: &Pattern, value: &str, forms: &[fn(&str) -> String]) -> bool {
    let in_form = |form: fn(&str) -> String| -> Vec<Option<String>> {
        let parts = pattern.0.iter();
        parts
            .map(|part| match part {
                Part::Any => None,
                Part::Text(text) => Some(form(text)),
            })
            .collect()
    };
    forms.iter().any(|of_pattern| {
        forms
            .iter()
            .any(|of_value| backtrack(&in_form(*of_pattern), &of_value(value)))
    })
}

#[test]
fn every_letter_folds_as_the_table_says() {
    for c in letters() {
        let text = c.to_string();
        assert_eq!(fold(&text), reference(&text), "{c:?}");
    }
}

/// Letters that people write names with: Latin, Greek, Cyrillic, Hebrew, Arabic, those of India, Thailand, Tibet, Burma,
/// Georgia and Cambodia, Latin and Greek with more than one mark, and the Japanese ones that write sounds.
const WRITTEN: [std::ops::Range<u32>; 6] = [
    0xa0..0x300,
    0x370..0x1000,
    0x1000..0x1100,
    0x1780..0x17d4,
    0x1e00..0x2000,
    0x3040..0x3100,
];

/// Letters that ICU takes for others, and D15 for the ones they look like: those with a stroke, a dot or a hook, signs
/// beside letters, `й` and the Arabic carriers of a hamza; and marks of Samaritan and Shan.
const TAKEN_FOR_PLAIN: &str = "ÞþıŉŊŋŦŧʹʻʼʽ\u{374}ͺЙйآأؤإئٵٶٷٸ\u{816}\u{817}\u{81b}\u{108d}";

/// Letters that ICU takes for the ones they look like, and folding for others: the Catalan `ŀ`, which is two, `ґ`, and
/// two of phonetics.
const TAKEN_FOR_OTHERS: &str = "ĿŀҐґʣʦ";

fn written(of: &[std::ops::Range<u32>]) -> Vec<char> {
    let all = of.iter().flat_map(Clone::clone).filter_map(char::from_u32);
    all.filter(|c| c.is_alphabetic()).collect()
}

/// What ICU compares without regard to case and marks.
fn collation() -> CollatorBorrowed<'static> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    Collator::try_new(Default::default(), options).unwrap()
}

#[test]
fn nothing_folds_to_what_icu_takes_for_another_letter() {
    let icu = collation();
    let letters = written(&WRITTEN);
    assert!(letters.len() > 3000);
    let others = letters.into_iter().filter(|c| {
        let text = c.to_string();
        icu.compare(&text, &fold(&text)) != Ordering::Equal
    });
    assert_eq!(others.collect::<String>(), TAKEN_FOR_PLAIN);
}

#[test]
fn what_icu_takes_for_one_letter_folds_to_one() {
    let icu = collation();
    // Latin, Greek, Cyrillic and Hebrew.
    let mut letters = written(&[0x41..0x300, 0x370..0x530, 0x5d0..0x5eb, 0x1e00..0x2000]);
    letters.retain(|c| !TAKEN_FOR_PLAIN.contains(*c) && !TAKEN_FOR_OTHERS.contains(*c));
    let mut letters: Vec<String> = letters.iter().map(char::to_string).collect();
    letters.sort_by(|a, b| icu.compare(a, b));
    for pair in letters.windows(2) {
        if icu.compare(&pair[0], &pair[1]) == Ordering::Equal {
            assert_eq!(fold(&pair[0]), fold(&pair[1]), "{pair:?}");
        }
    }
}

#[test]
fn vowels_of_india_and_thailand_count() {
    for (one, other) in [("राम", "रम"), ("कमल", "कमला"), ("ดี", "ดา"), ("பாலு", "பல")]
    {
        assert_ne!(fold(one), fold(other));
        assert!(!Pattern::exact(one).matches(other, TextMode::Folded));
    }
    assert_eq!(fold("ま"), "ま");
    assert_eq!(fold("שָׁלוֹם"), fold("שלום"));
}

proptest! {
    #[test]
    fn texts_fold_as_the_table_says(text in prop::collection::vec(prop::sample::select(letters()), 0..12)) {
        let text: String = text.into_iter().collect();
        prop_assert_eq!(fold(&text), reference(&text));
    }

    #[test]
    fn folded_patterns_mean_what_the_reference_says(pattern in pattern(), value in text(8)) {
        let forms = [reference as fn(&str) -> String, written_out];
        prop_assert_eq!(
            pattern.matches(&value, TextMode::Folded),
            matches(&pattern, &value, &forms),
            "{:?} of {}", pattern, value
        );
    }

    #[test]
    fn exact_patterns_mean_what_the_reference_says(pattern in pattern(), value in text(8)) {
        prop_assert_eq!(
            pattern.matches(&value, TextMode::Exact),
            matches(&pattern, &value, &[str::to_owned])
        );
    }
}
