//! Values that go into statements and come out of them.

use crate::error::StoreError;

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

    /// The number in a column that has to hold one: nothing else is taken for it.
    ///
    /// # Errors
    /// `Unreadable` for NULL and for what is no number.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_int(column)?.ok_or_else(|| no_number(column))
    }

    /// The number in a column that may be NULL.
    ///
    /// # Errors
    /// `Unreadable` for what is no number.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        let text = self.0.get(column).ok_or_else(|| no_number(column))?;
        let number = |text: &String| text.parse().map_err(|_| no_number(column));
        text.as_ref().map(number).transpose()
    }

    /// The number in a column of a table that others made, where it serves as a hint only: what is none gives none.
    pub fn hint(&self, column: usize) -> Option<i64> {
        self.maybe_int(column).ok().flatten()
    }
}

fn no_number(column: usize) -> StoreError {
    StoreError::Unreadable(format!("column {} holds no number", column + 1))
}

/// The number in the first column of the first row, if there is a row.
///
/// # Errors
/// `Unreadable` for NULL and for what is no number.
pub fn first_int(rows: &[TextRow]) -> Result<Option<i64>, StoreError> {
    rows.first().map(|row| row.int(0)).transpose()
}

/// What a statement counted.
///
/// # Errors
/// `Unreadable` when it answered no number.
pub fn counted(rows: &[TextRow]) -> Result<u64, StoreError> {
    let count = first_int(rows)?.and_then(|count| u64::try_from(count).ok());
    count.ok_or_else(|| no_number(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_none() {
        let row = TextRow(vec![
            Some("12".into()),
            None,
            Some("twelve".into()),
            Some(String::new()),
        ]);
        assert_eq!(row.int(0).unwrap(), 12);
        assert_eq!(row.maybe_int(0).unwrap(), Some(12));
        assert_eq!(row.maybe_int(1).unwrap(), None);
        for column in 1..=4 {
            let read = row.int(column);
            assert!(
                matches!(read, Err(StoreError::Unreadable(_))),
                "{column}: {read:?}"
            );
        }
        for column in 2..=4 {
            assert!(row.maybe_int(column).is_err(), "{column}");
            assert_eq!(row.hint(column), None);
        }
        assert_eq!(first_int(&[]).unwrap(), None);
        assert_eq!(counted(&[row]).unwrap(), 12);
        assert!(counted(&[]).is_err());
        assert!(counted(&[TextRow(vec![Some("-1".into())])]).is_err());
    }
}
