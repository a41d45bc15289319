//! The text of a file, and the way from its bytes to lines and columns.

/// A place in one of the files that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub(super) file: u8,
    pub(super) byte: u32,
}

/// The same for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'r> {
    /// As the reader was told to call it.
    pub file: &'r str,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// Columns are counted in characters up to here in a line, in bytes beyond.
const LONG_LINE: usize = 10_000;

const BOM: &[u8] = b"\xef\xbb\xbf";

#[derive(Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) text: String,
    line_starts: Vec<usize>,
}

impl File {
    /// Decodes a file: UTF-8, and lines that are not as Latin-1; the first of those, by its byte in the text, is told.
    pub(super) fn decode(name: &str, bytes: &[u8]) -> (Self, Option<usize>) {
        let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
        let (text, latin1) = match std::str::from_utf8(bytes) {
            Ok(text) => (without_returns(text), None),
            Err(_) => by_line(bytes),
        };
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let file = Self {
            name: name.to_owned(),
            text,
            line_starts,
        };
        (file, latin1)
    }

    pub(super) fn place(&self, byte: usize) -> Place<'_> {
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = self.line_starts[line.saturating_sub(1)];
        let column = match self.text.get(start..byte) {
            Some(before) if before.len() <= LONG_LINE => before.chars().count(),
            _ => byte - start,
        };
        Place {
            file: &self.name,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }
}

/// The same with the line ends of Unix.
fn without_returns(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n")
    } else {
        text.to_owned()
    }
}

fn by_line(bytes: &[u8]) -> (String, Option<usize>) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut first = None;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(&without_returns(line)),
            Err(error) => {
                first.get_or_insert(text.len() + error.valid_up_to());
                let line: String = line.iter().copied().map(char::from).collect();
                text.push_str(&without_returns(&line));
            }
        }
    }
    (text, first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_not_utf8_are_latin1() {
        let (file, first) = File::decode("x", b"\xef\xbb\xbfa \xc3\xb3\r\nb \xf3\n");
        assert_eq!(file.text, "a ó\nb ó\n");
        assert_eq!(first, Some(7));
        let place = file.place(8);
        assert_eq!((place.line, place.column), (2, 4));
        assert_eq!(file.place(4).column, 4);
    }
}
