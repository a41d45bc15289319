//! What expressions are worth.

use std::collections::HashMap;
use std::rc::Rc;

use super::calculate::{boolean, of_number, position};
use super::excerpt::excerpt;
use super::file::At;
use super::heap::{Cell, Heap, Id, Item, Scalar};
use super::note::{NoteKind, Notes};
use super::number::Number;
use super::reader::{Dialect, Limits};
use super::syntax::{Expr, Function, Kind, Shape};

/// All that was read, and the variables of the file.
pub(super) struct Evaluator<'e> {
    pub(super) heap: &'e mut Heap,
    /// The object.
    pub(super) object: Id,
    pub(super) scalars: HashMap<String, Item>,
    pub(super) collections: HashMap<(Shape, String), Id>,
    pub(super) environment: &'e dyn Fn(&str) -> Option<String>,
    /// How many more values, and bytes of texts, are made.
    pub(super) room: &'e mut Room,
    pub(super) notes: &'e mut Notes,
    pub(super) dialect: &'e Dialect,
    pub(super) limits: &'e Limits,
    pub(super) text: &'e str,
    pub(super) file: u8,
    /// Whether something else is taken where a variable has no value, so that it is not worth a note.
    pub(super) quiet: bool,
}

/// How much more may be made.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) values: usize,
    pub(super) bytes: usize,
    pub(super) told: bool,
}

impl Evaluator<'_> {
    pub(super) fn place(&self, byte: usize) -> Option<At> {
        Some(At {
            file: self.file,
            byte: u32::try_from(byte).unwrap_or(u32::MAX),
        })
    }

    pub(super) fn note(&mut self, byte: usize, kind: NoteKind) {
        if let Some(place) = self.place(byte)
            && !self.notes.is_full(kind.is_error())
        {
            self.notes.push(place, kind, excerpt(self.text, byte));
        }
    }

    /// Takes room for values; false, and a note, if there is none left.
    pub(super) fn take(&mut self, at: usize, values: usize, bytes: usize) -> bool {
        if self.room.values >= values && self.room.bytes >= bytes {
            self.room.values -= values;
            self.room.bytes -= bytes;
            return true;
        }
        if !std::mem::replace(&mut self.room.told, true) {
            let limit = self.limits.values;
            self.note(at, NoteKind::TooMany { limit });
        }
        false
    }

    /// A statement. One that only names variables, as `my $name;` does, makes them.
    pub(super) fn run(&mut self, expr: &Expr) {
        match &expr.kind {
            Kind::Scalar(name) => {
                let item = undefined(self.place(expr.at));
                self.scalars.entry(name.clone()).or_insert(item);
            }
            Kind::List(exprs) => exprs.iter().for_each(|expr| self.run(expr)),
            _ => {
                self.scalar(expr);
            }
        }
    }

    /// One value.
    pub(super) fn scalar(&mut self, expr: &Expr) -> Item {
        let at = self.place(expr.at);
        let scalar = match &expr.kind {
            Kind::Undefined => Scalar::Undefined,
            Kind::Text(text) => Scalar::Text(text.as_str().into()),
            Kind::Number(number) => of_number(*number),
            Kind::Concat(parts) => self.concat(expr.at, parts),
            Kind::Array(items) => {
                let items = self.list(items);
                Scalar::Ref(self.heap.add(Cell::List(items)))
            }
            Kind::Hash(items) => self.hash(expr.at, items),
            // The last one, as with Perl's comma.
            Kind::List(items) => return self.list(items).pop().unwrap_or(undefined(at)),
            Kind::Scalar(name) => return self.variable(expr.at, name),
            Kind::Collection(shape, name) => self.count_of(*shape, name),
            Kind::Deref(..) | Kind::Unknown => Scalar::Unknown,
            Kind::RefTo(shape, name) => Scalar::Ref(self.collection(*shape, name)),
            Kind::Element(shape, parts) => return self.element(expr.at, *shape, parts),
            Kind::Environment(key) => self.variable_of_environment(expr.at, key),
            Kind::Call(function, arguments) => return self.call(expr.at, *function, arguments),
            Kind::Not(operand) => match self.scalar(operand).is_true() {
                Some(truth) => boolean(!truth),
                None => Scalar::Unknown,
            },
            Kind::Negative(operand) => match self.number(operand) {
                Some(number) => of_number(Number::of(-number.decimal())),
                None => Scalar::Unknown,
            },
            Kind::Binary(sign, operands) => return self.binary(expr.at, sign, operands),
            Kind::Choice(parts) => {
                let [condition, yes, no] = &**parts;
                match self.quietly(condition).is_true() {
                    Some(true) => return self.scalar(yes),
                    Some(false) => return self.scalar(no),
                    None => Scalar::Unknown,
                }
            }
            Kind::Assign(sign, parts) => return self.assign(expr.at, sign, parts),
            Kind::Elided => Scalar::Elided,
        };
        Item::new(at, scalar)
    }

    /// One value, of something that may have none.
    pub(super) fn quietly(&mut self, expr: &Expr) -> Item {
        let before = std::mem::replace(&mut self.quiet, true);
        let item = self.scalar(expr);
        self.quiet = before;
        item
    }

    /// The values of a list, with those of lists in it.
    pub(super) fn list(&mut self, exprs: &[Expr]) -> Vec<Item> {
        let mut items = Vec::with_capacity(exprs.len().min(self.room.values));
        for expr in exprs {
            self.spread(expr, &mut items);
        }
        items
    }

    fn spread(&mut self, expr: &Expr, items: &mut Vec<Item>) {
        let id = match &expr.kind {
            Kind::List(exprs) => {
                for expr in exprs {
                    self.spread(expr, items);
                }
                return;
            }
            Kind::Choice(parts) => {
                let [condition, yes, no] = &**parts;
                match self.quietly(condition).is_true() {
                    Some(true) => self.spread(yes, items),
                    Some(false) => self.spread(no, items),
                    None => items.push(Item::new(self.place(expr.at), Scalar::Unknown)),
                }
                return;
            }
            // The arguments of the procedure.
            Kind::Collection(Shape::List, name) if name == "_" => None,
            Kind::Collection(shape, name) => Some(self.known_collection(expr.at, *shape, name)),
            Kind::Deref(shape, of) => self.container(of, *shape, false),
            _ => {
                if self.take(expr.at, 1, 0) {
                    let item = self.scalar(expr);
                    items.push(item);
                }
                return;
            }
        };
        let Some(id) = id else {
            items.push(Item::new(self.place(expr.at), Scalar::Unknown));
            return;
        };
        let (values, keys) = match self.heap.get(id) {
            Cell::List(items) => (items.len(), false),
            Cell::Hash(entries) => (entries.len() * 2, true),
        };
        if !self.take(expr.at, values, 0) {
            return;
        }
        match self.heap.get(id) {
            Cell::List(own) if !keys => items.extend(own.iter().cloned()),
            Cell::Hash(entries) => {
                for (key, (key_at, item)) in entries {
                    items.push(Item::new(*key_at, Scalar::Text(key.clone())));
                    items.push(item.clone());
                }
            }
            Cell::List(_) => {}
        }
    }

    fn hash(&mut self, at: usize, exprs: &[Expr]) -> Scalar {
        let items = self.list(exprs);
        if items.len() % 2 == 1 && !items.iter().any(Item::is_unknown) {
            self.note(at, NoteKind::OddHash);
            return Scalar::Unknown;
        }
        let id = self.heap.make(Shape::Hash);
        self.fill(id, items);
        Scalar::Ref(id)
    }

    /// Puts keys and values, one after the other, into a hash.
    pub(super) fn fill(&mut self, id: Id, items: Vec<Item>) {
        let mut items = items.into_iter();
        while let Some(key) = items.next() {
            // What stands for several keys and values that are not known.
            let Some(name) = key.text() else { continue };
            let value = items.next().unwrap_or(undefined(key.at));
            if let Cell::Hash(entries) = self.heap.get_mut(id) {
                entries.insert(name, (key.at, value));
            }
        }
    }

    fn variable(&mut self, at: usize, name: &str) -> Item {
        if name == self.dialect.object {
            return Item::new(self.place(at), Scalar::Ref(self.object));
        }
        if let Some(item) = self.scalars.get(name) {
            return item.clone();
        }
        let name = format!("${name}");
        self.note(at, NoteKind::Unset { name });
        Item::new(self.place(at), Scalar::Unknown)
    }

    /// The list or hash of a variable, a new one if there is none.
    pub(super) fn collection(&mut self, shape: Shape, name: &str) -> Id {
        if let Some(id) = self.collections.get(&(shape, name.to_owned())) {
            return *id;
        }
        let id = self.heap.make(shape);
        self.collections.insert((shape, name.to_owned()), id);
        id
    }

    /// The same, of one that should be there.
    fn known_collection(&mut self, at: usize, shape: Shape, name: &str) -> Id {
        if !self.collections.contains_key(&(shape, name.to_owned())) {
            let sigil = if shape == Shape::List { '@' } else { '%' };
            let name = format!("{sigil}{name}");
            self.note(at, NoteKind::Unset { name });
        }
        self.collection(shape, name)
    }

    fn count_of(&mut self, shape: Shape, name: &str) -> Scalar {
        let id = self.collection(shape, name);
        let count = match self.heap.get(id) {
            Cell::List(items) => items.len(),
            Cell::Hash(entries) => entries.len(),
        };
        Scalar::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn variable_of_environment(&mut self, at: usize, key: &Expr) -> Scalar {
        let Some(name) = self.scalar(key).text() else {
            return Scalar::Unknown;
        };
        match (self.environment)(&name) {
            Some(value) if self.take(at, 0, value.len()) => Scalar::Text(value.into()),
            Some(_) => Scalar::Unknown,
            None => {
                if !self.quiet {
                    let name = format!("$ENV{{{name}}}");
                    self.note(at, NoteKind::Unset { name });
                }
                Scalar::Undefined
            }
        }
    }

    fn element(&mut self, at: usize, shape: Shape, parts: &[Expr; 2]) -> Item {
        let [of, index] = parts;
        let place = self.place(at);
        let Some(id) = self.container(of, shape, false) else {
            return Item::new(place, Scalar::Unknown);
        };
        let index = self.scalar(index);
        let found = match self.heap.get(id) {
            Cell::Hash(entries) => index
                .text()
                .map(|key| entries.get(&key).map(|(_, item)| item.clone())),
            Cell::List(items) => {
                position(&index, items.len()).map(|position| items.get(position).cloned())
            }
        };
        match found {
            Some(Some(item)) => item,
            Some(None) => undefined(place),
            None => Item::new(place, Scalar::Unknown),
        }
    }

    fn call(&mut self, at: usize, function: Function, arguments: &[Expr]) -> Item {
        let place = self.place(at);
        let cased = |text: Rc<str>, upper: bool| {
            let text = if upper {
                text.to_uppercase()
            } else {
                text.to_lowercase()
            };
            Scalar::Text(text.into())
        };
        let scalar = match (function, arguments) {
            (Function::Same, [only]) => return self.scalar(only),
            (Function::Join, _) => self.joined(at, arguments),
            (Function::Lower | Function::Upper, [only]) => match self.scalar(only).text() {
                Some(text) if self.take(at, 0, text.len()) => {
                    cased(text, function == Function::Upper)
                }
                _ => Scalar::Unknown,
            },
            (Function::Defined | Function::Exists, [only]) => self.exists(only),
            (Function::Push | Function::Unshift, [to, items @ ..]) => {
                self.push(to, items, function == Function::Unshift);
                Scalar::Unknown
            }
            (Function::Delete, [only]) => {
                self.delete(only);
                Scalar::Unknown
            }
            (Function::Undefine, [only]) => {
                self.undefine(only);
                Scalar::Undefined
            }
            _ => Scalar::Unknown,
        };
        Item::new(place, scalar)
    }

    /// Whether something is there; a variable that is not set is not worth a note here.
    fn exists(&mut self, expr: &Expr) -> Scalar {
        let item = match &expr.kind {
            Kind::Scalar(name) => self.scalars.get(name).cloned(),
            Kind::Environment(key) => {
                let name = self.scalar(key).text();
                return boolean(name.is_some_and(|name| (self.environment)(&name).is_some()));
            }
            _ => Some(self.scalar(expr)),
        };
        match item {
            Some(item) if item.is_unknown() => Scalar::Unknown,
            Some(item) => boolean(!matches!(item.scalar, Scalar::Undefined)),
            None => boolean(false),
        }
    }
}

pub(super) fn undefined(at: Option<At>) -> Item {
    Item::new(at, Scalar::Undefined)
}
