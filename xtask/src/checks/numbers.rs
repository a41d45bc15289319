use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::cargo::root;

/// What puts another number in the place of one that could not be read.
const DEFAULTS: [&str; 7] = [
    ".unwrap_or",
    ".map_or",
    ".ok()",
    ".is_ok",
    ".is_some_and",
    ".into_iter()",
    ".iter()",
];

/// How numbers, and words that name a state, are read out of rows.
const READ: [&str; 5] = [
    ".int(",
    "maybe_int(",
    "first_int(",
    "::parse(&row.",
    "::parse(&stand.",
];

/// Whether no number or word that a database answers is read with another one in its place; tells where one is.
pub fn check() -> Result<bool> {
    let mut wrong = vec![];
    for folder in [
        "crates/store/src",
        "crates/index/src",
        "crates/directory/src",
        "crates/records/src",
        "crates/access/src",
        "crates/jobs/src",
        "crates/reviews/src",
        "crates/fields/src",
    ] {
        find(&root().join(folder), &mut wrong)?;
    }
    for place in &wrong {
        eprintln!(
            "{place}: a number or word that can't be read is an error; use `?` (NULL is read with `maybe_int`)"
        );
    }
    Ok(wrong.is_empty())
}

fn find(folder: &Path, wrong: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            find(&path, wrong)?;
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("values.rs")
        {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let shown = path.strip_prefix(root()).unwrap_or(&path);
            let lines = lossy(&text).into_iter();
            wrong.extend(lines.map(|line| format!("{}:{line}", shown.display())));
        }
    }
    Ok(())
}

/// The lines on which a number or word is read with a default in its place.
pub(super) fn lossy(text: &str) -> Vec<usize> {
    let mut found = vec![];
    for read in READ {
        for (at, _) in text.match_indices(read) {
            let after = closed(&text[at + read.len()..]).trim_start();
            // The end of a closure, as in `and_then(|row| row.int(0)).unwrap_or(0)`.
            let outer = after.trim_start_matches(')').trim_start();
            let replaced = |rest: &str| DEFAULTS.iter().any(|default| rest.starts_with(default));
            // A result that is passed over is none that is read.
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            if replaced(after) || replaced(outer) || text[line..at].contains("flat_map(") {
                found.push(text[..at].matches('\n').count() + 1);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What stands behind the parenthesis that ends the arguments.
fn closed(arguments: &str) -> &str {
    let mut open = 1;
    for (at, letter) in arguments.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return &arguments[at + 1..];
        }
    }
    ""
}
