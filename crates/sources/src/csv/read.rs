//! Reading a file as a whole, and what can be wrong with it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What is wrong with a file of records.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("it is no file")]
    NoFile,
    #[error("larger than {} MiB, which is the most that is read", .0 >> 20)]
    TooLarge(u64),
    #[error("more than {0} rows, which is the most that are read")]
    TooMany(usize),
    #[error("it is written to just now")]
    Changing,
    #[error("line {line} is not UTF-8; save the file with that encoding")]
    NotUtf8 { line: usize },
    #[error("there is nothing in it; its first line has to name the columns")]
    Empty,
    #[error("its first line names no column `{column}`, but {}", there.join(", "))]
    NoColumn { column: String, there: Vec<String> },
    #[error("its first line names the column `{0}` twice")]
    ColumnTwice(String),
    #[error("line {line} has {cells} cells, and the first line has {columns}")]
    Cells { line: u64, cells: u64, columns: u64 },
    #[error("a quote that begins on line {line} has no end")]
    OpenQuote { line: u64 },
    #[error("{0}")]
    Csv(csv::Error),
}

/// The text of a file of at most so many bytes.
pub(super) fn text(file: &Path, most: u64) -> Result<String, CsvError> {
    let mut bytes = vec![];
    // What is no file, as a pipe, may have no end.
    File::open(file)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(CsvError::TooLarge(most));
    }
    decoded(bytes)
}

/// Bytes as text, without a byte order mark.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String, CsvError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        CsvError::NotUtf8 { line }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}
