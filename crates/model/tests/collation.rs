//! Orders held to what dictionaries say, and their keys to ICU's own comparing.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use kartoteka_model::collation::{CollationError, FOLDED, ORDERED_BY, ROOT};
use kartoteka_model::{Collation, text};
use proptest::prelude::*;

/// Orders, with texts as they stand in them.
const ORDERS: [(&str, &[&str]); 12] = [
    (
        "pl",
        &[
            "Czech", "Ćwik", "Lis", "Lotnik", "Łoś", "Nowak", "Obara", "Olga", "Ósmy", "Pan",
            "Zając", "Zzz", "Źrebak", "Żak",
        ],
    ),
    // As long as base letters differ, accents and case make no difference.
    ("pl", &["żaba", "Żaba", "żabka", "ŻABKA", "Żabka Z"]),
    (
        "de",
        &[
            "Mudrak", "Müller", "Muller Z", "Münch", "Strasse", "Straße", "Strasser",
        ],
    ),
    ("de", &["Mueller", "Muffel", "Muller", "Müller"]),
    (
        "de-u-co-phonebk",
        &["Mueller", "Müller", "Muffel", "Muller"],
    ),
    // Austria's has umlauts as letters of their own.
    (
        "de-AT-u-co-phonebk",
        &["Mueller", "Muffel", "Muller", "Müller"],
    ),
    (
        "sv",
        &["Andersson", "Zetterlund", "Åberg", "Ärlig", "Öberg"],
    ),
    ("nb", &["Andersen", "Zahl", "Ærø", "Ødegård", "Åsen"]),
    ("cs", &["Cech", "Čech", "Hanák", "Chalupa", "Ivan"]),
    ("es", &["Nunez", "Núñez", "Nuñoz", "Ochoa"]),
    ("und-u-kn", &["Filiale 2", "Filiale 10"]),
    // D15: the first of each pair is the second, and what came first stays.
    (FOLDED, &["Łódź", "lodz", "Müller", "muller", "Żak", "zaK"]),
];

#[test]
fn texts_stand_as_dictionaries_have_them() {
    for (name, expected) in ORDERS {
        let collation = Collation::parse(name).unwrap();
        let mut texts: Vec<&str> = expected.to_vec();
        if name != FOLDED {
            texts.reverse();
        }
        texts.sort_by_key(|text| collation.key(text));
        assert_eq!(texts, expected, "{name}");
    }
}

#[test]
fn what_is_folded_is_as_before() {
    let folded = Collation::parse("Folded").unwrap();
    assert!(folded.is_folded());
    assert_eq!(folded, Collation::folded());
    for text in ["Łódź", "Straße", "", "a_b", "😀 2"] {
        assert_eq!(folded.key(text), text::fold(text));
    }
}

#[test]
fn an_order_that_there_is_not_is_no_order() {
    let of = |name: &str| Collation::parse(name).unwrap_err();
    for name in ["", "polski!", "p", "pl_PL.UTF-8", "ł", &"a".repeat(10_000)] {
        assert_eq!(of(name), CollationError::NoTag, "{name}");
    }
    for name in ["xx", "qqq-DE", "pll"] {
        let unknown =
            CollationError::UnknownLanguage(name[..name.find('-').unwrap_or(name.len())].into());
        assert_eq!(of(name), unknown);
    }
    let other = CollationError::UnknownKind {
        language: "pl".into(),
        kind: "phonebk".into(),
        known: vec!["standard", "emoji", "eor"],
    };
    assert_eq!(of("pl-u-co-phonebk"), other);
    assert!(matches!(
        of("de-u-co-search"),
        CollationError::UnknownKind { .. }
    ));
    assert_eq!(
        of("de-u-ks-level1"),
        CollationError::UnknownExtension("ks".into())
    );
    assert!(matches!(
        of("de-x-mine"),
        CollationError::UnknownExtension(_)
    ));
    assert!(matches!(of("de-t-en"), CollationError::UnknownExtension(_)));
    assert_eq!(of("de-u-kf-large"), CollationError::UnknownValue);
}

#[test]
fn a_name_is_written_in_one_way() {
    for (written, name) in [
        ("PL", "pl"),
        ("pl-pl", "pl-PL"),
        ("DE-U-CO-Phonebk", "de-u-co-phonebk"),
    ] {
        let collation = Collation::parse(written).unwrap();
        assert_eq!(collation.name(), name);
        assert_eq!(collation, Collation::parse(name).unwrap());
    }
    assert_eq!(Collation::default().name(), ROOT);
    assert!(!Collation::default().is_folded());
}

#[test]
fn a_long_text_has_no_longer_key_than_its_beginning() {
    for name in ["pl", "zh", "th"] {
        let collation = Collation::parse(name).unwrap();
        for unit in ["a", "Ż", "字", "a\u{301}", "\u{fdfa}", "😀", "\u{1}", "9"] {
            let beginning: String = unit.chars().cycle().take(ORDERED_BY).collect();
            assert_eq!(
                collation.key(&beginning.repeat(200)),
                collation.key(&beginning)
            );
        }
    }
}

/// Whatever stores keys has to make them anew when another version makes others.
#[test]
fn the_version_that_makes_the_keys_is_named() {
    let lock = include_str!("../../../Cargo.lock");
    let (_, of_collator) = lock
        .split_once("name = \"icu_collator\"\nversion = \"")
        .unwrap();
    let (version, _) = of_collator.split_once('"').unwrap();
    let named = format!("{:?}", Collation::parse("pl").unwrap());
    assert_eq!(named, format!("pl by icu_collator {version}"));
}

const LANGUAGES: [&str; 9] = [
    ROOT,
    "pl",
    "de",
    "de-u-co-phonebk",
    "sv",
    "ru",
    "el",
    "zh",
    "da-u-kf-upper",
];

fn icu(name: &str) -> CollatorBorrowed<'static> {
    let locale: Locale = name.parse().unwrap();
    Collator::try_new(locale.into(), CollatorOptions::default()).unwrap()
}

fn texts() -> impl Strategy<Value = String> {
    let letters = "[a-zA-ZąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜåÅéñ ,.'_0-9-]{0,6}";
    let others = "[α-ωά-ώа-яА-Яёіїґ字张王李中国日本語\u{300}-\u{328}\u{1}\u{1f}😀👍🏽\u{200b}]{0,4}";
    prop_oneof![
        4 => letters.prop_map(String::from),
        2 => others.prop_map(String::from),
        1 => (letters, others).prop_map(|(one, other)| one + &other),
        1 => any::<String>().prop_map(|text| text.chars().take(ORDERED_BY).collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn keys_compare_as_icu_compares(language in prop::sample::select(&LANGUAGES[..]), one in texts(), other in texts()) {
        let collation = Collation::parse(language).unwrap();
        let expected = icu(language).compare(&one, &other);
        prop_assert_eq!(collation.key(&one).cmp(&collation.key(&other)), expected);
        // As bytes, which is how databases compare them.
        prop_assert_eq!(collation.key(&one).as_bytes().cmp(collation.key(&other).as_bytes()), expected);
        // What stands between two fields comes before everything that a key goes on with.
        let joined = |text: &str| collation.key(text) + "\u{1}" + &collation.key("");
        prop_assert_eq!(joined(&one).cmp(&joined(&other)), expected);
        prop_assert!(!collation.key(&one).contains('\0'));
    }
}
