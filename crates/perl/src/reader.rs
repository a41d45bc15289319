//! Reading files, one laid over the other.

use std::collections::BTreeMap;

use super::evaluate::{Evaluator, Room};
use super::export;
use super::file::{At, File, Place};
use super::heap::{Cell, Heap, Id, Item, Scalar};
use super::note::{Note, NoteKind, Notes};
use super::parser::Parser;
use super::syntax::Shape;
use super::value::{Data, Value};

/// What files call the things that are read.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// The variable whose keys are assigned, without its sigil: `Self`.
    pub object: &'static str,
    /// The procedure whose statements are read as if they stood alone: `Load`.
    pub entry: &'static str,
    /// Functions that give what they are given: `Translatable`.
    pub same: &'static [&'static str],
}

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Brackets, and other things, in each other.
    pub depth: usize,
    /// Values in all files together.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 8 << 20,
            depth: 64,
            values: 500_000,
        }
    }
}

/// Reads files, one laid over the other.
pub struct Reader<'e> {
    dialect: Dialect,
    limits: Limits,
    environment: &'e dyn Fn(&str) -> Option<String>,
    heap: Heap,
    object: Id,
    left: usize,
    room: Room,
    files: Vec<File>,
    notes: Notes,
}

impl<'e> Reader<'e> {
    /// A reader of nothing yet; `environment` gives what `$ENV{…}` is.
    pub fn new(
        dialect: Dialect,
        limits: Limits,
        environment: &'e dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let mut heap = Heap::default();
        Self {
            object: heap.make(Shape::Hash),
            heap,
            dialect,
            environment,
            left: limits.values,
            room: Room {
                values: limits.values,
                bytes: limits.bytes,
                told: false,
            },
            limits,
            files: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Gives a key a value that no file says. Files read later are laid over it.
    pub fn preset(&mut self, key: &str, value: &Value) {
        let item = self.item(value);
        if let Cell::Hash(entries) = self.heap.get_mut(self.object) {
            entries.insert(key.into(), (None, item));
        }
    }

    fn item(&mut self, value: &Value) -> Item {
        let scalar = match &value.data {
            Data::Undefined => Scalar::Undefined,
            Data::Text(text) => Scalar::Text(text.as_str().into()),
            Data::Integer(number) => Scalar::Integer(*number),
            Data::Decimal(number) => Scalar::Decimal(*number),
            Data::Unknown => Scalar::Unknown,
            Data::Elided => Scalar::Elided,
            Data::List(values) => {
                let items = values.iter().map(|value| self.item(value)).collect();
                Scalar::Ref(self.heap.add(Cell::List(items)))
            }
            Data::Hash(values) => {
                let entries: BTreeMap<_, _> = values
                    .iter()
                    .map(|(key, entry)| {
                        (key.as_str().into(), (entry.key_at, self.item(&entry.value)))
                    })
                    .collect();
                Scalar::Ref(self.heap.add(Cell::Hash(entries)))
            }
        };
        Item::new(value.at, scalar)
    }

    /// Reads a file over what was read before. `name` is what places call it.
    pub fn read(&mut self, name: &str, bytes: &[u8]) {
        let number = u8::try_from(self.files.len()).unwrap_or(u8::MAX);
        let limit = self.limits.bytes;
        let place = |byte: usize| At {
            file: number,
            byte: u32::try_from(byte).unwrap_or(u32::MAX),
        };
        if bytes.len() > limit {
            self.files.push(File::decode(name, b"").0);
            let kind = NoteKind::TooLarge { limit };
            self.notes.push(place(0), kind, String::new());
            return;
        }
        let (file, latin1) = File::decode(name, bytes);
        if let Some(byte) = latin1 {
            self.notes
                .push(place(byte), NoteKind::Latin1, String::new());
        }
        let mut parser_notes = Notes::default();
        let mut parser = Parser::new(
            &file.text,
            number,
            &self.dialect,
            &self.limits,
            &mut self.left,
            &mut parser_notes,
        );
        let mut evaluator = Evaluator {
            heap: &mut self.heap,
            object: self.object,
            scalars: std::collections::HashMap::new(),
            collections: std::collections::HashMap::new(),
            environment: self.environment,
            room: &mut self.room,
            notes: &mut self.notes,
            dialect: &self.dialect,
            limits: &self.limits,
            text: &file.text,
            file: number,
            quiet: false,
        };
        while let Some(expression) = parser.statement() {
            evaluator.run(&expression);
        }
        self.notes.append(parser_notes);
        self.files.push(file);
        for at in export::cycles(&self.heap, self.object) {
            if at.file == number {
                let file = &self.files[usize::from(number)];
                let excerpt = super::excerpt::excerpt(&file.text, at.byte as usize);
                self.notes.push(at, NoteKind::Cycle, excerpt);
            }
        }
    }

    /// The keys that were assigned, or given as a preset.
    pub fn keys(&self) -> Vec<(String, Option<At>)> {
        match self.heap.get(self.object) {
            Cell::Hash(entries) => entries
                .iter()
                .map(|(key, (at, _))| (key.to_string(), *at))
                .collect(),
            Cell::List(_) => Vec::new(),
        }
    }

    /// What is under a key, and where the key stands.
    pub fn find(&self, key: &str) -> Option<(Option<At>, Value)> {
        let Cell::Hash(entries) = self.heap.get(self.object) else {
            return None;
        };
        let (at, item) = entries.get(key)?;
        let mut room = self.limits.values;
        Some((
            *at,
            export::value(&self.heap, item, self.limits.depth, &mut room),
        ))
    }

    /// The place for people.
    pub fn place(&self, at: At) -> Place<'_> {
        self.files[usize::from(at.file)].place(at.byte as usize)
    }

    /// What there is to say about the files, in their order.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = self.notes.list().to_vec();
        notes.sort_by_key(|note| note.at);
        notes
    }
}
