//! What was read: values with their places.

use std::collections::BTreeMap;
use std::fmt;

use super::file::At;

/// A value.
#[derive(Clone, PartialEq)]
pub struct Value {
    /// Where it stands; none for what no file says.
    pub at: Option<At>,
    pub data: Data,
}

/// The data of a value.
#[derive(Clone, PartialEq)]
pub enum Data {
    Undefined,
    Text(String),
    Integer(i64),
    Decimal(f64),
    List(Vec<Value>),
    Hash(BTreeMap<String, Entry>),
    /// Something that only running the code would tell; a note says so.
    Unknown,
    /// `...` stands for it.
    Elided,
}

/// An entry of a hash.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Where its key stands; none for what no file says.
    pub key_at: Option<At>,
    pub value: Value,
}

impl Value {
    /// Whether any of it stands in a file.
    pub fn is_written(&self) -> bool {
        self.at.is_some()
            || match &self.data {
                Data::List(items) => items.iter().any(Self::is_written),
                Data::Hash(entries) => entries.values().any(|entry| entry.value.is_written()),
                _ => false,
            }
    }

    /// The text of a text or number.
    pub fn text(&self) -> Option<String> {
        match &self.data {
            Data::Text(text) => Some(text.clone()),
            Data::Integer(number) => Some(number.to_string()),
            Data::Decimal(number) => Some(super::number::text(*number)),
            _ => None,
        }
    }

    /// What Perl takes it for in a condition; none where that is not known.
    pub fn is_true(&self) -> Option<bool> {
        match &self.data {
            Data::Undefined => Some(false),
            Data::Text(text) => Some(!text.is_empty() && text != "0"),
            Data::Integer(number) => Some(*number != 0),
            Data::Decimal(number) => Some(*number != 0.0),
            Data::List(_) | Data::Hash(_) => Some(true),
            Data::Unknown | Data::Elided => None,
        }
    }

    /// The entries of a hash.
    pub fn hash(&self) -> Option<&BTreeMap<String, Entry>> {
        match &self.data {
            Data::Hash(entries) => Some(entries),
            _ => None,
        }
    }

    /// What is under this key of a hash.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.hash()?.get(key).map(|entry| &entry.value)
    }
}

/// Texts may be secrets, so they are not printed.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.data.fmt(f)
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined => f.write_str("undef"),
            Self::Text(_) => f.write_str("'…'"),
            Self::Integer(_) | Self::Decimal(_) => f.write_str("number"),
            Self::List(items) => items.fmt(f),
            Self::Hash(entries) => entries.fmt(f),
            Self::Unknown => f.write_str("unknown"),
            Self::Elided => f.write_str("..."),
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
