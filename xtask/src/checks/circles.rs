use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::size::code;
use crate::cargo::root;

/// More files than these that need each other in a circle can't be understood one after the other.
const MOST: usize = 5;

/// Whether in no crate too many files need each other in a circle; tells which do.
pub fn check() -> Result<bool> {
    let mut fits = true;
    let crates = root().join("crates");
    for entry in fs::read_dir(&crates).context("crates")? {
        let entry = entry?;
        let mut files = BTreeMap::new();
        read(&entry.path().join("src"), &[], &mut files)?;
        for circle in circles(&files).iter().filter(|one| one.len() > MOST) {
            let (shown, number) = (entry.path(), circle.len());
            let circle = circle.join(", ");
            eprintln!("{}: {number} files in a circle: {circle}", shown.display());
            fits = false;
        }
    }
    Ok(fits)
}

/// The code of each file by its module.
fn read(folder: &Path, at: &[String], files: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let below = || [at, &[stem.to_string()]].concat();
        if stem == "tests" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            read(&path, &below(), files)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let module = match &*stem {
                "lib" | "main" if at.is_empty() => continue,
                "mod" => at.to_vec(),
                _ => below(),
            };
            files.insert(module.join("::"), code(&text));
        }
    }
    Ok(())
}

/// The circles of files that need each other, more than one in each.
pub(super) fn circles(files: &BTreeMap<String, String>) -> Vec<Vec<&str>> {
    let needs: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .map(|(module, code)| (module.as_str(), needed(module, code, files)))
        .collect();
    let reached = |from: &str| {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = needs[from].iter().copied().collect();
        while let Some(module) = open.pop() {
            if reached.insert(module) {
                open.extend(&needs[module]);
            }
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|from| (*from, reached(from))).collect();
    let circle = |of: &&str| -> Vec<&str> {
        let there = reached[of].iter().copied();
        there.filter(|other| reached[other].contains(of)).collect()
    };
    let circles: BTreeSet<Vec<&str>> = needs.keys().map(circle).collect();
    circles.into_iter().filter(|one| one.len() > 1).collect()
}

/// The modules of a crate that a file names.
fn needed<'f>(module: &str, code: &str, files: &'f BTreeMap<String, String>) -> BTreeSet<&'f str> {
    let words = words(code);
    let mut paths = vec![];
    for (at, word) in words.iter().enumerate() {
        let begins = at == 0 || words[at - 1] != "::";
        if begins && ["crate", "self", "super"].contains(word) {
            let mut from: Vec<&str> = module.split("::").collect();
            if *word == "crate" {
                from.clear();
            } else if *word == "super" {
                from.pop();
            }
            follow(&words, at + 1, &from, &mut paths);
        }
    }
    let known = paths.iter().filter_map(|path| {
        let mut ends = (1..=path.len()).rev();
        ends.find_map(|end| files.get_key_value(&path[..end].join("::")))
    });
    let known = known.map(|(other, _)| other.as_str());
    known.filter(|other| *other != module).collect()
}

/// Follows a path from the `::` at a place, in all its branches; the place behind it.
fn follow<'w>(
    words: &[&'w str],
    mut at: usize,
    from: &[&'w str],
    paths: &mut Vec<Vec<&'w str>>,
) -> usize {
    let mut path = from.to_vec();
    while words.get(at) == Some(&"::") {
        at += 1;
        match words.get(at) {
            Some(&"super") => {
                path.pop();
            }
            Some(&"{") => {
                at += 1;
                while let Some(word) = words.get(at).filter(|word| **word != "}") {
                    at = match *word {
                        "," => at + 1,
                        word => follow(words, at + 1, &[&path[..], &[word]].concat(), paths),
                    };
                }
                return at + 1;
            }
            Some(word) => path.push(word),
            None => {}
        }
        at += 1;
    }
    paths.push(path);
    at
}

/// Names, `::`, and single signs.
fn words(code: &str) -> Vec<&str> {
    let mut words = vec![];
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let length = if is_name(first) {
            rest.find(|letter| !is_name(letter)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    words
}
