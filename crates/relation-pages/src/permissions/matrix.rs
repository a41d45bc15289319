//! The matrix as the page shows it: what is stored, with ticks and mistakes laid over it.

use std::collections::BTreeMap;

use kartoteka_directory::FieldProblem;
use kartoteka_model::access::RW;

use super::base::{Base, BaseRow};
use super::cell::CellKey;
use super::columns::Column;
use super::reasons::Reason;
use super::ticks::Ticks;
use crate::frame::Frame;

/// What is wrong with cells.
pub type Mistakes = BTreeMap<CellKey, Vec<FieldProblem>>;

/// How a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Can be ticked; held by other ways besides, or not.
    Open { held: bool },
    /// Part of `rw`, which is ticked.
    Implied,
    /// There always.
    Always,
    /// Can't be changed: held, or not.
    Fixed { held: bool },
}

/// One cell.
pub struct Cell {
    /// The cell's name in the form.
    pub name: String,
    pub id: String,
    /// The permission's name.
    pub label: String,
    /// What a screen reader says of it.
    pub spoken: String,
    pub state: State,
    pub ticked: bool,
    /// Ticked as stored.
    pub was: bool,
    /// The form says that it was ticked. What stands beside a stored `rw` goes or stays with what is ticked now.
    pub sends_was: bool,
    pub is_rw: bool,
    pub context: &'static str,
    pub mistakes: Vec<String>,
}

impl Cell {
    /// Whether the cell has a box to tick.
    pub fn has_box(&self) -> bool {
        matches!(self.state, State::Open { .. } | State::Implied)
    }

    /// Whether the box can be ticked now.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// Whether the permission is held by other ways than a tick.
    pub fn is_held(&self) -> bool {
        matches!(
            self.state,
            State::Open { held: true } | State::Fixed { held: true }
        )
    }

    pub fn is_always(&self) -> bool {
        self.state == State::Always
    }
}

/// One row.
pub struct Row {
    pub key: String,
    pub label: String,
    pub href: Option<String>,
    pub badge: Option<String>,
    pub cells: Vec<Cell>,
    pub reasons: Vec<Reason>,
    pub locked: Option<String>,
    pub explain: Option<String>,
    pub hidden: bool,
    /// What is to change: `+ read (ro)`.
    pub changes: Vec<(bool, String)>,
    pub can_toggle: bool,
}

/// A column's heading.
pub struct Heading {
    pub label: String,
    /// The value of the button that toggles the column; none if nothing in it can be changed.
    pub toggle: Option<String>,
    /// `true`, `false` or `mixed`.
    pub pressed: &'static str,
    pub strong: bool,
}

/// Columns of one context.
pub struct Band {
    pub label: String,
    pub span: usize,
}

/// What a person or customer has use of, in words.
pub struct Legend {
    pub name: String,
    pub about: String,
}

pub struct Matrix {
    pub headings: Vec<Heading>,
    /// Contexts, if there are several.
    pub bands: Vec<Band>,
    pub rows: Vec<Row>,
    pub legend: Vec<Legend>,
    pub changeable: bool,
    /// Cells that changed and are not in the matrix, by what they are to be.
    pub kept: Vec<(&'static str, String)>,
    pub changes: usize,
    pub unseen: usize,
    /// The first changes of those that are seen: `+ stats: read (ro)`.
    pub listed: Vec<(bool, String)>,
}

/// So many changes are named beside the buttons.
const LISTED: usize = 4;

/// Whether a cell can be changed by this visitor, as far as it is known.
pub fn is_open(base: &Base, row: &BaseRow, column: &Column, ticks: &Ticks) -> bool {
    let cell = CellKey::new(&row.key, column.context, &column.permission);
    let stored = is_stored(row, column);
    let givable = column.offered && !row.only_taken;
    base.locked.is_none()
        && row.locked.is_none()
        && !row.always.contains(&column.context)
        && (givable || stored || ticks.of(&cell).is_some())
}

/// Whether a cell is ticked as stored.
pub fn is_stored(row: &BaseRow, column: &Column) -> bool {
    row.explicit
        .iter()
        .any(|(context, given)| *context == column.context && given.name() == column.permission)
}

/// Whether a cell is ticked now.
pub fn is_ticked(row: &BaseRow, column: &Column, ticks: &Ticks) -> bool {
    let cell = CellKey::new(&row.key, column.context, &column.permission);
    ticks.of(&cell).unwrap_or_else(|| is_stored(row, column))
}

/// Whether `rw` is ticked in a cell's row and context.
pub fn has_rw(row: &BaseRow, column: &Column, ticks: &Ticks) -> bool {
    let rw = Column {
        permission: RW.to_owned(),
        ..column.clone()
    };
    is_ticked(row, &rw, ticks)
}

impl Matrix {
    pub fn new(base: &Base, ticks: &Ticks, mistakes: &Mistakes) -> Self {
        let page = &base.page;
        let rows: Vec<Row> = base
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| Row::new(base, row, at, ticks, mistakes))
            .collect();
        let heading = |(at, column): (usize, &Column)| heading(page, &rows, at, column);
        let headings = base.columns.iter().enumerate().map(heading).collect();
        let kept: Vec<_> = ticks
            .iter()
            .filter(|(cell, _)| base.row(&cell.row).is_none())
            .map(|(cell, given)| {
                let name = match given {
                    true => super::ticks::NOW,
                    false => super::ticks::WAS,
                };
                (name, cell.encode())
            })
            .collect();
        let hidden: usize = rows
            .iter()
            .filter(|row| row.hidden)
            .map(|row| row.changes.len())
            .sum();
        let seen = rows.iter().filter(|row| !row.hidden);
        let seen = seen.flat_map(|row| {
            let change =
                |(given, name): &(bool, String)| (*given, format!("{}: {name}", row.label));
            row.changes.iter().map(change)
        });
        Self {
            listed: seen.take(LISTED).collect(),
            changeable: rows.iter().any(|row| row.cells.iter().any(Cell::has_box)),
            changes: ticks.len(),
            unseen: kept.len() + hidden,
            legend: legend(page, &base.columns),
            bands: bands(page, &base.columns),
            headings,
            rows,
            kept,
        }
    }
}

fn heading(page: &Frame, rows: &[Row], at: usize, column: &Column) -> Heading {
    let cells = rows
        .iter()
        .filter(|row| !row.hidden)
        .filter_map(|row| row.cells.get(at))
        .filter(|cell| cell.has_box());
    let (mut on, mut off, mut open) = (0, 0, 0);
    for cell in cells {
        match cell.ticked || !cell.is_open() {
            true => on += 1,
            false => off += 1,
        }
        open += usize::from(cell.is_open());
    }
    let toggle = format!("column {}/{}", column.context.name(), column.permission);
    Heading {
        label: page.permission_name(&column.permission),
        toggle: (open > 0).then_some(toggle),
        pressed: match (on, off) {
            (0, _) => "false",
            (_, 0) => "true",
            _ => "mixed",
        },
        strong: column.permission == RW,
    }
}

fn bands(page: &Frame, columns: &[Column]) -> Vec<Band> {
    let chunks = columns.chunk_by(|a, b| a.context == b.context);
    let bands: Vec<Band> = chunks
        .filter_map(|chunk| chunk.first().map(|first| (first, chunk.len())))
        .map(|(first, span)| Band {
            label: page.context_name(first.context),
            span,
        })
        .collect();
    match bands.len() {
        0 | 1 => vec![],
        _ => bands,
    }
}

fn legend(page: &Frame, columns: &[Column]) -> Vec<Legend> {
    let mut legend: Vec<Legend> = vec![];
    for column in columns {
        let name = page.permission_name(&column.permission);
        if let Some(about) = page.permission_about(&column.permission)
            && !legend.iter().any(|known| known.name == name)
        {
            legend.push(Legend { name, about });
        }
    }
    legend
}

impl Row {
    fn new(base: &Base, row: &BaseRow, at: usize, ticks: &Ticks, mistakes: &Mistakes) -> Self {
        let page = &base.page;
        let cell = |(column_at, column): (usize, &Column)| {
            let key = CellKey::new(&row.key, column.context, &column.permission);
            let held = row.inherited.iter().any(|(context, given)| {
                *context == column.context && given.includes(&column.permission)
            });
            let stored = is_stored(row, column);
            let ticked = is_ticked(row, column, ticks);
            let rw = has_rw(row, column, ticks);
            let rw_stored = has_rw(row, column, &Ticks::default());
            let state = if row.always.contains(&column.context) {
                State::Always
            } else if !is_open(base, row, column, ticks) {
                State::Fixed {
                    held: stored || held || rw,
                }
            } else if column.permission != RW && rw {
                State::Implied
            } else {
                State::Open { held }
            };
            let label = page.permission_name(&column.permission);
            let problems = mistakes.get(&key).into_iter().flatten();
            Cell {
                name: key.encode(),
                id: format!("cell-{at}-{column_at}"),
                spoken: spoken(page, base, row, column, held),
                label: match base.columns.iter().any(|one| one.context != column.context) {
                    true => format!("{label}, {}", page.context_name(column.context)),
                    false => label,
                },
                state,
                ticked,
                was: stored,
                sends_was: stored && (column.permission == RW || !rw_stored),
                is_rw: column.permission == RW,
                context: column.context.name(),
                mistakes: problems.map(|problem| page.problem(problem)).collect(),
            }
        };
        let cells: Vec<Cell> = base.columns.iter().enumerate().map(cell).collect();
        let changed = base
            .columns
            .iter()
            .zip(&cells)
            .filter_map(|(column, cell)| {
                let key = CellKey::new(&row.key, column.context, &column.permission);
                ticks.of(&key).map(|given| (given, cell.label.clone()))
            });
        Self {
            changes: changed.collect(),
            can_toggle: cells.iter().any(Cell::has_box),
            key: row.key.clone(),
            label: row.label.clone(),
            href: row.href.clone(),
            badge: row.badge.clone(),
            reasons: row.reasons.clone(),
            locked: row.locked.clone(),
            explain: row.explain.clone(),
            hidden: row.hidden && cells.iter().all(|cell| cell.mistakes.is_empty()),
            cells,
        }
    }

    /// What is wrong with the row's cells.
    pub fn mistakes(&self) -> impl Iterator<Item = (&Cell, &String)> {
        self.cells
            .iter()
            .flat_map(|cell| cell.mistakes.iter().map(move |mistake| (cell, mistake)))
    }
}

fn spoken(page: &Frame, base: &Base, row: &BaseRow, column: &Column, held: bool) -> String {
    let mut text = format!(
        "{}: {}",
        row.label,
        page.permission_name(&column.permission)
    );
    if base.columns.iter().any(|one| one.context != column.context) {
        text = format!("{text}, {}", page.context_name(column.context));
    }
    match held {
        true => format!("{text} – {}", page.t("permissions-held")),
        false => text,
    }
}
