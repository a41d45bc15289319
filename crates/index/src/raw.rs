//! Records as texts: their values in the order of the layout. With the names of the fields in each they took twice the
//! room.

use kartoteka_model::Record;

use super::IndexLayout;
use kartoteka_store::StoreError;
use kartoteka_store::source::AUDIT;

fn failed(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

impl IndexLayout {
    /// The names of values that have a place of their own.
    fn placed(&self) -> impl Iterator<Item = &str> {
        let audit = AUDIT.iter().map(|(name, _)| *name);
        let audit = audit.filter(|name| self.number(name).is_none());
        self.fields.iter().map(String::as_str).chain(audit)
    }

    /// The text form of a record: what has no place of its own comes last, each with its name before it.
    pub(super) fn raw_of(&self, record: &Record) -> Result<String, StoreError> {
        let mut left = record.0.len();
        let mut cells: Vec<Option<&str>> = Vec::with_capacity(left);
        for name in self.placed() {
            let value = record.0.get(name).map(String::as_str);
            left -= usize::from(value.is_some());
            cells.push(value);
        }
        if left > 0 {
            let has_place = |name: &str| self.placed().any(|placed| placed == name);
            for (name, value) in record.iter().filter(|(name, _)| !has_place(name)) {
                cells.extend([Some(name), Some(value)]);
            }
        }
        serde_json::to_string(&cells).map_err(failed)
    }

    /// The record of a text form.
    pub(super) fn record_of(&self, raw: &str) -> Result<Record, StoreError> {
        let cells: Vec<Option<String>> = serde_json::from_str(raw).map_err(failed)?;
        let mut cells = cells.into_iter();
        let mut record = Record::default();
        for (name, cell) in self.placed().zip(cells.by_ref()) {
            if let Some(value) = cell {
                record.set(name, value);
            }
        }
        while let (Some(Some(name)), Some(Some(value))) = (cells.next(), cells.next()) {
            record.set(name, value);
        }
        Ok(record)
    }

    /// Where a value of a record stands in its text form; none for one without a place of its own.
    pub(super) fn path_of(&self, name: &str) -> Option<String> {
        let at = self.placed().position(|placed| placed == name)?;
        Some(format!("$[{at}]"))
    }
}
