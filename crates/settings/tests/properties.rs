use kartoteka_settings::{example, nearest, read_text};
use proptest::prelude::*;

/// Any text: no panic, every mistake within the file, settings exactly if there is no error.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let outcome = read_text("kartoteka.toml", text, []);
    let lines = text.split('\n').count() as u32;
    for found in &outcome.diagnostics {
        prop_assert!((1..=lines).contains(&found.place.line), "{found}");
        prop_assert!(found.place.column >= 1, "{found}");
        prop_assert!(
            !found.text().contains('…') || !found.params.is_empty(),
            "{found}"
        );
    }
    let errors = outcome.diagnostics.iter().any(|found| found.is_error());
    prop_assert_eq!(outcome.settings.is_none(), errors);
    Ok(())
}

/// Pieces that make texts which are nearly settings.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "[CustomerUser]\n",
        "[CustomerUser1.Params]\n",
        "[server]\n",
        "[[lists]]\n",
        "Map",
        "MapAdd",
        "Selections",
        "Params",
        "DSN",
        "Module",
        "ReadOnly",
        "listen",
        " = ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"UserLogin\"",
        "\"login\"",
        "\"pw\"",
        "0",
        "1",
        "-1",
        "1e9",
        "true",
        "\n",
        "\"\\u0000\"",
        "1979-05-27",
        "\"DBI:mysql:database=x;host=y\"",
        "'",
        "\"\"\"",
        "#",
        "ł",
        "\u{feff}",
        "\r",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,4}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read(text in "(?s).{0,200}") {
        holds(&text)?;
    }

    #[test]
    fn any_pieces_are_read(pieces in prop::collection::vec(piece(), 0..60)) {
        holds(&pieces.concat())?;
    }

    #[test]
    fn a_damaged_example_is_read(at in 0usize..20_000, len in 0usize..20, by in "\\PC{0,3}") {
        let mut chars: Vec<char> = example().chars().collect();
        let at = at % chars.len();
        let end = (at + len).min(chars.len());
        chars.splice(at..end, by.chars());
        holds(&chars.into_iter().collect::<String>())?;
    }

    #[test]
    fn a_name_is_nearest_to_itself(name in "[a-z_]{3,20}") {
        prop_assert_eq!(nearest(&name, ["x", name.as_str()]), Some(name.as_str()));
    }
}
