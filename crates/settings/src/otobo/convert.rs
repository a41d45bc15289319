//! Values of Perl as those of settings: what they mean is a matter of what the key takes.

use super::Reading;
use crate::document::{Node, Table, Value};
use crate::findings::At;
use crate::key::{Key, Kind};
use kartoteka_perl::{self as perl, Data};

impl Reading<'_> {
    /// A value for a key; none where there is none, or what it is can't be told. `at` counts where no file says it.
    pub(super) fn node(&self, value: &perl::Value, kind: Kind, at: &At) -> Option<Node> {
        let at = match value.at {
            Some(own) => self.at(Some(own)),
            None => at.clone(),
        };
        let text = value.text();
        let converted = match (kind, &value.data) {
            (_, Data::Unknown | Data::Elided) => return None,
            (Kind::Switch, _) => Value::Switch(value.is_true()?),
            (_, Data::Undefined) => return None,
            (Kind::Text | Kind::Choice(_), _) => match text {
                Some(text) => Value::Text(text),
                None => self.whole(value, &at),
            },
            (Kind::Whole(..), Data::Integer(number)) => Value::Number(*number),
            (Kind::Whole(..), Data::Text(text)) if text.trim().is_empty() => return None,
            (Kind::Whole(..), Data::Text(text)) => match text.trim().parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(text.clone()),
            },
            (Kind::Texts, Data::List(items)) => {
                let known: Vec<Node> = items
                    .iter()
                    .filter_map(|item| self.node(item, Kind::Text, &at))
                    .collect();
                // Nothing is known of it: it is not empty, but as if it was not there.
                if known.is_empty() && !items.is_empty() {
                    return None;
                }
                Value::List(known)
            }
            _ => self.whole(value, &at),
        };
        Some(Node {
            value: converted,
            at,
        })
    }

    /// A value as it is, whatever the key takes. What is not known is left out.
    pub(super) fn whole(&self, value: &perl::Value, at: &At) -> Value {
        let own = |value: &perl::Value| match value.at {
            Some(own) => self.at(Some(own)),
            None => at.clone(),
        };
        match &value.data {
            Data::Undefined | Data::Unknown | Data::Elided => Value::Text(String::new()),
            Data::Text(text) => Value::Text(text.clone()),
            Data::Integer(number) => Value::Number(*number),
            Data::Decimal(_) => Value::Other(value.text().unwrap_or_default()),
            Data::List(items) => Value::List(
                items
                    .iter()
                    .filter(|item| !matches!(item.data, Data::Unknown | Data::Elided))
                    .map(|item| Node {
                        at: own(item),
                        value: self.whole(item, at),
                    })
                    .collect(),
            ),
            Data::Hash(entries) => {
                let mut table = Table::new();
                for (key, entry) in entries {
                    if !matches!(entry.value.data, Data::Unknown | Data::Elided) {
                        let at = own(&entry.value);
                        let node = super::entry(at.clone(), self.whole(&entry.value, &at));
                        table.insert(key.clone(), node);
                    }
                }
                Value::Table(table)
            }
        }
    }

    /// The entries of a hash that keys are known for, if a file says them; `skipped` are those that are not taken here.
    pub(super) fn table(
        &self,
        value: &perl::Value,
        keys: &[Key],
        at: &At,
        taken: &dyn Fn(&str) -> bool,
    ) -> Table {
        let mut table = Table::new();
        for key in keys.iter().filter(|key| taken(key.name)) {
            let Some(entry) = value.hash().and_then(|entries| entries.get(key.name)) else {
                continue;
            };
            if !entry.value.is_written() {
                continue;
            }
            let key_at = match entry.key_at {
                Some(own) => self.at(Some(own)),
                None => at.clone(),
            };
            if let Some(node) = self.node(&entry.value, key.kind, &key_at) {
                table.insert(key.name.to_owned(), crate::document::Entry { key_at, node });
            }
        }
        table
    }
}
