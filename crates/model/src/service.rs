//! Names of services: a tree, written as `Parent::Child` in OTOBO's one column.

use crate::collation::Collation;

/// What stands between the levels of a full name.
pub const SEPARATOR: &str = "::";

/// The full name of a parent (empty at the top) and the last part of a full name.
pub fn split(full: &str) -> (&str, &str) {
    full.rsplit_once(SEPARATOR).unwrap_or(("", full))
}

/// The full name of a service below a parent; an empty parent is the top.
pub fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}{SEPARATOR}{name}")
    }
}

/// Whether a service is below another one, at whatever depth.
pub fn is_below(full: &str, above: &str) -> bool {
    full.strip_prefix(above)
        .is_some_and(|rest| rest.starts_with(SEPARATOR))
}

/// The full name of a service once `from`, which is itself or above it, is called `to`; none if it is elsewhere.
pub fn moved(full: &str, from: &str, to: &str) -> Option<String> {
    match full.strip_prefix(from) {
        Some(rest) if rest.is_empty() || rest.starts_with(SEPARATOR) => Some(format!("{to}{rest}")),
        _ => None,
    }
}

/// Whether a text can be one level's name: put together with others it comes apart again in the same places.
pub fn is_part(name: &str) -> bool {
    !name.contains(SEPARATOR) && !name.starts_with(':') && !name.ends_with(':')
}

/// The key by which services are in order: each level by its name, what is below right after it.
pub fn tree_key(collation: &Collation, full: &str) -> Vec<(String, String)> {
    full.split(SEPARATOR)
        .map(|part| (collation.key(part), part.to_owned()))
        .collect()
}

/// A service's place in a list that shows a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// So many services of the list are above it.
    pub depth: usize,
    /// Its name below the nearest of them: the last part, or more where a level is not in the list.
    pub label: String,
}

/// Where the services of a list stand. They must be in the order of [`tree_key`]; the list may leave levels out,
/// say because a search did not find them.
pub fn branches<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Branch> {
    let mut above: Vec<&str> = vec![];
    let mut found = vec![];
    for name in names {
        while above.last().is_some_and(|last| !is_below(name, last)) {
            above.pop();
        }
        let label = match above.last() {
            Some(last) => &name[last.len() + SEPARATOR.len()..],
            None => name,
        };
        found.push(Branch {
            depth: above.len(),
            label: label.to_owned(),
        });
        above.push(name);
    }
    found
}
