//! Changes and effects in words: for the history of a record and for the preview of a save.

use kartoteka_directory::{Change, HistoryEntry, Preference, SourceInfo};
use kartoteka_model::Validity;

use super::{fields, preferences};
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
    /// The address where it can be taken back.
    pub undo: Option<String>,
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
            label: self.label(&change.field),
            before: self.value(&change.field, &change.before),
            after: self.value(&change.field, &change.after),
        }
    }

    /// What a field or preference is called.
    pub fn label(&self, field: &str) -> String {
        match self.preference(field) {
            Some(one) => preferences::label(self.page, one),
            None => fields::label(self.page, self.sources, field),
        }
    }

    /// The preference of this name, unless a source has a field so named.
    fn preference(&self, field: &str) -> Option<Preference> {
        let offered = self.sources.iter().flat_map(|source| &source.preferences);
        offered.copied().find(|one| one.key() == field)
    }

    /// A field's value: the name of a validity, the label of a selection, else the value itself.
    pub fn value(&self, field: &str, value: &str) -> String {
        if let Some(one) = self.preference(field).filter(|_| !value.is_empty()) {
            return preferences::value(self.page, one, value);
        }
        if fields::is_validity(field) {
            let validity = Validity::parse(value);
            return validity.map_or_else(
                || value.to_owned(),
                |validity| self.page.validity(validity.name()),
            );
        }
        match fields::selections(self.sources, field).get(value) {
            Some(label) if !label.is_empty() => self.page.label(label),
            _ => value.to_owned(),
        }
    }

    /// An entry of the history. A new record's entry lists no fields: they are what the record began with.
    pub fn event(&self, entry: &HistoryEntry) -> Event {
        let creates = entry.action == "create";
        let differences = entry
            .changes
            .iter()
            .map(|change| self.difference(change))
            .collect();
        Event {
            when: self.page.when(&entry.at),
            iso: self.page.iso(&entry.at),
            who: entry.who.clone(),
            what: format!(
                "{} · {}",
                self.page.action_name(&entry.action),
                self.page.door_name(&entry.door)
            ),
            differences: if creates { Vec::new() } else { differences },
            effects: entry
                .relations
                .iter()
                .map(|relation| self.page.relation_of(relation))
                .chain(self.page.effects_beside(&entry.effects, &entry.changes))
                .collect(),
            undo: self
                .page
                .can_undo(entry)
                .then(|| self.page.url(&format!("/journal/{}/undo", entry.id))),
        }
    }
}
