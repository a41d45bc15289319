//! Places in the settings file, kept so that later checks can point at them.

use std::collections::BTreeMap;
use std::fmt;

use crate::set_in::SetIn;

/// A place in the settings: a file with line and column, or a variable of the environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as it was named, or the variable.
    pub file: String,
    /// From 1; 0 where there is no line (a variable, a file that cannot be read).
    pub line: u32,
    /// In characters, from 1; 0 where there is no line.
    pub column: u32,
}

impl Place {
    /// A whole file or a variable.
    pub fn whole(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 0,
            column: 0,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.column)
        }
    }
}

/// Where sources name their columns and keys. What is not written in the file has no place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    columns: BTreeMap<(String, String), Place>,
    keys: BTreeMap<(String, String), Place>,
    sources: BTreeMap<String, Place>,
    fields: BTreeMap<(String, String), SetIn>,
    choices: BTreeMap<(String, String), SetIn>,
    orders: BTreeMap<String, SetIn>,
}

impl Places {
    /// Where the source (`CustomerUser1`) first names this column: in its map, else in its keys.
    pub fn find(&self, source: &str, column: &str) -> Option<&Place> {
        self.columns.get(&(source.to_owned(), column.to_owned()))
    }

    /// Where the source gives the value of a key: `CustomerKey`, `Params.Table`.
    pub fn key(&self, source: &str, key: &str) -> Option<&Place> {
        self.keys.get(&(source.to_owned(), key.to_owned()))
    }

    /// Where the source's section stands.
    pub fn source(&self, source: &str) -> Option<&Place> {
        self.sources.get(source)
    }

    /// Where the entry of a field stands that what pages write does not change.
    pub fn field(&self, source: &str, field: &str) -> Option<&SetIn> {
        self.fields.get(&(source.to_owned(), field.to_owned()))
    }

    /// The same of the values that a field takes.
    pub fn choices(&self, source: &str, field: &str) -> Option<&SetIn> {
        self.choices.get(&(source.to_owned(), field.to_owned()))
    }

    /// The same of the order of a source's fields: it is that of a map of its own.
    pub fn order(&self, source: &str) -> Option<&SetIn> {
        self.orders.get(source)
    }

    pub(crate) fn note_field(&mut self, source: &str, field: &str, set_in: SetIn) {
        self.fields
            .insert((source.to_owned(), field.to_owned()), set_in);
    }

    pub(crate) fn note_choices(&mut self, source: &str, field: &str, set_in: SetIn) {
        self.choices
            .insert((source.to_owned(), field.to_owned()), set_in);
    }

    pub(crate) fn note_order(&mut self, source: &str, set_in: SetIn) {
        self.orders.insert(source.to_owned(), set_in);
    }

    pub(crate) fn note_column(&mut self, source: &str, column: &str, place: Place) {
        self.columns
            .entry((source.to_owned(), column.to_owned()))
            .or_insert(place);
    }

    pub(crate) fn note_key(&mut self, source: &str, key: &str, place: Place) {
        self.keys.insert((source.to_owned(), key.to_owned()), place);
    }

    pub(crate) fn note_source(&mut self, source: &str, place: Place) {
        self.sources.insert(source.to_owned(), place);
    }
}
