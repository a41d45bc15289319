//! An existing configuration of OTOBO as a layer of settings below `kartoteka.toml`.
//!
//! [`kartoteka_perl`] reads the values, over those that OTOBO ships; here they become the tree that `kartoteka.toml` is
//! read into, too, so that one and the same code checks them and says what to write instead.

mod columns;
mod convert;
mod database;
mod known;
mod later;
mod ldap;
mod map;
mod notes;
mod params;
pub(crate) mod print;
mod shipped;
mod source;
mod sysconfig;
mod yaml;

use std::io::Read;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::document::{Entry, Node, Table, Value};
use crate::findings::At;
use crate::mistake::Mistake;
use crate::places::Place;
use kartoteka_perl as perl;
pub use sysconfig::{Modified, names};

const DIALECT: perl::Dialect = perl::Dialect {
    object: "Self",
    entry: "Load",
    same: &["Translatable"],
};

/// The table of what was set in the pages of OTOBO.
pub const TABLE: &str = "sysconfig_modified";

/// More than a person reads.
const MOST: usize = 500;

/// What a configuration of OTOBO says, as a layer below `kartoteka.toml`.
#[derive(Clone, Default)]
pub struct Layer {
    pub(crate) tree: Table,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Layer {
    /// Reads `Kernel/Config.pm`, and below it `Kernel/Config/Files/ZZZAAuto.pm` if that is beside it. `env` is what
    /// `$ENV{…}` means in them.
    pub fn read(file: &Path, env: &[(String, String)]) -> Self {
        Self::read_over(&[], Some(file), env)
    }

    /// The same over what was set in the pages of OTOBO, which counts above `ZZZAAuto.pm`: that file may be of another
    /// node, or gone.
    pub fn read_over(modified: &[Modified], file: Option<&Path>, env: &[(String, String)]) -> Self {
        let limits = perl::Limits::default();
        let most = limits.bytes as u64 + 1;
        let bytes = |file: &Path| {
            let mut bytes = Vec::new();
            std::fs::File::open(file)?
                .take(most)
                .read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(bytes)
        };
        let mut files = Vec::new();
        let below = file.map(|file| file.with_file_name("Config/Files/ZZZAAuto.pm"));
        for file in [below.as_deref().filter(|below| below.is_file()), file] {
            let Some(file) = file else { continue };
            let name = file.display().to_string();
            match bytes(file) {
                Ok(bytes) => files.push((name, bytes)),
                Err(error) => {
                    let diagnostic = Diagnostic::error(Place::whole(name), Mistake::Unreadable)
                        .param("reason", error.to_string());
                    return Self {
                        tree: Table::new(),
                        diagnostics: vec![diagnostic],
                    };
                }
            }
        }
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        Self::read_bytes_over(modified, &files, env)
    }

    /// The same of files that were read already: what diagnostics call them, and their bytes. Later ones count before
    /// earlier ones.
    pub fn read_bytes(files: &[(&str, &[u8])], env: &[(String, String)]) -> Self {
        Self::read_bytes_over(&[], files, env)
    }

    fn read_bytes_over(
        modified: &[Modified],
        files: &[(&str, &[u8])],
        env: &[(String, String)],
    ) -> Self {
        let environment = |name: &str| {
            let set = env.iter().rev().find(|(known, _)| known == name);
            set.map(|(_, value)| value.clone())
        };
        let mut reader = perl::Reader::new(DIALECT, perl::Limits::default(), &environment);
        shipped::preset(&mut reader);
        let (set, told) = sysconfig::files(modified);
        let set: Vec<(&str, &[u8])> = set
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        let (below, above) = files.split_at(files.len().saturating_sub(1));
        for (name, bytes) in below.iter().chain(&set).chain(above) {
            reader.read(name, bytes);
        }
        let last = files.last().map_or("", |(name, _)| *name);
        let mut reading = Reading {
            reader: &reader,
            file: last,
            tree: Table::new(),
            diagnostics: notes::diagnostics(&reader),
        };
        reading.diagnostics.extend(told);
        database::read(&mut reading);
        known::read(&mut reading);
        source::read(&mut reading);
        later::tell(&mut reading);
        Self {
            tree: reading.tree,
            diagnostics: reading.diagnostics,
        }
    }

    /// The mistakes that were found so far. Those of the settings themselves are found when the layer is laid below the
    /// others.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The `kartoteka.toml` that means the same, with comments, and without secrets: comments say how to hand them over.
    pub fn to_toml(&self) -> String {
        print::print(self)
    }
}

/// Values may be secrets, so they are not printed.
impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layer")
            .field("sections", &self.tree.keys())
            .field("diagnostics", &self.diagnostics)
            .finish()
    }
}

/// One configuration while it is turned into settings.
struct Reading<'r> {
    reader: &'r perl::Reader<'r>,
    /// The file that counts first.
    file: &'r str,
    tree: Table,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn place(&self, at: Option<perl::At>) -> Place {
        at.map_or_else(
            || Place::whole(self.file),
            |at| place(self.reader.place(at)),
        )
    }

    fn at(&self, at: Option<perl::At>) -> At {
        At::Below(self.place(at))
    }

    fn warn(&mut self, at: Option<perl::At>, mistake: Mistake) -> &mut Diagnostic {
        let diagnostic = Diagnostic::warning(self.place(at), mistake);
        if self.diagnostics.len() < MOST {
            self.diagnostics.push(diagnostic);
        } else {
            self.diagnostics[MOST - 1] = diagnostic;
        }
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Puts a value under a key of a section.
    fn put(&mut self, section: &str, key: &str, at: At, value: Value) {
        let place = at.clone();
        let section = self
            .tree
            .entry(section.to_owned())
            .or_insert_with(|| entry(place, Value::Table(Table::new())));
        if let Value::Table(table) = &mut section.node.value {
            table.insert(key.to_owned(), entry(at, value));
        }
    }
}

fn entry(at: At, value: Value) -> Entry {
    Entry {
        key_at: at.clone(),
        node: Node { value, at },
    }
}

fn place(place: perl::Place<'_>) -> Place {
    Place {
        file: place.file.to_owned(),
        line: place.line,
        column: place.column,
    }
}
