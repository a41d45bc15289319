//! Laws of folding and of keys.

use kartoteka_model::TextMode;
use kartoteka_model::text::{composed, fold, key_forms, lower, same_key, trim};
use proptest::prelude::*;

/// Text as people type it: no combining marks, which belong to the character before.
const ORDINARY: &str = "[a-zA-Z0-9ÄÖÜäöüßẞąćęłńóśźżŁŚŻØøÆæœçéèñİıΑ-Ωα-ως😀 .,@'*%_-]{0,12}";

fn meet(a: &str, b: &str) -> bool {
    let (a, b) = (TextMode::Folded.forms(a), TextMode::Folded.forms(b));
    a.iter().any(|a| b.iter().any(|b| a == b))
}

#[test]
fn diacritics_do_not_count() {
    for (a, b) in [
        ("lodz", "Łódź"),
        ("muller", "Müller"),
        ("mueller", "Müller"),
        ("strasse", "Straße"),
        ("STRASSE", "straße"),
        ("sorensen", "Sørensen"),
        ("u\u{308}ber", "Über"),
        ("ΟΔΟΣ", "οδος"),
    ] {
        assert!(meet(a, b), "{a} {b}");
    }
    assert!(!meet("mueller", "Muller"));
    assert!(!meet("moller", "Müller"));
}

#[test]
fn typography_and_invisible_characters_do_not_count() {
    for (a, b) in [
        ("o'hara", "O\u{2019}Hara"),
        ("o'hara", "O\u{2bc}Hara"),
        ("o'hara", "O\u{b4}Hara"),
        ("meyer-lang", "Meyer\u{2013}Lang"),
        ("meyer-lang", "Meyer\u{2011}Lang"),
        ("meyer-lang", "Meyer\u{2212}Lang"),
        ("anna nowak", "Anna\u{a0}Nowak"),
        ("anna nowak", "Anna\u{2009}Nowak"),
        ("\"anna\"", "„Anna“"),
        ("anna", "an\u{ad}na\u{200b}"),
        ("anna", "\u{feff}anna"),
    ] {
        assert!(meet(a, b) && meet(b, a), "{a} {b}");
    }
}

#[test]
fn what_is_not_seen_is_trimmed() {
    for (text, trimmed) in [
        ("\u{200b}", ""),
        (" \u{ad}\u{2060} ", ""),
        ("\u{fe0f}", ""),
        ("\u{feff}anna\u{a0}\u{200b} ", "anna"),
        ("an\u{ad}na", "an\u{ad}na"),
        ("\u{2764}\u{fe0f}", "\u{2764}\u{fe0f}"),
    ] {
        assert_eq!(trim(text), trimmed, "{text:?}");
    }
}

#[test]
fn keys_are_the_same_composed_or_not() {
    let (one, other) = ("b\u{f6}", "bo\u{308}");
    assert!(same_key(one, other) && same_key("BO\u{308}", one));
    assert!(!same_key(one, "bo") && !same_key("anna", "anna\u{200b}"));
    assert_eq!(composed(other), one);
    assert_eq!(key_forms(one), [one, other]);
    assert_eq!(key_forms("anna"), ["anna"]);
}

#[test]
fn keys_differ_by_accents_and_blanks_but_not_by_case() {
    assert!(same_key("ŁÓDŹ-01", "łódź-01"));
    assert!(!same_key("lodz-01", "łódź-01"));
    assert!(!same_key("anna", "anna "));
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_goes_part_by_part(a in any::<String>(), b in any::<String>()) {
        prop_assert_eq!(fold(&a) + &fold(&b), fold(&(a + &b)));
    }

    #[test]
    fn spelling_goes_part_by_part(a in ORDINARY, b in ORDINARY) {
        let spelled = |text: &str| {
            let forms = TextMode::Folded.forms(text);
            forms.spelled.unwrap_or(forms.plain)
        };
        prop_assert_eq!(spelled(&a) + &spelled(&b), spelled(&(a + &b)));
    }

    #[test]
    fn case_never_counts(text in ORDINARY) {
        prop_assert!(meet(&text, &lower(&text)));
        prop_assert!(same_key(&text, &lower(&text)));
    }

    #[test]
    fn keys_are_an_equivalence(a in "[aAłŁäÄß ]{0,3}", b in "[aAłŁäÄß ]{0,3}", c in "[aAłŁäÄß ]{0,3}") {
        prop_assert!(same_key(&a, &a));
        prop_assert_eq!(same_key(&a, &b), same_key(&b, &a));
        prop_assert!(!(same_key(&a, &b) && same_key(&b, &c)) || same_key(&a, &c));
    }

    #[test]
    fn equal_keys_are_found_alike(a in ORDINARY, b in ORDINARY) {
        prop_assert!(!same_key(&a, &b) || meet(&a, &b));
    }
}
