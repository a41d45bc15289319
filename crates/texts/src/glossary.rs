//! The texts keep to the words of `docs/glossary.md`.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The words that no text of a language has: the last column, as `pl: one, another; de: third`.
fn refused() -> Vec<(String, String)> {
    let glossary = fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let rows = glossary.lines().filter(|line| line.starts_with("| "));
    let mut refused = Vec::new();
    for row in rows.skip(2) {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap();
        for part in last.split(';').filter(|part| !part.trim().is_empty()) {
            let (language, words) = part.split_once(':').unwrap_or_else(|| panic!("{row}"));
            let words = words.split(',').map(|word| word.trim().to_lowercase());
            refused.extend(words.map(|word| (language.trim().to_owned(), word)));
        }
    }
    refused
}

#[test]
fn texts_keep_to_the_words() {
    let refused = refused();
    assert!(refused.len() > 15, "{refused:?}");
    let mut found = Vec::new();
    for language in ["en", "pl", "de"] {
        let folder = root().join("crates/texts/locales").join(language);
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let line = line.to_lowercase();
                let own = refused.iter().filter(|(of, _)| of == language);
                for (_, word) in own.filter(|(_, word)| line.contains(word)) {
                    let place = format!("{}:{}", path.display(), number + 1);
                    found.push(format!("{place}: {word:?} is not a word of ours"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
