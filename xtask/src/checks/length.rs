use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::cargo::root;

/// A longer file has more than one topic.
const MOST_LINES: usize = 400;

/// Whether no Rust file is too long; tells which are. Tests and build scripts may be.
pub fn check() -> Result<bool> {
    let mut long = Vec::new();
    find_long(root(), &mut long)?;
    long.sort();
    for (file, lines) in &long {
        eprintln!("{file}: {lines} lines, at most {MOST_LINES}");
    }
    Ok(long.is_empty())
}

fn find_long(folder: &Path, long: &mut Vec<(String, usize)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "tests" {
                find_long(&path, long)?;
            }
        } else if name.ends_with(".rs") && !matches!(&*name, "tests.rs" | "build.rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let lines = text.lines().count();
            if lines > MOST_LINES {
                let shown = path.strip_prefix(root()).unwrap_or(&path);
                long.push((shown.display().to_string(), lines));
            }
        }
    }
    Ok(())
}
