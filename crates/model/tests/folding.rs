//! Folding and searching held to a reference that shares nothing with them: a table of letters, and plain backtracking.

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
