use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::cargo::root;

/// A crate of more lines of code is two.
const MOST_LINES: usize = 10_000;

/// Whether no crate has too much code; tells which do, and how much. Tests, comments and blank lines do not count.
pub fn check() -> Result<bool> {
    let mut fits = true;
    let crates = root().join("crates");
    for entry in fs::read_dir(&crates).context("crates")? {
        let entry = entry?;
        let folder = entry.path().join("src");
        let lines = in_folder(&folder)?;
        if lines > MOST_LINES {
            eprintln!(
                "{}: {lines} lines of code, at most {MOST_LINES}",
                folder.display()
            );
            fits = false;
        }
    }
    Ok(fits)
}

fn in_folder(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type()?.is_dir() {
            lines += in_folder(&path)?;
        } else if name != "tests.rs" && path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            lines += lines_of_code(&text);
        }
    }
    Ok(lines)
}

/// The lines of a file that are code and no tests, which stand at its end.
pub(super) fn lines_of_code(text: &str) -> usize {
    code(text).lines().count()
}

/// These lines, without what is before and behind them.
pub(super) fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next();
    let lines = code.unwrap_or_default().lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    lines.join("\n")
}
