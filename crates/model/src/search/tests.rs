use proptest::prelude::*;

use super::*;
use crate::{Record, TextMode};

fn fields() -> Vec<String> {
    vec!["a".into(), "b".into()]
}

fn read(text: &str, grammar: Grammar) -> Result<Condition, SyntaxError> {
    parse(
        text,
        grammar,
        Blanks::Text,
        &Affixes {
            prefix: "*".into(),
            suffix: "*".into(),
        },
        &fields(),
    )
}

fn finds(text: &str, grammar: Grammar, a: &str, b: &str) -> bool {
    let record = Record::from_iter([("a", a), ("b", b)]);
    read(text, grammar)
        .expect(text)
        .matches(&record, TextMode::Folded)
}

#[test]
fn words_stand_in_any_field() {
    assert!(finds("john+smith", Grammar::Words, "John", "Smith"));
    assert!(!finds("john smith", Grammar::Words, "John", "Smith"));
    assert!(finds("john OR anna", Grammar::Words, "Anna", ""));
    assert!(finds("lodz", Grammar::Words, "Łódź", ""));
    assert!(finds("mueller", Grammar::Words, "Müller", ""));
    assert!(finds("müller", Grammar::Words, "Mueller", ""));
}

#[test]
fn malformed_searches_point_at_their_place() {
    let error = |text: &str, grammar| read(text, grammar).expect_err(text);
    assert_eq!(error("anna AND OR beata", Grammar::Words).at, 9);
    assert_eq!(
        error("!", Grammar::Words).kind,
        SyntaxErrorKind::MissingWord
    );
    assert_eq!(error("  ", Grammar::Words).kind, SyntaxErrorKind::Empty);
    assert_eq!(
        error("(a", Grammar::Full),
        SyntaxError {
            at: 0,
            kind: SyntaxErrorKind::Unclosed
        }
    );
    assert_eq!(
        error("a)", Grammar::Full),
        SyntaxError {
            at: 1,
            kind: SyntaxErrorKind::Unopened
        }
    );
    assert_eq!(
        error(&"(".repeat(5000), Grammar::Full).kind,
        SyntaxErrorKind::TooDeep
    );
    assert_eq!(
        error(&"a".repeat(10_001), Grammar::Full).kind,
        SyntaxErrorKind::TooLong
    );
}

#[test]
fn the_same_operator_word_twice_is_text_the_second_time() {
    assert!(finds("x OR OR b", Grammar::Words, "or b", ""));
    assert!(!finds("x OR OR b", Grammar::Words, "b", ""));
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in ".{0,60}") {
        let _ = read(&text, Grammar::Words);
        let _ = read(&text, Grammar::Full);
    }

    #[test]
    fn signs_in_any_order_are_read(text in r#"[ab "!*+&|()\\ANDOR]{0,24}"#) {
        let _ = read(&text, Grammar::Words);
        let _ = read(&text, Grammar::Full);
    }

    #[test]
    fn a_negation_is_the_complement(word in "[a-zł]{1,4}", a in "[a-zł]{0,6}", b in "[a-zł]{0,6}") {
        let not = format!("!{word}");
        prop_assert_ne!(finds(&word, Grammar::Words, &a, &b), finds(&not, Grammar::Words, &a, &b));
        let twice = format!("!!{word}");
        prop_assert_eq!(finds(&word, Grammar::Full, &a, &b), finds(&twice, Grammar::Full, &a, &b));
    }

    #[test]
    fn a_part_of_a_value_is_found(value in "[a-zA-ZäöüłŁß]{3,8}", from in 0usize..2, to in 3usize..8) {
        let chars: Vec<char> = value.chars().collect();
        let part: String = chars[from..to.min(chars.len())].iter().collect();
        prop_assume!(part != "OR" && part != "AND");
        prop_assert!(finds(&part, Grammar::Words, &value, ""));
    }
}
