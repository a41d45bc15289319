//! Places in the default order, as numbers with room between them.
//!
//! A row's number says where it stands, so that reading rows by number is reading them in order. A new row
//! takes a number between its neighbours'; where there is no room left, the rows around move apart.

/// Room left between neighbours when an index is built. The full-text tables keep the differences between numbers,
/// in as many bytes as they need: more room makes them larger, and slower to build and to read.
pub(super) const ROOM: i64 = 1 << 6;

/// The place from which the rows of a part are numbered; before it is room for those that come to stand first.
pub(super) const FIRST: i64 = 1 << 38;

/// How far a new row keeps from the one before it at most, so that rows added one after the other at the same
/// place do not halve the room each time.
const MAX_GAP: i64 = 1 << 2;

/// A place between two, both exclusive; none if there is no room.
pub(super) fn between(before: Option<i64>, after: Option<i64>, base: i64) -> Option<i64> {
    match (before, after) {
        (None, None) => Some(base + FIRST),
        (None, Some(after)) => (after - base > ROOM).then(|| after - ROOM),
        (Some(before), None) => Some(before + ROOM),
        (Some(before), Some(after)) => {
            let gap = after - before;
            (gap > 1).then(|| before + (gap / 2).min(MAX_GAP))
        }
    }
}
