//! A layer as `kartoteka.toml`.

use super::Layer;
use crate::document::{Node, Table, Value};
use crate::findings::At;
use crate::key::{Key, Kind};
use crate::read::{SECTIONS, section_keys, section_names};
use crate::source::dsn;

const BEGIN: &str = "\
# What an existing Kernel/Config.pm says, as settings of Kartoteka. What is not written here is as it is
# shipped: `kartoteka config-schema` and docs/kartoteka.example.toml have all keys. Passwords are left out:
# comments say how to hand them over.
";

/// Prints the layer: its sections in the order of the documentation, then what has no setting.
pub(super) fn print(layer: &Layer) -> String {
    let mut out = BEGIN.to_owned();
    for name in section_names() {
        let Some(entry) = layer.tree.get(&name) else {
            continue;
        };
        let Value::Table(table) = &entry.node.value else {
            continue;
        };
        out.push('\n');
        if let Some((_, _, doc)) = SECTIONS.iter().find(|(own, ..)| *own == name) {
            out.push_str(&format!("# {doc}\n"));
        }
        section(
            &mut out,
            &[&name],
            section_keys(&name).unwrap_or(&[]),
            table,
        );
    }
    if !layer.diagnostics.is_empty() {
        out.push_str("\n# What could not be taken over, or should be looked at:\n");
        for diagnostic in &layer.diagnostics {
            for line in diagnostic.to_string().lines() {
                out.push_str(&format!("# {line}\n"));
            }
        }
    }
    out
}

/// Prints a section with what is in it; of secrets, how they are handed over.
pub(crate) fn section(out: &mut String, path: &[&str], keys: &[Key], table: &Table) {
    out.push_str(&format!("[{}]\n", path.join(".")));
    let secrets: Vec<&Key> = keys.iter().filter(|key| key.secret).collect();
    let mut inner = Vec::new();
    for key in keys {
        let Some(entry) = table.get(key.name) else {
            continue;
        };
        match (key.kind, &entry.node.value) {
            (Kind::Table(keys), Value::Table(table)) => inner.push((key.name, keys, table)),
            (_, Value::Text(text)) if secrets.iter().any(|secret| secret.name == key.name) => {
                secret(out, path, key.name, text);
            }
            _ => {
                let place = comment(&entry.node.at);
                let value = value(&entry.node, true);
                out.push_str(&format!("{} = {value}{place}\n", key.name));
            }
        }
    }
    for (name, keys, table) in inner {
        out.push('\n');
        let path: Vec<&str> = path.iter().copied().chain([name]).collect();
        section(out, &path, keys, table);
    }
}

/// An address without its password; of other secrets only how to hand them over.
fn secret(out: &mut String, path: &[&str], key: &str, text: &str) {
    let path: Vec<&str> = path.iter().copied().chain([key]).collect();
    let variable = format!("KARTOTEKA_{}_FILE", path.join("__").to_uppercase());
    if !matches!(key, "DSN" | "url") {
        out.push_str(&format!(
            "# {key}: in a file of its own that {variable} names.\n"
        ));
        return;
    }
    let (address, had_password) = match dsn::address(text, None, None) {
        Some(address) => without_password(&address),
        None => {
            out.push_str(&format!("# {key}: not understood.\n"));
            return;
        }
    };
    if had_password {
        out.push_str(&format!(
            "# The password is left out: name a file that holds the whole address, with it, in {variable}.\n"
        ));
    }
    out.push_str(&format!("{key} = {}\n", quoted(&address)));
}

fn without_password(address: &str) -> (String, bool) {
    let (address, in_query) = match address.split_once('?') {
        Some((address, query)) => {
            let is_secret = |part: &&str| part.to_ascii_lowercase().starts_with("password=");
            let (secret, rest): (Vec<&str>, Vec<&str>) = query.split('&').partition(is_secret);
            let mark = if rest.is_empty() { "" } else { "?" };
            (
                format!("{address}{mark}{}", rest.join("&")),
                !secret.is_empty(),
            )
        }
        None => (address.to_owned(), false),
    };
    let (address, before_host) = without_password_of_user(&address);
    (address, in_query || before_host)
}

fn without_password_of_user(address: &str) -> (String, bool) {
    let parts = address
        .split_once("://")
        .and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?)));
    let Some((scheme, (user, host))) = parts else {
        return (address.to_owned(), false);
    };
    match user.split_once(':') {
        Some((user, _)) => (format!("{scheme}://{user}@{host}"), true),
        None => (address.to_owned(), false),
    }
}

/// Where it comes from.
fn comment(at: &At) -> String {
    match at {
        At::Below(place) if place.line > 0 => format!("  # line {}", place.line),
        _ => String::new(),
    }
}

fn value(node: &Node, outside: bool) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Number(number) => number.to_string(),
        Value::Switch(switch) => switch.to_string(),
        Value::Other(text) => quoted(text),
        Value::List(items) if outside && items.iter().any(is_list) => {
            let lines = items
                .iter()
                .map(|item| format!("  {},\n", value(item, false)));
            format!("[\n{}]", lines.collect::<String>())
        }
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| value(item, false)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<String> = table
                .iter()
                .map(|(key, entry)| format!("{} = {}", quoted(key), value(&entry.node, false)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

/// A text of TOML: what JSON escapes, TOML does, too, and DEL.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}
