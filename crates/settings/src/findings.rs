//! The mistakes of one run, and the way from a byte of the file to its line and column.

use std::cell::RefCell;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::mistake::Mistake;
use crate::places::Place;

/// More mistakes than a person reads, and a bound for what a hostile file costs.
const MOST: usize = 200;
const MOST_WARNINGS: usize = 150;

/// Columns are counted in characters up to here in a line, in bytes beyond.
const LONG_LINE: usize = 10_000;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    Byte(usize),
    Variable(String),
    /// A file that the settings file is laid over.
    Below(Place),
}

pub(crate) struct Findings<'t> {
    file: &'t str,
    text: &'t str,
    line_starts: Vec<usize>,
    list: RefCell<Vec<Diagnostic>>,
}

impl<'t> Findings<'t> {
    pub(crate) fn new(file: &'t str, text: &'t str) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            file,
            text,
            line_starts,
            list: RefCell::default(),
        }
    }

    pub(crate) fn place(&self, at: &At) -> Place {
        let byte = match at {
            At::Variable(name) => return Place::whole(name.as_str()),
            At::Below(place) => return place.clone(),
            At::Byte(byte) => (*byte).min(self.text.len()),
        };
        let line = self.line_starts.partition_point(|start| *start <= byte);
        let start = self.line_starts[line.saturating_sub(1)];
        let column = match self.text.get(start..byte) {
            Some(before) if before.len() <= LONG_LINE => before.chars().count(),
            _ => byte - start,
        };
        Place {
            file: self.file.to_owned(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }

    /// The folder that the settings file is in: what files it names begin from.
    pub(crate) fn folder(&self) -> &'t Path {
        Path::new(self.file).parent().unwrap_or(Path::new(""))
    }

    pub(crate) fn error(&self, at: &At, mistake: Mistake) -> Diagnostic {
        Diagnostic::error(self.place(at), mistake)
    }

    pub(crate) fn warning(&self, at: &At, mistake: Mistake) -> Diagnostic {
        Diagnostic::warning(self.place(at), mistake)
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        let mut list = self.list.borrow_mut();
        // However much there is to warn of, an error is told: settings count where there is none.
        let most = if diagnostic.is_error() {
            MOST
        } else {
            MOST_WARNINGS
        };
        if list.len() < most {
            list.push(diagnostic);
        }
    }

    /// Whether nothing more is kept, so that nothing more need be looked for.
    pub(crate) fn is_full(&self) -> bool {
        self.list.borrow().len() >= MOST
    }

    /// All mistakes in the order of the file.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        let mut list = self.list.into_inner();
        list.sort_by(|a, b| a.place.cmp(&b.place));
        list
    }
}
