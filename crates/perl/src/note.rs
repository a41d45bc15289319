//! What a reader has to say about a file besides its values.

use super::file::At;

/// More than a person reads, and a bound for what a hostile file costs.
const MOST: usize = 200;

/// Something that was not read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub at: At,
    pub kind: NoteKind,
    /// What stands there, in short. Texts are left out, but for names of keys: they may be secrets.
    pub excerpt: String,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteKind {
    /// From here on lines were taken for Latin-1, where they are not UTF-8.
    Latin1,
    /// The file has more bytes than this: nothing of it was read.
    TooLarge { limit: usize },
    /// Brackets in brackets beyond what is read.
    TooDeep { limit: usize },
    /// More values, or longer texts, than are read: the rest was left out.
    TooMany { limit: usize },
    /// A text, here-document or pattern that does not end: the rest of the file was not read.
    Unterminated { what: &'static str },
    /// A bracket that is not closed where the statement ends.
    Unclosed { bracket: char },
    /// Two values with nothing between them.
    MissingComma,
    /// Two statements with nothing between them.
    MissingSemicolon,
    /// A bracket that nothing opened.
    NotOpened { bracket: char },
    /// Code that is no assignment of data: it was passed over. It names these keys of the object.
    PassedOver { what: String, names: Vec<String> },
    /// An expression whose value is not known without running it: it counts as not there.
    NotUnderstood,
    /// `...`, which stands for something that was left out.
    Elided,
    /// Code behind `return`, which is never run.
    Unreached,
    /// A variable that nothing was assigned to, or of the environment that is not set: its value is undefined.
    Unset { name: String },
    /// A key or element of something that has none.
    NoCollection,
    /// A hash with a key that has no value, so that it can't be told which are keys: it is not known.
    OddHash,
    /// A value that is in itself.
    Cycle,
}

impl NoteKind {
    /// Whether Perl itself would not take the file, or not all of it could be read.
    pub fn is_error(&self) -> bool {
        matches!(
            self,
            Self::TooLarge { .. }
                | Self::TooDeep { .. }
                | Self::TooMany { .. }
                | Self::Unterminated { .. }
                | Self::Unclosed { .. }
                | Self::MissingComma
                | Self::OddHash
                | Self::Cycle
        )
    }
}

#[derive(Debug, Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    pub(super) fn push(&mut self, at: At, kind: NoteKind, excerpt: String) {
        if !self.is_full(kind.is_error()) {
            self.0.push(Note { at, kind, excerpt });
        }
    }

    /// Whether no more are kept. Errors are, as they say whether the rest can be relied on.
    pub(super) fn is_full(&self, is_error: bool) -> bool {
        self.0.len() >= if is_error { 2 * MOST } else { MOST }
    }

    /// Adds those of another.
    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(super) fn list(&self) -> &[Note] {
        &self.0
    }
}
