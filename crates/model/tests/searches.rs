//! Laws of the search language.

use kartoteka_model::search::{
    Affixes, Blanks, Grammar, SyntaxErrorKind, check_wildcard, parse, remarks, wildcard,
};
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
    parse(
        typed,
        grammar,
        Blanks::Text,
        &anywhere(),
        &["a".into(), "b".into()],
    )
    .ok()
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

/// Reads a search over a name, a login and a phone number, as Kartoteka's own doors do.
fn own(typed: &str, grammar: Grammar) -> Result<Condition, SyntaxErrorKind> {
    let fields = ["UserFirstname", "UserLastname", "UserLogin", "UserPhone"].map(str::to_owned);
    parse(typed, grammar, Blanks::Join, &anywhere(), &fields).map_err(|error| error.kind)
}

fn finds(typed: &str, grammar: Grammar) -> bool {
    let anna = Record::from_iter([
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak-O'Hara"),
        ("UserLogin", "anna.nowak@merkury.test"),
        ("UserPhone", "+48 22 123-45-67"),
    ]);
    own(typed, grammar).is_ok_and(|condition| condition.matches(&anna, TextMode::Folded))
}

#[test]
fn a_blank_joins_bare_words() {
    for grammar in BOTH {
        for typed in [
            "Anna Nowak",
            "nowak anna",
            "  anna   merkury ",
            "anna.nowak@mer",
            "anna !jan",
            "anna ! jan",
            "nowak AND anna",
            "jan OR nowak anna",
            "\"anna\" nowak",
            "an*a nowak",
            "anna *",
        ] {
            assert!(finds(typed, grammar), "{typed}");
        }
        for typed in [
            "anna kowal",
            "\"anna nowak\"",
            "anna\\ nowak",
            "anna !nowak",
            "! anna",
        ] {
            assert!(!finds(typed, grammar), "{typed}");
        }
        assert_eq!(
            own("anna !", grammar).unwrap_err(),
            SyntaxErrorKind::MissingWord
        );
        assert_eq!(
            own("a AND OR b", grammar).unwrap_err(),
            SyntaxErrorKind::OperatorClash
        );
    }
    assert!(finds("(anna jan) || (nowak anna)", Grammar::Full));
    assert!(!finds("!(nowak anna)", Grammar::Full));
}

#[test]
fn phone_numbers_are_found_by_their_digits() {
    for grammar in BOTH {
        for typed in [
            "123 45 67",
            "1234567",
            "22 1234567",
            "+48 22 123",
            "+48221234567",
            "22/12345",
            "123-45-67",
            "anna 123 45 67 nowak",
            "!99999",
            "4567 OR jan",
        ] {
            let few = typed == "4567 OR jan";
            assert_eq!(finds(typed, grammar), !few, "{typed}");
        }
        for typed in [
            "!1234567",
            "\"1234567\"",
            "12345 68",
            "1234567x",
            "67 45 19",
        ] {
            assert!(!finds(typed, grammar), "{typed}");
        }
    }
    // One number after the other is not one number.
    let fields = ["UserPhone".to_owned()];
    let two = Record::from_iter([("UserPhone", "030/1234, 030/5678")]);
    let found = |typed: &str| {
        let condition = parse(typed, Grammar::Words, Blanks::Join, &anywhere(), &fields).unwrap();
        condition.matches(&two, TextMode::Folded)
    };
    assert!(found("0301234") && found("0305678") && !found("34030"));
}

#[test]
fn what_is_not_closed_is_remarked_at_its_place() {
    let said = |typed: &str, grammar| {
        let found = remarks(typed, grammar).into_iter();
        found
            .map(|one| (one.at, one.kind.code()))
            .collect::<Vec<_>>()
    };
    for (typed, at, code) in [
        ("(nowak", 0, "parenthesis"),
        ("nowak)", 5, "parenthesis"),
        ("\"anna", 0, "quote"),
        ("anna\" x", 4, "quote"),
        ("nowak &&", 6, "plain-operator"),
        ("nowak ||", 6, "plain-operator"),
        ("nowak +", 6, "operator"),
        ("nowak OR", 6, "operator"),
    ] {
        assert_eq!(said(typed, Grammar::Words), [(at, code)], "{typed}");
    }
    assert_eq!(said("nowak &&", Grammar::Full), [(6, "operator")]);
    for typed in [
        "(nowak)", "anna+jan", "\"a\" b", "\\(nowak", "a\\\"", "R&D", "", " ", "+",
    ] {
        assert_eq!(said(typed, Grammar::Words), [], "{typed}");
    }
}

proptest! {
    #[test]
    fn remarks_stand_in_the_text(typed in prop_oneof![any::<String>(), SIGNS]) {
        for grammar in BOTH {
            let length = typed.chars().count();
            prop_assert!(remarks(&typed, grammar).iter().all(|remark| remark.at < length));
        }
    }

    #[test]
    fn blanks_join_as_plus_does(words in prop::collection::vec("[ab]{1,2}", 1..4), a in "[ab ]{0,4}", b in "[ab ]{0,4}") {
        for grammar in BOTH {
            let read = |join: &str| parse(&words.join(join), grammar, Blanks::Join, &anywhere(), &["a".into(), "b".into()]);
            let value = record(&a, &b);
            prop_assert_eq!(read(" ").unwrap().matches(&value, TextMode::Folded), read("+").unwrap().matches(&value, TextMode::Folded));
        }
    }

    #[test]
    fn every_text_is_read_or_refused_at_a_place_in_it(typed in prop_oneof![any::<String>(), SIGNS]) {
        for grammar in BOTH {
          for blanks in [Blanks::Text, Blanks::Join] {
            if let Err(error) = parse(&typed, grammar, blanks, &anywhere(), &["a".into()]) {
                prop_assert!(error.at <= typed.chars().count());
                prop_assert_eq!(error.kind == SyntaxErrorKind::Empty, kartoteka_model::text::trim(&typed).is_empty());
            }
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
        parse(
            typed,
            Grammar::Full,
            Blanks::Text,
            &anywhere(),
            &["a".into()],
        )
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
    assert_eq!(kind(&"a+".repeat(100)), None);
    assert_eq!(kind(&"*a".repeat(50)), None);
    let many = SyntaxErrorKind::TooManyWords;
    assert_eq!(kind(&"a+".repeat(5_000)), Some(many));
    assert_eq!(kind(&"!(a)||".repeat(1_600)), Some(many));
    let stars = SyntaxErrorKind::TooManyWildcards;
    assert_eq!(kind(&"*i".repeat(1_000)), Some(stars));
    assert_eq!(kind(&"*i+".repeat(60)), Some(stars));
}

#[test]
fn what_is_too_much_is_shown_at_its_place() {
    let at = |typed: &str| {
        let read = parse(
            typed,
            Grammar::Words,
            Blanks::Text,
            &anywhere(),
            &["a".into()],
        );
        read.map_err(|error| error.at).err()
    };
    assert_eq!(at(&"ab+".repeat(101)), Some(300));
    assert_eq!(at(&"*i".repeat(51)), Some(100));
    let place = |typed: &str| check_wildcard(typed).map_err(|error| error.at).err();
    assert_eq!(place(&"*i".repeat(50)), None);
    assert_eq!(place(&"*i".repeat(1_000)), Some(100));
    assert_eq!(place(&"i".repeat(10_001)), Some(10_000));
}

/// No text takes longer to read than a long one does.
#[test]
fn odd_texts_are_read_at_once() {
    let begun = std::time::Instant::now();
    for piece in [
        "*!", "*!*", "* ", "\"", "\\\"", "(", "!", "AND ", "\"a", "*i",
    ] {
        for grammar in [Grammar::Words, Grammar::Full] {
            let typed: String = piece.chars().cycle().take(10_000).collect();
            let _ = parse(&typed, grammar, Blanks::Join, &anywhere(), &["a".into()]);
        }
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
