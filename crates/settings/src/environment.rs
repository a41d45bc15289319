//! The environment laid over the file: `KARTOTEKA_SERVER__LISTEN`, `KARTOTEKA_DATABASE__URL_FILE`.
//!
//! Parts are joined by two underscores, and compared without regard to case and single underscores.
//! A variable whose last part ends in `_FILE` names a file that holds the value: for secrets.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::document::{Entry, Node, Table, Value, parse_value};
use crate::findings::{At, Findings};
use crate::key::{Key, Kind};
use crate::mistake::Mistake;
use crate::places::Place;
use crate::read::{BOM, DATA_DIR_KEY, LARGEST_FILE, section_keys, section_names};
use kartoteka_model::nearest;

const PREFIX: &str = "KARTOTEKA_";

/// Lays the variables over the tree; later ones win.
pub(crate) fn overlay(
    tree: &mut Table,
    env: impl IntoIterator<Item = (String, String)>,
    findings: &Findings<'_>,
) {
    for (variable, value) in env {
        let Some(rest) = variable.strip_prefix(PREFIX) else {
            continue;
        };
        let parts: Vec<&str> = rest.split("__").collect();
        if let [name] = parts.as_slice() {
            // Other variables without `__` are options of the command line, or another program's.
            if same(name, DATA_DIR_KEY) {
                let node = text(&variable, value);
                put(tree, &[DATA_DIR_KEY.to_owned()], node);
            } else if let Some(meant) = run_together(name) {
                let meant = format!("{PREFIX}{}", meant.to_uppercase());
                let whole = Diagnostic::error(Place::whole(&variable), Mistake::UnknownVariable);
                findings.push(whole.remedy(Some(meant)));
            }
            continue;
        }
        if let Err(diagnostic) = lay(tree, &variable, &parts, value) {
            findings.push(*diagnostic);
        }
    }
}

fn lay(
    tree: &mut Table,
    variable: &str,
    parts: &[&str],
    value: String,
) -> Result<(), Box<Diagnostic>> {
    let (path, key, in_file) = resolve(parts).map_err(|meant| {
        let meant = meant.map(|meant| format!("{PREFIX}{}", meant.to_uppercase()));
        Diagnostic::error(Place::whole(variable), Mistake::UnknownVariable).remedy(meant)
    })?;
    let value = if in_file {
        read_secret(variable, Path::new(&value))?
    } else {
        value
    };
    let structured = matches!(key.kind, Kind::Map | Kind::Selections | Kind::Table(_))
        || (matches!(key.kind, Kind::Texts) && value.trim_start().starts_with('['));
    let node = if structured {
        parse_value(&value, variable).map_err(|reason| {
            Diagnostic::error(Place::whole(variable), Mistake::Syntax).param("reason", reason)
        })?
    } else {
        text(variable, value)
    };
    put(tree, &path, node);
    Ok(())
}

/// The path of keys that the parts name, the last key, and whether the value is in a file. If there
/// is none, what was probably meant.
fn resolve(parts: &[&str]) -> Result<(Vec<String>, &'static Key, bool), Option<String>> {
    let names = section_names();
    let Some(section) = names.iter().find(|name| same(name, parts[0])) else {
        let meant = nearest(parts[0], names.iter().map(String::as_str));
        return Err(meant.map(|name| format!("{name}__{}", parts[1..].join("__"))));
    };
    let mut keys = section_keys(section).unwrap_or(&[]);
    let mut path = vec![section.clone()];
    let mut last = None;
    let mut in_file = false;
    for (at, part) in parts[1..].iter().enumerate() {
        let is_last = at + 2 == parts.len();
        let mut found = keys.iter().find(|key| same(key.name, part));
        if found.is_none()
            && is_last
            && let Some(stem) = strip_file(part)
        {
            found = keys.iter().find(|key| same(key.name, stem));
            in_file = found.is_some();
        }
        let Some(key) = found else {
            let meant = nearest(part, keys.iter().map(|key| key.name));
            return Err(meant.map(|name| format!("{}__{name}", path.join("__"))));
        };
        path.push(key.name.to_owned());
        keys = match key.kind {
            Kind::Table(keys) => keys,
            _ => &[],
        };
        last = Some(key);
    }
    last.map(|key| (path, key, in_file)).ok_or(None)
}

/// What was meant by a name whose parts are joined by one underscore, as in `DATABASE_URL`: nothing would
/// be read from it, and the default would be taken without a word.
fn run_together(name: &str) -> Option<String> {
    let meant = |name: &str| {
        section_names().into_iter().find_map(|section| {
            let keys = section_keys(&section).unwrap_or(&[]);
            key_among(keys, name, &section)
        })
    };
    let in_file = |name: &str| Some(format!("{}_FILE", meant(strip_file(name)?)?));
    meant(name).or_else(|| in_file(name))
}

/// The key of these, or of the tables in them, that has this name behind `path`.
fn key_among(keys: &'static [Key], name: &str, path: &str) -> Option<String> {
    keys.iter().find_map(|key| {
        let whole = format!("{path}__{}", key.name);
        match key.kind {
            Kind::Table(inner) => key_among(inner, name, &whole),
            _ => same(&whole, name).then_some(whole),
        }
    })
}

fn strip_file(part: &str) -> Option<&str> {
    part.strip_suffix("_FILE")
        .or_else(|| part.strip_suffix("_file"))
}

fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.replace('_', "").to_lowercase();
    plain(a) == plain(b)
}

fn text(variable: &str, value: String) -> Node {
    Node {
        value: Value::Text(value),
        at: At::Variable(variable.to_owned()),
    }
}

/// Puts a node at a path; where the file has something that is no table, the file's mistake stays.
fn put(tree: &mut Table, path: &[String], node: Node) {
    let [name, rest @ ..] = path else { return };
    let at = node.at.clone();
    if rest.is_empty() {
        tree.insert(name.clone(), Entry { key_at: at, node });
        return;
    }
    let entry = tree.entry(name.clone()).or_insert_with(|| Entry {
        key_at: at.clone(),
        node: Node {
            value: Value::Table(BTreeMap::new()),
            at,
        },
    });
    if let Value::Table(table) = &mut entry.node.value {
        put(table, rest, node);
    }
}

/// The content of a secret's file, without the line break at its end.
fn read_secret(variable: &str, file: &Path) -> Result<String, Box<Diagnostic>> {
    let unreadable = |reason: String| {
        Box::new(
            Diagnostic::error(Place::whole(variable), Mistake::Unreadable)
                .param("reason", reason)
                .found(file.display().to_string()),
        )
    };
    let size = std::fs::metadata(file)
        .map_err(|error| unreadable(error.to_string()))?
        .len();
    if size > LARGEST_FILE {
        return Err(unreadable("it is too large".into()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
    let text = text.strip_prefix(BOM).unwrap_or(&text);
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
