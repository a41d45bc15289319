//! Where values are while files are read: lists and hashes are shared by whoever refers to them, as in Perl.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::At;
use super::syntax::Shape;

/// A list or hash.
pub(super) type Id = usize;

#[derive(Debug, Clone)]
pub(super) enum Scalar {
    Undefined,
    Text(Rc<str>),
    Integer(i64),
    Decimal(f64),
    Ref(Id),
    Unknown,
    Elided,
}

/// A value in a variable, list or hash.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) at: Option<At>,
    pub(super) scalar: Scalar,
}

#[derive(Debug)]
pub(super) enum Cell {
    List(Vec<Item>),
    Hash(BTreeMap<Rc<str>, (Option<At>, Item)>),
}

#[derive(Debug, Default)]
pub(super) struct Heap(Vec<Cell>);

impl Item {
    pub(super) fn new(at: Option<At>, scalar: Scalar) -> Self {
        Self { at, scalar }
    }

    /// The text of a text or number, as an index or part of another text.
    pub(super) fn text(&self) -> Option<Rc<str>> {
        match &self.scalar {
            Scalar::Undefined => Some("".into()),
            Scalar::Text(text) => Some(text.clone()),
            Scalar::Integer(number) => Some(number.to_string().into()),
            Scalar::Decimal(number) => Some(super::number::text(*number).into()),
            Scalar::Ref(_) | Scalar::Unknown | Scalar::Elided => None,
        }
    }

    /// Whether it counts as true; none if it is not known.
    pub(super) fn is_true(&self) -> Option<bool> {
        match &self.scalar {
            Scalar::Unknown | Scalar::Elided => None,
            Scalar::Ref(_) => Some(true),
            Scalar::Decimal(number) => Some(*number != 0.0),
            _ => self.text().map(|text| !text.is_empty() && &*text != "0"),
        }
    }

    pub(super) fn is_unknown(&self) -> bool {
        matches!(self.scalar, Scalar::Unknown | Scalar::Elided)
    }
}

impl Heap {
    pub(super) fn make(&mut self, shape: Shape) -> Id {
        self.add(match shape {
            Shape::List => Cell::List(Vec::new()),
            Shape::Hash => Cell::Hash(BTreeMap::new()),
        })
    }

    pub(super) fn add(&mut self, cell: Cell) -> Id {
        self.0.push(cell);
        self.0.len() - 1
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, id: Id) -> &Cell {
        &self.0[id]
    }

    pub(super) fn get_mut(&mut self, id: Id) -> &mut Cell {
        &mut self.0[id]
    }

    pub(super) fn has_shape(&self, id: Id, shape: Shape) -> bool {
        matches!(
            (self.get(id), shape),
            (Cell::List(_), Shape::List) | (Cell::Hash(_), Shape::Hash)
        )
    }

    /// What a cell refers to, in its order.
    pub(super) fn refs(&self, id: Id) -> Vec<(Id, Option<At>)> {
        let of = |item: &Item| match item.scalar {
            Scalar::Ref(to) => Some((to, item.at)),
            _ => None,
        };
        match self.get(id) {
            Cell::List(items) => items.iter().filter_map(of).collect(),
            Cell::Hash(entries) => entries.values().filter_map(|(_, item)| of(item)).collect(),
        }
    }
}
