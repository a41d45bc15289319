//! Changes and effects in words: for the history of a record and for the preview of a save.

use kartoteka_directory::{Change, Effect, HistoryEntry, SourceInfo};
use kartoteka_model::Validity;

use super::fields;
use crate::frame::Frame;

/// One field before and after, as people read it; an empty text stands for no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// One entry of a record's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// For people.
    pub when: String,
    /// For programs.
    pub iso: String,
    pub who: String,
    /// What was done, and through which door.
    pub what: String,
    pub differences: Vec<Difference>,
    pub effects: Vec<String>,
}

/// Puts changes into words: translates labels and the values that stand for something.
pub struct Words<'a> {
    pub page: &'a Frame,
    pub sources: &'a [SourceInfo],
}

impl Words<'_> {
    /// A field's changes.
    pub fn difference(&self, change: &Change) -> Difference {
        Difference {
            label: fields::label(self.page, self.sources, &change.field),
            before: self.value(&change.field, &change.before),
            after: self.value(&change.field, &change.after),
        }
    }

    /// A field's value: the name of a validity, the label of a selection, else the value itself.
    pub fn value(&self, field: &str, value: &str) -> String {
        if fields::is_validity(field) {
            let validity = Validity::parse(value);
            return validity.map_or_else(|| value.to_owned(), |validity| self.page.validity(validity.name()));
        }
        match fields::selections(self.sources, field).get(value) {
            Some(label) if !label.is_empty() => self.page.label(label),
            _ => value.to_owned(),
        }
    }

    /// What a save does beside the record.
    pub fn effect(&self, effect: &Effect) -> String {
        let say = |key: &str, arguments: &[_]| self.page.language.text(key, arguments);
        match effect {
            Effect::Renames { from, to } => {
                say("effect-renames", &[("from", from.as_str().into()), ("to", to.as_str().into())])
            }
            Effect::Carries { table, rows } => {
                let known = self.page.language.find(&format!("effect-table-{}", table.replace('_', "-")), &[]);
                let table = known.unwrap_or_else(|| table.clone());
                say("effect-carries", &[("table", table.into()), ("rows", (*rows).into())])
            }
            Effect::SetsPassword { generated: true } => say("effect-sets-password-generated", &[]),
            Effect::SetsPassword { generated: false } => say("effect-sets-password", &[]),
            Effect::EndsSessions { count } => say("effect-ends-sessions", &[("count", (*count).into())]),
            Effect::ChangesValidity { from, to } => {
                let (from, to) = (self.page.validity(from), self.page.validity(to));
                say("effect-changes-validity", &[("from", from.into()), ("to", to.into())])
            }
            Effect::ChangesRole { from, to } => {
                say("effect-changes-role", &[("from", from.as_str().into()), ("to", to.as_str().into())])
            }
        }
    }

    /// An entry of the history. A new record's entry lists no fields: they are what the record began with.
    pub fn event(&self, entry: &HistoryEntry) -> Event {
        let action = self.page.language.find(&format!("history-{}", entry.action), &[]);
        let door = self.page.language.find(&format!("history-door-{}", entry.door), &[]);
        let what = action.unwrap_or_else(|| entry.action.clone());
        let creates = entry.action == "create";
        let differences = entry.changes.iter().map(|change| self.difference(change)).collect();
        Event {
            when: self.page.when(&entry.at),
            iso: self.page.iso(&entry.at),
            who: entry.who.clone(),
            what: door.map_or_else(|| what.clone(), |door| format!("{what} · {door}")),
            differences: if creates { Vec::new() } else { differences },
            effects: entry.effects.iter().map(|effect| self.effect(effect)).collect(),
        }
    }
}
