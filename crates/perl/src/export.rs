//! From the heap to values, and what is in itself.

use super::file::At;
use super::heap::{Cell, Heap, Id, Item, Scalar};
use super::value::{Data, Entry, Value};

/// References that lead back to where they are, by their places. Those among the shipped values can't be.
pub(super) fn cycles(heap: &Heap, from: Id) -> Vec<At> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Above,
        Done,
    }
    let mut seen = vec![Seen::No; heap.len()];
    let mut cycles = Vec::new();
    let mut path = vec![(from, heap.refs(from).into_iter())];
    seen[from] = Seen::Above;
    while let Some((id, refs)) = path.last_mut() {
        match refs.next() {
            None => {
                seen[*id] = Seen::Done;
                path.pop();
            }
            Some((to, at)) => match seen[to] {
                Seen::Above => cycles.extend(at),
                Seen::Done => {}
                Seen::No => {
                    seen[to] = Seen::Above;
                    path.push((to, heap.refs(to).into_iter()));
                }
            },
        }
    }
    cycles
}

/// Takes values out of the heap. What is deeper than `depth` is unknown, and so is all once `room` is used up.
pub(super) fn value(heap: &Heap, item: &Item, depth: usize, room: &mut usize) -> Value {
    let data = if *room == 0 {
        Data::Unknown
    } else {
        *room -= 1;
        match &item.scalar {
            Scalar::Undefined => Data::Undefined,
            Scalar::Text(text) if takes(text, room) => Data::Text(text.to_string()),
            // One text may stand in many places, and each takes a copy.
            Scalar::Text(_) => Data::Unknown,
            Scalar::Integer(number) => Data::Integer(*number),
            Scalar::Decimal(number) => Data::Decimal(*number),
            Scalar::Ref(id) if depth > 0 => collection(heap, *id, depth - 1, room),
            Scalar::Ref(_) | Scalar::Unknown => Data::Unknown,
            Scalar::Elided => Data::Elided,
        }
    };
    Value { at: item.at, data }
}

/// Bytes of text that take as much room as a value.
const BYTES: usize = 64;

/// Whether there is room for a text, which it then takes.
fn takes(text: &str, room: &mut usize) -> bool {
    let left = room.checked_sub(text.len() / BYTES);
    *room = left.unwrap_or(0);
    left.is_some()
}

fn collection(heap: &Heap, id: Id, depth: usize, room: &mut usize) -> Data {
    match heap.get(id) {
        Cell::List(items) => Data::List(
            items
                .iter()
                .map(|item| value(heap, item, depth, room))
                .collect(),
        ),
        Cell::Hash(entries) => Data::Hash(
            entries
                .iter()
                .map(|(key, (key_at, item))| {
                    let entry = Entry {
                        key_at: *key_at,
                        value: value(heap, item, depth, room),
                    };
                    (key.to_string(), entry)
                })
                .collect(),
        ),
    }
}
