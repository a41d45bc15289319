//! What the buttons of a matrix do to its ticks: whole columns and rows, and what is true already.

use kartoteka_model::access::{Context, RW};

use super::base::{Base, BaseRow};
use super::cell::CellKey;
use super::columns::Column;
use super::matrix::{has_rw, is_open, is_stored, is_ticked};
use super::ticks::Ticks;

/// Drops what is so already: somebody else was quicker, or it was ticked and unticked again.
pub fn forget_what_is_so(base: &Base, ticks: &mut Ticks) {
    ticks.retain(|cell, given| {
        let Some(row) = base.row(&cell.row) else {
            return true;
        };
        let is_stored = |name: &str| {
            row.explicit
                .iter()
                .any(|(context, permission)| *context == cell.context && permission.name() == name)
        };
        // What stood unseen beside `rw` stays only if it is wanted.
        is_stored(&cell.permission) != given || (cell.permission != RW && is_stored(RW))
    });
}

/// Ticks all that are seen of a column, named `same/ro`; unticks them if all are ticked.
pub fn toggle_column(base: &Base, name: &str, ticks: &mut Ticks) {
    let Some((context, permission)) = name.split_once('/') else {
        return;
    };
    let column = base.columns.iter().find(|column| {
        Some(column.context) == Context::parse(context) && column.permission == permission
    });
    let Some(column) = column else { return };
    let open: Vec<&BaseRow> = base
        .rows
        .iter()
        .filter(|row| !row.hidden && is_open(base, row, column, ticks))
        .filter(|row| column.permission == RW || !has_rw(row, column, ticks))
        .collect();
    let given = !open.iter().all(|row| is_ticked(row, column, ticks));
    for row in open {
        put(row, column, given, ticks);
    }
}

/// Gives everything of a row, or takes it if everything is given.
pub fn toggle_row(base: &Base, key: &str, ticks: &mut Ticks) {
    let Some(row) = base.row(key) else { return };
    let open: Vec<&Column> = base
        .columns
        .iter()
        .filter(|column| is_open(base, row, column, ticks))
        .collect();
    let full = |column: &&&Column| is_ticked(row, column, ticks) || has_rw(row, column, ticks);
    let given = !open.iter().all(|column| full(&column));
    for column in &open {
        // Everything is `rw` where it is offered.
        let by_rw = column.permission != RW
            && open
                .iter()
                .any(|other| other.context == column.context && other.permission == RW);
        match given {
            true if by_rw => put(row, column, is_stored(row, column), ticks),
            given => put(row, column, given, ticks),
        }
    }
}

fn put(row: &BaseRow, column: &Column, given: bool, ticks: &mut Ticks) {
    let cell = CellKey::new(&row.key, column.context, &column.permission);
    match is_stored(row, column) == given {
        true => ticks.retain(|known, _| *known != cell),
        false => ticks.set(cell, given),
    }
}
