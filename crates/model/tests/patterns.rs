//! Patterns held to a plain backtracking matcher.

use kartoteka_model::{Part, Pattern, TextMode};
use proptest::prelude::*;

fn backtrack(pattern: &[Part], value: &[char]) -> bool {
    match pattern.split_first() {
        None => value.is_empty(),
        Some((Part::Any, rest)) => (0..=value.len()).any(|skip| backtrack(rest, &value[skip..])),
        Some((Part::Text(text), rest)) => {
            let text: Vec<char> = text.chars().collect();
            value.starts_with(&text) && backtrack(rest, &value[text.len()..])
        }
    }
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let part = prop_oneof![Just(Part::Any), "[ab]{0,2}".prop_map(Part::Text)];
    prop::collection::vec(part, 0..7).prop_map(Pattern)
}

#[test]
fn very_long_patterns_are_matched() {
    let parts = [Part::Any, Part::Text("a".into())];
    let pattern = Pattern(parts.into_iter().cycle().take(200_000).collect());
    assert!(pattern.matches(&"a".repeat(100_000), TextMode::Exact));
    assert!(!pattern.matches(&"a".repeat(99_999), TextMode::Exact));
}

proptest! {
    #[test]
    fn matching_agrees_with_backtracking(pattern in pattern(), value in "[ab]{0,8}") {
        let chars: Vec<char> = value.chars().collect();
        prop_assert_eq!(pattern.matches(&value, TextMode::Exact), backtrack(&pattern.0, &chars));
    }

    #[test]
    fn simplifying_changes_no_meaning(pattern in pattern(), value in "[ab]{0,8}") {
        let simple = pattern.clone().simplified();
        prop_assert_eq!(
            pattern.matches(&value, TextMode::Exact),
            simple.matches(&value, TextMode::Exact)
        );
        prop_assert_eq!(simple.clone().simplified(), simple);
    }

    #[test]
    fn exact_and_contains_do_what_they_say(text in "\\PC{0,6}", around in "\\PC{0,4}") {
        for mode in [TextMode::Folded, TextMode::IgnoreCase, TextMode::Exact] {
            prop_assert!(Pattern::exact(&text).matches(&text, mode));
            let value = format!("{around}x{text}");
            prop_assert!(Pattern::contains("x").matches(&value, mode));
        }
    }
}
