//! Columns that lists of fields name, and the map does not have.

use std::collections::BTreeSet;

use super::entry;
use super::source::Source;
use crate::column::{is_plain_identifier, is_secret_column};
use crate::document::{Node, Table, Value};
use crate::findings::At;
use crate::source;

impl Source<'_, '_> {
    /// Columns that lists name without a field in the map: OTOBO looks into them all the same, so they get fields that
    /// nobody sees.
    pub(super) fn map_columns(&self, table: &mut Table) {
        let mut wanted: Vec<(String, At)> = Vec::new();
        for key in self.names.columns {
            let Some(Value::List(items)) = table.get(*key).map(|entry| &entry.node.value) else {
                continue;
            };
            for item in items {
                if let Value::Text(column) = &item.value {
                    wanted.push((column.clone(), item.at.clone()));
                }
            }
        }
        let (mut columns, mut names) = self.mapped(table);
        let mut added = Vec::new();
        for (column, at) in wanted {
            let name = field_name(self.names.kind, &column);
            let good = is_plain_identifier(&column) && !is_secret_column(&column);
            if good && !columns.contains(&column) && names.insert(name.clone()) {
                added.push(hidden(name, &column, at));
                columns.insert(column);
            }
        }
        let Some(first) = added.first() else { return };
        let at = first.at.clone();
        match table.get_mut("Map").map(|entry| &mut entry.node.value) {
            Some(Value::List(entries)) => entries.extend(added),
            Some(_) => {}
            // The map is the shipped one.
            None => {
                table.insert("MapAdd".into(), entry(at, Value::List(added)));
            }
        }
    }

    /// The columns of the map, and the names of its fields.
    fn mapped(&self, table: &Table) -> (BTreeSet<String>, BTreeSet<String>) {
        let Some(map) = table.get("Map") else {
            let columns = self.usual.iter().map(|field| field.column.clone());
            let names = self.usual.iter().map(|field| field.name.clone());
            return (columns.collect(), names.collect());
        };
        let entries: &[Node] = match &map.node.value {
            Value::List(entries) => entries,
            _ => &[],
        };
        let parts = |part: usize| {
            let texts = entries.iter().filter_map(move |entry| match &entry.value {
                Value::List(parts) => match parts.get(part).map(|part| &part.value) {
                    Some(Value::Text(text)) => Some(text.clone()),
                    _ => None,
                },
                _ => None,
            });
            texts.collect()
        };
        (parts(2), parts(0))
    }
}

/// An entry of a map for a field that nobody sees.
fn hidden(name: String, column: &str, at: At) -> Node {
    let parts = [
        Value::Text(name),
        Value::Text(column.to_owned()),
        Value::Text(column.to_owned()),
        Value::Number(0),
        Value::Number(0),
        Value::Text("var".into()),
    ];
    let parts = parts.into_iter().map(|value| Node {
        value,
        at: at.clone(),
    });
    Node {
        value: Value::List(parts.collect()),
        at,
    }
}

/// The name of a field for a column that has none.
fn field_name(kind: &str, column: &str) -> String {
    let prefix = if kind == source::CUSTOMER_USER {
        "User"
    } else {
        kind
    };
    let words = column.split('_').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    });
    format!("{prefix}{}", words.collect::<String>())
}
