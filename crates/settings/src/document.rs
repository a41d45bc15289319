//! The settings as a tree whose every key and value knows where it comes from.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::findings::{At, Findings};
use crate::mistake::Mistake;

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) at: At,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Switch(bool),
    List(Vec<Node>),
    Table(Table),
    /// What no setting takes: a decimal number, a date, a number beyond 64 bits.
    Other(String),
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key_at: At,
    pub(crate) node: Node,
}

pub(crate) type Table = BTreeMap<String, Entry>;

impl Node {
    /// What stands there, in short.
    pub(crate) fn found(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("{text:?}"),
            Value::Number(number) => number.to_string(),
            Value::Switch(switch) => switch.to_string(),
            Value::List(_) => "a list".into(),
            Value::Table(_) => "a table".into(),
            Value::Other(text) => text.clone(),
        }
    }

    pub(crate) fn is_variable(&self) -> bool {
        matches!(self.at, At::Variable(_))
    }
}

/// Parses a file. Syntax errors are reported, all of them; then there is no tree, unless they leave
/// no doubt about the rest (a key given twice).
pub(crate) fn parse(text: &str, findings: &Findings<'_>) -> Option<Table> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut certain = true;
    for error in &errors {
        certain &= error.message().contains("duplicate key");
        let at = At::Byte(error.span().map_or(0, |span| span.start));
        findings.push(
            findings
                .error(&at, Mistake::Syntax)
                .param("reason", error.message()),
        );
    }
    certain.then(|| table(document.get_ref(), &|byte| At::Byte(byte)))
}

/// Parses one value, as a variable of the environment gives it.
pub(crate) fn parse_value(text: &str, variable: &str) -> Result<Node, String> {
    match DeValue::parse(text) {
        Ok(value) => Ok(node(&value, &|_| At::Variable(variable.to_owned()))),
        Err(error) => Err(error.message().to_owned()),
    }
}

/// Lays a tree over another, key by key.
pub(crate) fn lay_over(below: &mut Table, above: Table) {
    for (name, entry) in above {
        match (below.get_mut(&name), entry) {
            (
                Some(Entry {
                    key_at,
                    node:
                        Node {
                            value: Value::Table(below),
                            at,
                        },
                }),
                Entry {
                    key_at: above_key,
                    node:
                        Node {
                            value: Value::Table(above),
                            at: above_at,
                        },
                },
            ) => {
                (*key_at, *at) = (above_key, above_at);
                lay_over(below, above);
            }
            (_, entry) => {
                below.insert(name, entry);
            }
        }
    }
}

fn table(table: &DeTable<'_>, at: &dyn Fn(usize) -> At) -> Table {
    table
        .iter()
        .map(|(key, value)| {
            let entry = Entry {
                key_at: at(key.span().start),
                node: node(value, at),
            };
            (key.get_ref().to_string(), entry)
        })
        .collect()
}

fn node(spanned: &Spanned<DeValue<'_>>, at: &dyn Fn(usize) -> At) -> Node {
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Other(number.as_str().to_owned()), Value::Number),
        DeValue::Float(number) => Value::Other(number.as_str().to_owned()),
        DeValue::Boolean(switch) => Value::Switch(*switch),
        DeValue::Datetime(time) => Value::Other(time.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, at)).collect()),
        DeValue::Table(entries) => Value::Table(table(entries, at)),
    };
    Node {
        value,
        at: at(spanned.span().start),
    }
}
