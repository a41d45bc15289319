//! Tests of reading settings.

mod documents;
mod environment;
mod mistakes;
mod otobo;
mod perl;
mod perl_properties;
mod properties;
mod sources;

use kartoteka_settings::{Diagnostic, Mistake, Outcome, Settings};

/// Reads a text without any environment.
fn read(text: &str) -> Outcome {
    kartoteka_settings::read_text("kartoteka.toml", text, [])
}

/// The settings of a text without mistakes.
fn settings(text: &str) -> Settings {
    let outcome = read(text);
    assert_eq!(outcome.diagnostics, [], "{}", show(&outcome));
    outcome.settings.expect("there is no error")
}

fn show(outcome: &Outcome) -> String {
    let lines: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(Diagnostic::to_string)
        .collect();
    lines.join("\n")
}

fn mistakes(outcome: &Outcome) -> Vec<Mistake> {
    outcome
        .diagnostics
        .iter()
        .map(|found| found.mistake)
        .collect()
}
