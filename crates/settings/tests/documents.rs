//! The committed schema, example and tables of keys are those that the code makes.
//! `UPDATE=1 cargo test -p kartoteka-settings` writes them anew.

use std::path::PathBuf;

use kartoteka_settings::{Places, Settings, example, json_schema, reference};

fn docs(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name)
}

fn current(name: &str, wanted: &str) {
    let path = docs(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, wanted).expect("docs can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == wanted,
        "docs/{name} is not current: UPDATE=1 cargo test -p kartoteka-settings"
    );
}

#[test]
fn schema_is_current() {
    let schema = serde_json::to_string_pretty(&json_schema()).unwrap();
    current("kartoteka.schema.json", &format!("{schema}\n"));
}

#[test]
fn example_is_current_and_the_default() {
    current("kartoteka.example.toml", &example());
    let mut settings = super::settings(&example());
    settings.places = Places::default();
    // What a file made from it names could not be changed in the pages any more.
    let named: Vec<&String> = settings.groups.named.keys().collect();
    assert!(named.is_empty(), "{named:?}");
    assert_eq!(settings, Settings::default());
}

#[test]
fn examples_in_comments_can_be_used() {
    let text: String = example()
        .lines()
        .filter(|line| !line.starts_with("#:"))
        .map(|line| match line.strip_prefix('#') {
            Some(key) if !key.starts_with(' ') => format!("{key}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let outcome = super::read(&text);
    assert!(outcome.settings.is_some(), "{}", super::show(&outcome));
}

#[test]
fn tables_of_keys_are_current() {
    let text = std::fs::read_to_string(docs("configuration.md")).unwrap();
    let (before, rest) = text.split_once("<!-- keys -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of keys -->\n").unwrap();
    let wanted = format!(
        "{before}<!-- keys -->\n{}<!-- end of keys -->\n{after}",
        reference()
    );
    current("configuration.md", &wanted);
}

#[test]
fn settings_in_the_documentation_are_right() {
    let text = std::fs::read_to_string(docs("configuration.md")).unwrap();
    let blocks: Vec<&str> = text
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(block, _)| block))
        .collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let outcome = super::read(block);
        assert!(
            outcome.settings.is_some(),
            "{block}\n{}",
            super::show(&outcome)
        );
    }
}
