//! Ticks that were changed and not yet saved. A form sends which cells were ticked when it was made and which are
//! now; only the difference counts, so what is not shown and what somebody else changed stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::CellKey;
use crate::input::Pairs;

/// The cells that were ticked when the form was made.
pub const WAS: &str = "was";

/// The cells that are ticked now.
pub const NOW: &str = "now";

/// Wanted changes, by cell: given, or else taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticks(BTreeMap<CellKey, bool>);

impl Ticks {
    /// Reads what a form changed.
    pub fn read(form: &Pairs) -> Self {
        let cells = |name| form.all(name).filter_map(CellKey::parse);
        let was: BTreeSet<CellKey> = cells(WAS).collect();
        let now: BTreeSet<CellKey> = cells(NOW).collect();
        let mut ticks = Self::default();
        for cell in now.difference(&was) {
            ticks.0.insert(cell.clone(), true);
        }
        for cell in was.difference(&now) {
            ticks.0.insert(cell.clone(), false);
        }
        ticks.without_implied()
    }

    /// Where `rw` is given it includes the others, which are not taken by that.
    fn without_implied(mut self) -> Self {
        let given: BTreeSet<CellKey> = self
            .0
            .iter()
            .filter(|(cell, given)| **given && **cell == cell.of_rw())
            .map(|(cell, _)| cell.clone())
            .collect();
        self.0
            .retain(|cell, wanted| *wanted || !given.contains(&cell.of_rw()));
        self
    }

    /// What is wanted of a cell, if it is to change.
    pub fn of(&self, cell: &CellKey) -> Option<bool> {
        self.0.get(cell).copied()
    }

    /// Wants a cell to be so.
    pub fn set(&mut self, cell: CellKey, given: bool) {
        self.0.insert(cell, given);
    }

    /// Drops the changes for which this does not hold.
    pub fn retain(&mut self, mut keep: impl FnMut(&CellKey, bool) -> bool) {
        self.0.retain(|cell, given| keep(cell, *given));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All changes, by row.
    pub fn iter(&self) -> impl Iterator<Item = (&CellKey, bool)> {
        self.0.iter().map(|(cell, given)| (cell, *given))
    }

    /// The rows with changes.
    pub fn rows(&self) -> BTreeSet<&str> {
        self.0.keys().map(|cell| cell.row.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> Vec<(String, bool)> {
        let ticks = Ticks::read(&Pairs::parse(form.as_bytes()).unwrap());
        ticks
            .iter()
            .map(|(cell, given)| (cell.encode(), given))
            .collect()
    }

    #[test]
    fn only_what_was_changed_counts() {
        let form = "was=same/ro/a&was=same/ro/b&now=same/ro/b&now=same/create/c&now=nonsense";
        let expected = [
            ("same/ro/a".to_owned(), false),
            ("same/create/c".into(), true),
        ];
        assert_eq!(read(form), expected);
    }

    #[test]
    fn giving_rw_takes_nothing() {
        let form = "was=same/ro/a&now=same/rw/a&was=other/ro/a";
        let expected = [("same/rw/a".to_owned(), true), ("other/ro/a".into(), false)];
        assert_eq!(read(form), expected);
    }
}
