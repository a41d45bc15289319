//! Any text is read without a panic; every mistake lies within it, and can be shown.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let outcome = kartoteka_settings::read_text("kartoteka.toml", text, []);
    let lines = text.split('\n').count();
    for found in &outcome.diagnostics {
        assert!((1..=lines).contains(&(found.place.line as usize)), "{found}");
        assert!(!found.to_string().is_empty());
    }
    let errors = outcome.diagnostics.iter().any(|found| found.is_error());
    assert_eq!(outcome.settings.is_none(), errors);
});
