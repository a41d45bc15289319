use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::cargo::root;

/// The directory and its rooms: whoever else asks the directory is a door.
const ROOMS: [&str; 8] = [
    "directory",
    "records",
    "access",
    "fields",
    "jobs",
    "login",
    "reviews",
    "source-setup",
];

/// Whether no door names the module `inside` of the directory or of a room; tells where one does.
pub fn check() -> Result<bool> {
    let mut wrong = vec![];
    let crates = root().join("crates");
    for entry in fs::read_dir(&crates).context("crates")? {
        let entry = entry?;
        if !ROOMS.iter().any(|room| entry.file_name() == *room) {
            find(&entry.path(), &mut wrong)?;
        }
    }
    wrong.sort();
    for place in &wrong {
        eprintln!("{place}: what is inside the directory is for its rooms; ask one of them");
    }
    Ok(wrong.is_empty())
}

fn find(folder: &Path, wrong: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "node_modules" {
                find(&path, wrong)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let shown = path.strip_prefix(root()).unwrap_or(&path);
            let lines = named(&text).into_iter();
            wrong.extend(lines.map(|line| format!("{}:{line}", shown.display())));
        }
    }
    Ok(())
}

/// The lines on which a module `inside` is named: in a path, or in what is imported.
pub(super) fn named(text: &str) -> Vec<usize> {
    let code: Vec<&str> = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let code = code.join("\n");
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = vec![];
    for (at, word) in code.match_indices("inside") {
        let (before, after) = (&code[..at], &code[at + word.len()..]);
        if before.ends_with(is_word) || after.starts_with(is_word) {
            continue;
        }
        let in_path = before.trim_end().ends_with("::") || after.trim_start().starts_with("::");
        let statement = before.rsplit(';').next().unwrap_or_default();
        let imports = statement.split_whitespace().any(|word| word == "use");
        if in_path || imports && statement.contains("kartoteka_") {
            found.push(before.matches('\n').count() + 1);
        }
    }
    found
}
