//! What was ticked and unticked, but not saved yet.

use std::collections::BTreeSet;

use crate::input::Form;

/// Changes that a form holds: keys to give and to take. A form says which rows it showed and which of them were ticked,
/// so rows that were not shown stay as they are.
#[derive(Debug, Default)]
pub struct Pending {
    pub give: BTreeSet<String>,
    pub take: BTreeSet<String>,
}

impl Pending {
    /// Reads a form: `shown` names each row that was there, `was` those that were ticked when it was made, `on` those
    /// that are now; `give` and `take` carry what was changed on rows that are out of view.
    pub fn read(form: &Form) -> Self {
        let set = |name: &'static str| form.all(name).map(str::to_owned).collect::<BTreeSet<_>>();
        let (shown, was, on) = (set("shown"), set("was"), set("on"));
        let mut pending = Self {
            give: set("give"),
            take: set("take"),
        };
        for key in shown {
            pending.give.remove(&key);
            pending.take.remove(&key);
            match (was.contains(&key), on.contains(&key)) {
                (false, true) => pending.give.insert(key),
                (true, false) => pending.take.insert(key),
                _ => false,
            };
        }
        pending
    }

    /// Whether a row is to be shown ticked.
    pub fn is_on(&self, key: &str, stored: &bool) -> bool {
        match stored {
            true => !self.take.contains(key),
            false => self.give.contains(key),
        }
    }

    pub fn len(&self) -> usize {
        self.give.len() + self.take.len()
    }

    /// Each change, what is taken first.
    pub fn iter(&self) -> impl Iterator<Item = (&String, bool)> {
        let taken = self.take.iter().map(|key| (key, false));
        taken.chain(self.give.iter().map(|key| (key, true)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Pairs;

    fn read(form: &str) -> (Vec<String>, Vec<String>) {
        let pairs = Pairs::parse(form.as_bytes()).unwrap();
        let pending = Pending::read(&Form(pairs));
        (
            pending.give.into_iter().collect(),
            pending.take.into_iter().collect(),
        )
    }

    #[test]
    fn only_what_was_shown_changes() {
        let form = "shown=a&was=a&on=a&shown=b&was=b&shown=c&on=c&give=x&take=y";
        let (give, take) = read(form);
        assert_eq!(
            (give.join(","), take.join(",")),
            ("c,x".into(), "b,y".into())
        );
    }

    #[test]
    fn a_row_that_comes_back_into_view_speaks_for_itself() {
        let (give, take) = read("give=a&shown=a&take=b&shown=b&was=b&on=b");
        assert!(give.is_empty() && take.is_empty());
    }
}
