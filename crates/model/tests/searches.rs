//! Laws of the search language.

use kartoteka_model::search::{Affixes, Grammar, SyntaxErrorKind, parse, wildcard};
use kartoteka_model::{Condition, Record, TextMode};
use proptest::prelude::*;

const BOTH: [Grammar; 2] = [Grammar::Words, Grammar::Full];

/// Texts made of what has a meaning somewhere.
const SIGNS: &str = r#"([ab ]|"|\\|\*|!|\+|\(|\)|&|\||AND| AND | OR |OR){0,20}"#;

fn anywhere() -> Affixes {
    Affixes {
        prefix: "*".into(),
        suffix: "*".into(),
    }
}

fn condition(typed: &str, grammar: Grammar) -> Option<Condition> {
    parse(typed, grammar, &anywhere(), &["a".into(), "b".into()]).ok()
}

fn record(a: &str, b: &str) -> Record {
    Record::from_iter([("a", a), ("b", b)])
}

/// Puts a backslash before everything that could have a meaning.
fn escaped(text: &str) -> String {
    let signs = "*+()&|!\"\\ ";
    text.chars()
        .flat_map(|c| signs.contains(c).then_some('\\').into_iter().chain([c]))
        .collect()
}

proptest! {
    #[test]
    fn every_text_is_read_or_refused_at_a_place_in_it(typed in prop_oneof![any::<String>(), SIGNS]) {
        for grammar in BOTH {
            if let Err(error) = parse(&typed, grammar, &anywhere(), &["a".into()]) {
                prop_assert!(error.at <= typed.chars().count());
                prop_assert_eq!(error.kind == SyntaxErrorKind::Empty, typed.trim().is_empty());
            }
        }
        let _ = wildcard(&typed);
    }

    #[test]
    fn an_escaped_value_is_found(value in r#"[ab "!*+&|()\\łÜß]{1,10}"#, other in "[ab]{0,3}") {
        let typed = escaped(&value);
        let around = format!("{other}{value}{other}");
        for grammar in BOTH {
            let condition = condition(&typed, grammar).unwrap();
            for mode in [TextMode::Folded, TextMode::IgnoreCase, TextMode::Exact] {
                prop_assert!(condition.matches(&record(&other, &around), mode));
            }
        }
        prop_assert!(wildcard(&typed).matches(&value, TextMode::Exact));
    }

    #[test]
    fn a_word_of_a_value_is_found_in_other_spelling(words in prop::collection::vec("[a-zA-ZäöüÄÖÜłŁß]{1,6}", 1..4), at in 0usize..4) {
        let word = &words[at % words.len()];
        prop_assume!(word != "AND" && word != "OR");
        let value = record("", &words.join(" "));
        for grammar in BOTH {
            for typed in [word.clone(), word.to_lowercase(), kartoteka_model::text::fold(word)] {
                prop_assert!(condition(&typed, grammar).unwrap().matches(&value, TextMode::Folded), "{}", typed);
            }
        }
    }

    #[test]
    fn a_negation_is_the_complement(typed in SIGNS, a in "[ab ]{0,4}", b in "[ab ]{0,4}") {
        let value = record(&a, &b);
        let grouped = format!("({typed})");
        // Alone it has to have a meaning too: `)(` has none, though `()()` could.
        let plain = condition(&typed, Grammar::Full).and_then(|_| condition(&grouped, Grammar::Full));
        if let Some(plain) = plain {
            let once = condition(&format!("!{grouped}"), Grammar::Full).unwrap();
            let twice = condition(&format!("!!{grouped}"), Grammar::Full).unwrap();
            prop_assert_ne!(plain.matches(&value, TextMode::Folded), once.matches(&value, TextMode::Folded));
            prop_assert_eq!(plain.matches(&value, TextMode::Folded), twice.matches(&value, TextMode::Folded));
        }
    }

    #[test]
    fn and_binds_stronger_than_or(a in "[abc]", b in "[abc]", c in "[abc]", value in "[abc]{0,2}") {
        let read = |typed: String| condition(&typed, Grammar::Full).unwrap().matches(&record(&value, ""), TextMode::Folded);
        prop_assert_eq!(read(format!("{a} OR {b} + {c}")), read(format!("{a} OR ({b} + {c})")));
        prop_assert_eq!(read(format!("{a} AND {b} OR {c}")), read(format!("({a} && {b}) || {c}")));
        prop_assert_eq!(read(format!("!({a} || {b})")), read(format!("!{a} && !{b}")));
    }
}

#[test]
fn bounds_are_errors_and_nothing_overflows() {
    let kind = |typed: &str| {
        parse(typed, Grammar::Full, &anywhere(), &["a".into()])
            .map_err(|error| error.kind)
            .err()
    };
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(kind(&nested(100)), None);
    assert_eq!(kind(&nested(101)), Some(SyntaxErrorKind::TooDeep));
    assert_eq!(kind(&"!".repeat(9_999)), Some(SyntaxErrorKind::MissingWord));
    assert_eq!(
        kind(&format!("{}a", "!(".repeat(60))),
        Some(SyntaxErrorKind::Unclosed)
    );
    assert_eq!(kind(&"a".repeat(10_001)), Some(SyntaxErrorKind::TooLong));
    assert_eq!(kind(&"a+".repeat(5_000)), None);
}
