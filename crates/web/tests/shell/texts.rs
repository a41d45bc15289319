//! Every text exists in each language, and every text that is asked for exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found
}

/// The crates whose texts are in languages; endpoints of REST have none.
const CRATES: [&str; 4] = ["door", "frame", "pages", "relation-pages"];

/// A folder, or a file, of one of the crates.
fn of_crate(name: &str, part: &str) -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    crates.join(name).join(part)
}

/// The files of all crates with texts, of a folder of each.
fn sources(part: &str, end: &str) -> Vec<PathBuf> {
    let folders = CRATES.map(|name| of_crate(name, part)).into_iter();
    let there = folders.filter(|folder| folder.exists());
    there.flat_map(|folder| files(&folder, end)).collect()
}

/// A source without comments and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("mod tests {").next().unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Keys of a language, with the values that each mentions.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&of_crate("texts", "locales").join(language), ".ftl") {
        let mut current = String::new();
        for line in fs::read_to_string(&file).expect("a text").lines() {
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let key = line.split('=').next().unwrap_or_default().trim().to_owned();
                assert!(!keys.contains_key(&key), "{key} stands twice in {language}");
                current = key;
                keys.insert(current.clone(), BTreeSet::new());
            }
            for value in line.split('$').skip(1) {
                let name: String = value
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                keys.entry(current.clone()).or_default().insert(name);
            }
        }
    }
    keys
}

#[test]
fn each_language_has_every_text() {
    let english = keys("en");
    for language in ["pl", "de"] {
        let other = keys(language);
        let missing: Vec<_> = english
            .keys()
            .filter(|key| !other.contains_key(*key))
            .collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        let extra: Vec<_> = other
            .keys()
            .filter(|key| !english.contains_key(*key))
            .collect();
        assert!(
            extra.is_empty(),
            "{language} has more than English: {extra:?}"
        );
        for (key, values) in &english {
            let unknown: Vec<_> = other[key]
                .difference(values)
                .filter(|value| *value != "count")
                .collect();
            assert!(
                unknown.is_empty(),
                "{language} {key} mentions {unknown:?}, English does not"
            );
        }
    }
}

#[test]
fn polish_counts_have_their_plurals() {
    let folder = of_crate("texts", "locales/pl");
    for file in files(&folder, ".ftl") {
        let text = fs::read_to_string(&file).expect("a text");
        for part in text.split("$count ->").skip(1) {
            let body = part.split("\n    }").next().unwrap_or_default();
            for plural in ["[one]", "[few]", "*[other]"] {
                assert!(
                    body.contains(plural),
                    "{} lacks {plural}: {body}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let english = keys("en");
    let calls = [
        ".t(\"",
        ".t_args(\"",
        ".count(\"",
        ".with(\"",
        ".with2(\"",
        ".find(\"",
        "Flash::new(\"",
    ];
    let mut sources = [sources("templates", ".html"), sources("src", ".rs")].concat();
    // The page that describes REST.
    sources.extend(files(&of_crate("rest", "templates"), ".html"));
    sources.retain(|file| !file.ends_with("tests.rs"));
    let mut asked = 0;
    for file in sources {
        let text = fs::read_to_string(&file).expect("a source");
        let text = code(&text);
        for call in calls {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                // `.find("…")` and a message's `.with("…")` have other uses: keys of texts hold a hyphen.
                let other = [".find(\"", ".with(\""].contains(&call) && !key.contains('-');
                if key.contains('{') || other {
                    continue;
                }
                asked += 1;
                assert!(
                    english.contains_key(key),
                    "{}: no text {key:?}",
                    file.display()
                );
            }
        }
        // Screens share templates; the key's beginning is the screen's. Lists are of two sorts.
        let trees = ["tree.rs", "tree.html", "tree_rows.html"];
        let is_tree = trees.iter().any(|name| file.ends_with(name));
        for rest in text.split("screen.text(\"").skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            let screens: &[&str] = match key {
                "title" | "add" => &["customer-users", "customers", "groups", "services"],
                _ if is_tree => &["groups", "services"],
                _ => &["customer-users", "customers"],
            };
            for screen in screens {
                let key = format!("{screen}-{key}");
                assert!(
                    english.contains_key(&key),
                    "{}: no text {key:?}",
                    file.display()
                );
            }
        }
    }
    assert!(
        asked > 150,
        "only {asked} found: has the way of asking changed?"
    );
}

#[test]
fn every_text_that_is_named_in_the_code_exists() {
    let english = keys("en");
    let prefixes = [
        "error-",
        "nav-",
        "about-",
        "help-",
        "token-days-",
        "journal-fault-",
        "effect-",
        "flash-",
    ];
    for file in sources("src", ".rs") {
        if file.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source");
        let text = code(&text);
        for key in text.split('"').skip(1).step_by(2) {
            let plain = key
                .bytes()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
            if plain && !key.ends_with('-') && prefixes.iter().any(|prefix| key.starts_with(prefix))
            {
                assert!(
                    english.contains_key(key),
                    "{}: no text {key:?}",
                    file.display()
                );
            }
        }
    }
}
