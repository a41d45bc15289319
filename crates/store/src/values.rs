//! Values that go into statements and come out of them.

/// A value to bind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arg {
    Text(String),
    Int(i64),
    NullText,
    NullInt,
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Option<i64>> for Arg {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::NullInt, Self::Int)
    }
}

/// One row; every column was read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow(pub Vec<Option<String>>);

impl TextRow {
    /// The text in a column; NULL reads as the empty text.
    pub fn text(&self, column: usize) -> &str {
        self.0
            .get(column)
            .and_then(Option::as_deref)
            .unwrap_or_default()
    }

    /// The number in a column; NULL and anything unreadable is none.
    pub fn int(&self, column: usize) -> Option<i64> {
        self.0
            .get(column)
            .and_then(Option::as_deref)
            .and_then(|text| text.parse().ok())
    }
}
