//! Any search is read or refused at a place within it, in both grammars; what is read can be evaluated.

#![no_main]

use kartoteka_model::search::{Affixes, Blanks, Grammar, SyntaxErrorKind, parse, wildcard};
use kartoteka_model::{Record, TextMode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let affixes = Affixes {
        prefix: "*".into(),
        suffix: "*".into(),
    };
    let fields = ["a".to_owned(), "b".to_owned()];
    let record = Record::from_iter([("a", text), ("b", "Łódź 50% (x)")]);
    for grammar in [Grammar::Words, Grammar::Full] {
        match parse(text, grammar, Blanks::Join, &affixes, &fields) {
            Ok(condition) => {
                for mode in [TextMode::Folded, TextMode::IgnoreCase, TextMode::Exact] {
                    let found = condition.matches(&record, mode);
                    assert_ne!(found, condition.clone().negate().matches(&record, mode));
                }
            }
            Err(error) => {
                assert!(error.at <= text.chars().count(), "{error}");
                assert_eq!(
                    error.kind == SyntaxErrorKind::Empty,
                    text.chars().count() <= kartoteka_model::search::MAX_LENGTH
                        && text.trim().is_empty()
                );
            }
        }
    }
    assert!(wildcard("*").matches(text, TextMode::Folded));
    let _ = wildcard(text).matches(text, TextMode::Folded);
});
