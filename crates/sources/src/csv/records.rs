//! The records of a file, in the order of their keys.

use std::collections::BTreeSet;

use ::csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};
use kartoteka_model::text::{composed, lower, same_key};
use kartoteka_model::{FieldKind, Record, SourceSpec, Validity};
use sha2::{Digest, Sha256};

use super::read::CsvError;
use crate::SourceRow;

/// What may separate cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The most rows that are read: each is held with some hundreds of bytes beside its text.
const MOST: usize = 1_000_000;

/// A record as it stands in the file, with its key in lower case.
#[derive(Debug)]
pub(super) struct Row {
    lkey: String,
    cells: StringRecord,
}

/// All records of a file that have a key of their own.
#[derive(Debug)]
pub(super) struct Records {
    /// Of the whole text.
    pub digest: String,
    pub columns: Vec<String>,
    rows: Vec<Row>,
    /// What stands in records, and in which column.
    fields: Vec<(String, usize)>,
    key: usize,
    valid: Option<usize>,
    password: Option<usize>,
    /// Rows without a key.
    pub without_key: u64,
    /// Rows whose key a row before them has.
    pub again: u64,
}

/// The validity that a cell says, by its number where it says one.
pub(super) fn validity(cell: &str) -> String {
    Validity::parse(cell).map_or_else(|| cell.to_owned(), |validity| validity.id().to_string())
}

impl Records {
    /// Reads a text.
    pub fn read(text: &str, spec: &SourceSpec) -> Result<Self, CsvError> {
        let (separator, columns) = head(text, &spec.key)?;
        let mut records = Self {
            digest: hex::encode(Sha256::digest(text)),
            columns,
            rows: vec![],
            fields: vec![],
            key: 0,
            valid: None,
            password: None,
            without_key: 0,
            again: 0,
        };
        records.place(spec)?;
        let mut reader = reader(separator, false).from_reader(text.as_bytes());
        for cells in reader.records() {
            let cells = cells.map_err(told)?;
            if records.rows.len() >= MOST {
                return Err(CsvError::TooMany(MOST));
            }
            let key = composed(&cells[records.key]);
            if key.is_empty() || key.contains('\0') {
                records.without_key += 1;
                continue;
            }
            let lkey = lower(&key);
            records.rows.push(Row { lkey, cells });
        }
        if let Some(line) = open_quote(text, separator) {
            return Err(CsvError::OpenQuote { line });
        }
        // Of those with the same key the first in the file stays.
        records.rows.sort_by(|a, b| a.lkey.cmp(&b.lkey));
        let all = records.rows.len();
        records
            .rows
            .dedup_by(|later, first| later.lkey == first.lkey);
        records.again = (all - records.rows.len()) as u64;
        Ok(records)
    }

    /// Finds the columns that are set up, all of which have to be there.
    fn place(&mut self, spec: &SourceSpec) -> Result<(), CsvError> {
        let place = |column: &String| {
            let no_column = || CsvError::NoColumn {
                column: column.clone(),
                there: self.columns.clone(),
            };
            self.place_of(column).ok_or_else(no_column)
        };
        let visible = spec.map.visible();
        let mut fields = visible
            .filter(|field| field.kind != FieldKind::DynamicField)
            .map(|field| Ok((field.name.clone(), place(&field.column)?)))
            .collect::<Result<Vec<_>, CsvError>>()?;
        let key = place(&spec.key)?;
        let valid = spec.valid.as_ref().map(place).transpose()?;
        let password = spec.map.password().map(|field| place(&field.column));
        let password = password.transpose()?;
        if let (Some(_), Some(entry), Some(place)) =
            (spec.unmapped_valid(), spec.valid_entry(), valid)
        {
            fields.push((entry.to_owned(), place));
        }
        (self.fields, self.key, self.valid, self.password) = (fields, key, valid, password);
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    fn place_of(&self, column: &str) -> Option<usize> {
        let mut columns = self.columns.iter();
        columns.position(|one| same_key(one, column))
    }

    /// The row whose key is the same without regard to case.
    pub fn find(&self, key: &str) -> Option<&Row> {
        let lkey = lower(key);
        let at = self.rows.binary_search_by(|row| row.lkey.cmp(&lkey));
        at.ok().map(|at| &self.rows[at])
    }

    pub fn key_of<'r>(&self, row: &'r Row) -> &'r str {
        &row.cells[self.key]
    }

    /// Rows that have something in a column.
    pub fn rows_where(
        &self,
        column: &str,
        has: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &Row> {
        let place = self.place_of(column);
        let cell = move |row: &'_ Row| place.and_then(|at| row.cells.get(at)).is_some_and(&has);
        self.rows.iter().filter(move |row| cell(row))
    }

    /// The rows after a key in lower case, at most so many, and the key of the last of them.
    pub fn portion(
        &self,
        after: Option<&str>,
        limit: usize,
    ) -> (impl Iterator<Item = &Row>, Option<&str>) {
        let from = after.map_or(0, |after| {
            self.rows.partition_point(|row| row.lkey.as_str() <= after)
        });
        let rows = &self.rows[from..self.rows.len().min(from.saturating_add(limit))];
        (rows.iter(), rows.last().map(|row| row.lkey.as_str()))
    }

    /// A row as sources hold records.
    pub fn source_row(&self, row: &Row) -> SourceRow {
        let cell = |place: usize| {
            let cell = row.cells.get(place).unwrap_or_default();
            match place {
                _ if place == self.key => composed(cell),
                _ if Some(place) == self.valid => validity(cell),
                _ => cell.to_owned(),
            }
        };
        let mut record = Record::default();
        for (field, place) in &self.fields {
            record.set(field, cell(*place));
        }
        let password = self.password.map(cell);
        SourceRow {
            record,
            password: password.filter(|stored| !stored.is_empty()),
            id: None,
        }
    }
}

fn reader(separator: u8, flexible: bool) -> ReaderBuilder {
    let mut reader = ReaderBuilder::new();
    reader.delimiter(separator).trim(Trim::All);
    reader.flexible(flexible);
    reader
}

/// What separates the cells of a text, and its columns.
fn head(text: &str, key: &str) -> Result<(u8, Vec<String>), CsvError> {
    let mut most: Vec<String> = vec![];
    for separator in SEPARATORS {
        let mut reader = reader(separator, true).from_reader(text.as_bytes());
        let columns: Vec<String> = reader
            .headers()
            .map_err(told)?
            .iter()
            .map(str::to_owned)
            .collect();
        if columns.iter().any(|column| same_key(column, key)) {
            return once(columns).map(|columns| (separator, columns));
        }
        if columns.len() > most.len() {
            most = columns;
        }
    }
    if most.iter().all(String::is_empty) {
        return Err(CsvError::Empty);
    }
    Err(CsvError::NoColumn {
        column: key.to_owned(),
        there: most,
    })
}

/// Columns, each of which is named once; those without a name are nobody's.
fn once(columns: Vec<String>) -> Result<Vec<String>, CsvError> {
    let mut seen = BTreeSet::new();
    for column in columns.iter().filter(|column| !column.is_empty()) {
        if !seen.insert(lower(column)) {
            return Err(CsvError::ColumnTwice(column.clone()));
        }
    }
    Ok(columns)
}

fn told(error: ::csv::Error) -> CsvError {
    match error.kind() {
        ErrorKind::UnequalLengths {
            pos: Some(at),
            expected_len,
            len,
        } => CsvError::Cells {
            line: at.line(),
            cells: *len,
            columns: *expected_len,
        },
        _ => CsvError::Csv(error),
    }
}

/// The line of a quote that is not closed: what comes after it would be one cell.
fn open_quote(text: &str, separator: u8) -> Option<u64> {
    let (mut line, mut opened) = (1, None);
    let mut begins = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, opened) {
            (b'"', None) if begins => opened = Some(line),
            (b'"', Some(_)) if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (b'"', Some(_)) => opened = None,
            _ => {}
        }
        begins = byte == separator || matches!(byte, b'\n' | b'\r');
        line += u64::from(byte == b'\n');
    }
    opened
}
