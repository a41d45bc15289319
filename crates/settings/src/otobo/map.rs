//! Field maps: entries by position, with what OTOBO takes for parts that are not there.

use kartoteka_model::Field;

use super::{Reading, shipped};
use crate::document::{Node, Value};
use crate::findings::At;
use crate::mistake::Mistake;
use kartoteka_perl::{self as perl, Data};

/// Positions of an entry that are numbers: shown, required, read-only.
const NUMBERS: [usize; 3] = [3, 4, 7];
const KIND: usize = 5;
/// Entries have at least so many positions here; the last ones are left out where they say nothing.
const LEAST: usize = 8;

impl Reading<'_> {
    /// The entries of a map. Where it has `...` in it, the entries of `usual` that it lacks are taken.
    pub(super) fn map(&mut self, id: &str, value: &perl::Value, at: &At, usual: &[Field]) -> Value {
        let Data::List(items) = &value.data else {
            return self.whole(value, at);
        };
        let mut names: Vec<String> = items.iter().filter_map(name).collect();
        let mut entries = Vec::new();
        let mut completed = Vec::new();
        for item in items {
            let own = match item.at {
                Some(own) => self.at(Some(own)),
                None => at.clone(),
            };
            match &item.data {
                Data::Elided => {
                    let missing: Vec<&Field> = usual
                        .iter()
                        .filter(|field| !names.contains(&field.name))
                        .collect();
                    for field in missing {
                        let entry = shipped::field(field);
                        entries.extend(self.entry(&entry, &own));
                        names.push(field.name.clone());
                        completed.push(field.name.clone());
                    }
                    if !completed.is_empty() {
                        let fields = completed.join(", ");
                        let warning = self.warn(item.at, Mistake::OtoboCompleted);
                        *warning = warning.clone().param("section", id).param("fields", fields);
                    }
                }
                Data::Unknown | Data::Undefined => {}
                _ => entries.extend(self.entry(item, &own)),
            }
        }
        Value::List(entries)
    }

    /// One entry; none if what it is about can't be told.
    fn entry(&self, value: &perl::Value, at: &At) -> Option<Node> {
        let Data::List(parts) = &value.data else {
            return Some(Node {
                value: self.whole(value, at),
                at: at.clone(),
            });
        };
        let unknown = |part: usize| {
            let data = parts.get(part).map(|part| &part.data);
            matches!(data, Some(Data::Unknown | Data::Elided))
        };
        if unknown(0) || unknown(2) {
            return None;
        }
        let mut nodes: Vec<Node> = Vec::new();
        for (position, part) in parts.iter().enumerate() {
            let own = match part.at {
                Some(own) => self.at(Some(own)),
                None => at.clone(),
            };
            nodes.push(Node {
                value: self.part(position, part, &own),
                at: own,
            });
        }
        // What is not there is undefined in Perl: not shown, not required.
        for position in nodes.len()..LEAST {
            let value = match position {
                0 | 2 => break,
                _ => absent(position),
            };
            nodes.push(Node {
                value,
                at: at.clone(),
            });
        }
        let says_nothing =
            |node: &Node| matches!(&node.value, Value::Text(text) if text.is_empty());
        while nodes.len() > LEAST && nodes.last().is_some_and(says_nothing) {
            nodes.pop();
        }
        Some(Node {
            value: Value::List(nodes),
            at: at.clone(),
        })
    }

    fn part(&self, position: usize, part: &perl::Value, at: &At) -> Value {
        if matches!(part.data, Data::Undefined | Data::Unknown | Data::Elided) {
            return absent(position);
        }
        let Some(text) = part.text() else {
            return self.whole(part, at);
        };
        if !NUMBERS.contains(&position) {
            return Value::Text(text);
        }
        match text.trim().parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Number(part.is_true().unwrap_or_default().into()),
        }
    }
}

fn absent(position: usize) -> Value {
    match position {
        KIND => Value::Text("var".into()),
        position if NUMBERS.contains(&position) => Value::Number(0),
        _ => Value::Text(String::new()),
    }
}

/// The name of the field that an entry is about.
fn name(entry: &perl::Value) -> Option<String> {
    match &entry.data {
        Data::List(parts) => parts.first()?.text(),
        _ => None,
    }
}
