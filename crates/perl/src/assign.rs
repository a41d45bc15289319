//! Assignments: what changes values.

use std::rc::Rc;

use super::calculate::{calculate, number_of, position};
use super::evaluate::{Evaluator, undefined};
use super::heap::{Cell, Id, Item, Scalar};
use super::note::NoteKind;
use super::syntax::{Expr, Kind, Shape};

/// So many values that are moved count as one that is made.
const MOVED_FOR_ONE: usize = 8;

/// Where a value can be put.
enum Slot {
    Variable(String),
    Position(Id, usize),
    Key(Id, Rc<str>, usize),
}

impl Evaluator<'_> {
    /// Assigns, and gives what was assigned.
    pub(super) fn assign(&mut self, at: usize, sign: &str, parts: &[Expr; 2]) -> Item {
        let [to, value] = parts;
        match &to.kind {
            Kind::List(variables) => {
                self.assign_each(variables, value);
                return undefined(self.place(at));
            }
            Kind::Collection(shape, name) => {
                let id = self.collection(*shape, name);
                self.assign_all(id, value);
                return undefined(self.place(at));
            }
            Kind::Deref(shape, of) => {
                if let Some(id) = self.container(of, *shape, true) {
                    self.assign_all(id, value);
                }
                return undefined(self.place(at));
            }
            _ => {}
        }
        let Some(slot) = self.slot(to) else {
            return Item::new(self.place(at), Scalar::Unknown);
        };
        let now = || self.now(&slot);
        let item = match sign {
            "=" => self.scalar(value),
            "||=" | "&&=" | "//=" => {
                let now = now();
                let replaces = match sign {
                    "//=" => Some(matches!(now.scalar, Scalar::Undefined)),
                    "||=" => now.is_true().map(|truth| !truth),
                    _ => now.is_true(),
                };
                match replaces {
                    Some(true) => self.scalar(value),
                    Some(false) => return now,
                    None => Item::new(None, Scalar::Unknown),
                }
            }
            ".=" => {
                let now = now();
                let more = self.scalar(value);
                Item::new(None, self.appended(at, &now, &more))
            }
            _ => {
                let now = number_of(&now());
                let more = number_of(&self.scalar(value));
                let sign = sign.trim_end_matches('=');
                let scalar = match (now, more) {
                    (Some(a), Some(b)) => calculate(sign, a.decimal(), b.decimal()),
                    _ => Scalar::Unknown,
                };
                Item::new(None, scalar)
            }
        };
        let item = Item::new(self.place(value.at), item.scalar);
        self.put(slot, item.clone());
        item
    }

    fn appended(&mut self, at: usize, now: &Item, more: &Item) -> Scalar {
        let (Some(now), Some(more)) = (now.text(), more.text()) else {
            return Scalar::Unknown;
        };
        if !self.take(at, 0, now.len() + more.len()) {
            return Scalar::Unknown;
        }
        Scalar::Text(format!("{now}{more}").into())
    }

    /// `my ($a, $b) = …`.
    fn assign_each(&mut self, variables: &[Expr], value: &Expr) {
        let items = self.list(std::slice::from_ref(value));
        let not_known = items.last().is_some_and(Item::is_unknown);
        let mut items = items.into_iter();
        for variable in variables {
            match &variable.kind {
                Kind::Collection(shape, name) => {
                    let id = self.collection(*shape, name);
                    let rest = items.by_ref().collect();
                    self.replace(id, rest);
                }
                Kind::Undefined => {
                    items.next();
                }
                _ => {
                    let at = self.place(variable.at);
                    let missing = match not_known {
                        true => Scalar::Unknown,
                        false => Scalar::Undefined,
                    };
                    let item = items.next().unwrap_or(Item::new(at, missing));
                    if let Some(slot) = self.slot(variable) {
                        self.put(slot, item);
                    }
                }
            }
        }
    }

    fn assign_all(&mut self, id: Id, value: &Expr) {
        let items = self.list(std::slice::from_ref(value));
        self.replace(id, items);
    }

    fn replace(&mut self, id: Id, items: Vec<Item>) {
        match self.heap.get_mut(id) {
            Cell::List(own) => *own = items,
            Cell::Hash(entries) => {
                entries.clear();
                self.fill(id, items);
            }
        }
    }

    /// The list or hash that a reference leads to. With `create` a new one where there is nothing yet. None if there is
    /// none, which is told unless it is not known.
    pub(super) fn container(&mut self, of: &Expr, shape: Shape, create: bool) -> Option<Id> {
        let item = match &of.kind {
            Kind::Element(..) | Kind::Scalar(_) if create => {
                let slot = self.slot(of)?;
                let now = self.now(&slot);
                if matches!(now.scalar, Scalar::Undefined) {
                    if !self.take(of.at, 1, 0) {
                        return None;
                    }
                    let id = self.heap.make(shape);
                    let item = Item::new(self.place(of.at), Scalar::Ref(id));
                    self.put(slot, item);
                    return Some(id);
                }
                now
            }
            _ => self.scalar(of),
        };
        match item.scalar {
            Scalar::Ref(id) if self.heap.has_shape(id, shape) => Some(id),
            Scalar::Unknown | Scalar::Elided => None,
            // Nothing has no elements, which is no mistake where they are only read.
            Scalar::Undefined if !create => Some(self.heap.make(shape)),
            _ => {
                self.note(of.at, NoteKind::NoCollection);
                None
            }
        }
    }

    fn slot(&mut self, to: &Expr) -> Option<Slot> {
        match &to.kind {
            Kind::Scalar(name) => Some(Slot::Variable(name.clone())),
            Kind::Element(shape, parts) => {
                let [of, index] = &**parts;
                let id = self.container(of, *shape, true)?;
                let at = index.at;
                let index = self.scalar(index);
                match self.heap.get(id) {
                    Cell::Hash(_) => Some(Slot::Key(id, index.text()?, at)),
                    Cell::List(items) => {
                        let length = items.len();
                        let position = position(&index, length)?;
                        let further = (position + 1).saturating_sub(length);
                        self.take(at, further, 0)
                            .then_some(Slot::Position(id, position))
                    }
                }
            }
            _ => {
                self.note(to.at, NoteKind::NotUnderstood);
                None
            }
        }
    }

    fn now(&self, slot: &Slot) -> Item {
        let item = match slot {
            Slot::Variable(name) if name == self.dialect.object => {
                Some(Item::new(None, Scalar::Ref(self.object)))
            }
            Slot::Variable(name) => self.scalars.get(name).cloned(),
            Slot::Position(id, position) => match self.heap.get(*id) {
                Cell::List(items) => items.get(*position).cloned(),
                Cell::Hash(_) => None,
            },
            Slot::Key(id, key, _) => match self.heap.get(*id) {
                Cell::Hash(entries) => entries.get(key).map(|(_, item)| item.clone()),
                Cell::List(_) => None,
            },
        };
        item.unwrap_or(undefined(None))
    }

    fn put(&mut self, slot: Slot, item: Item) {
        match slot {
            // `my $Self = shift;`: it is the object already.
            Slot::Variable(name) if name == self.dialect.object => {}
            Slot::Variable(name) => {
                self.scalars.insert(name, item);
            }
            Slot::Position(id, position) => {
                if let Cell::List(items) = self.heap.get_mut(id) {
                    if items.len() <= position {
                        items.resize(position + 1, undefined(item.at));
                    }
                    items[position] = item;
                }
            }
            Slot::Key(id, key, at) => {
                let at = self.place(at);
                if let Cell::Hash(entries) = self.heap.get_mut(id) {
                    entries.insert(key, (at, item));
                }
            }
        }
    }

    /// `push @{ … }, …`, or `unshift`.
    pub(super) fn push(&mut self, to: &Expr, items: &[Expr], front: bool) {
        let id = match &to.kind {
            Kind::Collection(Shape::List, name) => Some(self.collection(Shape::List, name)),
            Kind::Deref(Shape::List, of) => self.container(of, Shape::List, true),
            _ => {
                self.note(to.at, NoteKind::NotUnderstood);
                None
            }
        };
        let items = self.list(items);
        // What is put in front moves all the others.
        let moved = match id.map(|id| self.heap.get(id)) {
            Some(Cell::List(own)) if front => own.len() / MOVED_FOR_ONE,
            _ => 0,
        };
        if let Some(id) = id
            && self.take(to.at, moved, 0)
            && let Cell::List(own) = self.heap.get_mut(id)
        {
            let at = if front { 0 } else { own.len() };
            own.splice(at..at, items);
        }
    }

    /// `delete $Self->{…}`.
    pub(super) fn delete(&mut self, what: &Expr) {
        let Kind::Element(shape, parts) = &what.kind else {
            self.note(what.at, NoteKind::NotUnderstood);
            return;
        };
        let [of, index] = &**parts;
        let Some(id) = self.container(of, *shape, false) else {
            return;
        };
        let index = self.scalar(index);
        match self.heap.get_mut(id) {
            Cell::Hash(entries) => {
                if let Some(key) = index.text() {
                    entries.remove(&key);
                }
            }
            Cell::List(items) => {
                let Some(position) = position(&index, items.len()) else {
                    return;
                };
                if position + 1 == items.len() {
                    items.pop();
                } else if let Some(item) = items.get_mut(position) {
                    item.scalar = Scalar::Undefined;
                }
            }
        }
    }

    /// `undef $Self->{…}`.
    pub(super) fn undefine(&mut self, what: &Expr) {
        if let Some(slot) = self.slot(what) {
            let item = undefined(self.place(what.at));
            self.put(slot, item);
        }
    }
}
