//! Entries of field maps: lists of up to ten positions, or tables with names.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_model::{Field, FieldKind, Shown};

use crate::column::{check_identifier, set_in};
use crate::document::{Node, Table, Value};
use crate::findings::At;
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::{Section, as_switch};
use kartoteka_model::nearest;

/// The ten positions of OTOBO's entries, as tables name them.
const PARTS: [&str; 10] = [
    "var",
    "label",
    "column",
    "shown",
    "required",
    "type",
    "link",
    "readonly",
    "link_target",
    "link_class",
];

const KINDS: [(&str, FieldKind); 3] = [
    ("var", FieldKind::Var),
    ("int", FieldKind::Int),
    ("dynamic_field", FieldKind::DynamicField),
];

/// One entry: its positions, given or not.
pub(super) struct Entry<'t, 's> {
    section: &'s Section<'t>,
    at: &'t At,
    parts: [Option<&'t Node>; 10],
}

impl<'t, 's> Entry<'t, 's> {
    pub(super) fn open(
        section: &'s Section<'t>,
        key: &'static str,
        node: &'t Node,
    ) -> Option<Self> {
        let mut parts = [None; 10];
        match &node.value {
            Value::List(items) => {
                if let Some(extra) = items.get(parts.len()) {
                    let findings = section.findings;
                    findings.push(
                        findings
                            .error(&extra.at, Mistake::TooManyParts)
                            .found(extra.found()),
                    );
                }
                for (part, item) in parts.iter_mut().zip(items) {
                    *part = Some(item);
                }
            }
            Value::Table(table) => {
                check_names(section, table);
                for (part, name) in parts.iter_mut().zip(PARTS) {
                    *part = table.get(name).map(|entry| &entry.node);
                }
            }
            _ => {
                section.findings.push(
                    section
                        .findings
                        .error(&node.at, Mistake::WrongType)
                        .param("key", key)
                        .param("expected", "a list of map entries")
                        .found(node.found())
                        .remedy("[\"UserRoom\", \"Pokój\", \"room\", 1, 0, \"var\"]".to_owned()),
                );
                return None;
            }
        }
        Some(Self {
            section,
            at: &node.at,
            parts,
        })
    }

    /// The field, unless something needed is missing or wrong; `seen` are the names before it.
    pub(super) fn field(
        &self,
        id: &str,
        seen: &mut BTreeSet<String>,
        places: &mut Places,
    ) -> Option<Field> {
        let findings = self.section.findings;
        let name = self.needed(0);
        let column = self.needed(2);
        let label = self.text(1);
        let kind = self.kind();
        if kind == FieldKind::DynamicField {
            let at = self.parts[5].map_or(self.at, |node| &node.at);
            findings.push(
                findings
                    .warning(at, Mistake::NoEffect)
                    .param("key", "dynamic_field")
                    .param(
                        "reason",
                        "dynamic fields are not kept here, so the entry is left out",
                    ),
            );
        }
        let shown = self.shown();
        let required = self.bool(4);
        let link = self.text(6).unwrap_or_default();
        let read_only = self.bool(7);
        let link_target = self.text(8).unwrap_or_default();
        let link_class = self.text(9).unwrap_or_default();
        let name = name?;
        let new = seen.insert(name.clone());
        let at = self.parts[0].map_or(self.at, |node| &node.at);
        if !new {
            findings.push(
                findings
                    .error(at, Mistake::DuplicateField)
                    .param("field", &name)
                    .remedy("another name, or one entry less".to_owned()),
            );
        }
        let good_name = check_identifier(findings, at, "var", &name);
        let column = column?;
        let column_at = self.parts[2].map_or(self.at, |node| &node.at);
        let good_column = self.section.check_column(column_at, "column", &column);
        if is_script(&link) {
            let at = self.parts[6].map_or(self.at, |node| &node.at);
            findings.push(
                findings
                    .error(at, Mistake::UnsafeLink)
                    .param("field", &name),
            );
        } else if let Err(reason) = kartoteka_model::link::pieces(&link) {
            let at = self.parts[6].map_or(self.at, |node| &node.at);
            findings.push(
                findings
                    .warning(at, Mistake::DeadLink)
                    .param("field", &name)
                    .param("reason", reason.to_string()),
            );
        }
        if !(new && good_name && good_column) {
            return None;
        }
        places.note_column(id, &column, findings.place(column_at));
        if let Some(set_in) = set_in(self.at) {
            places.note_field(id, &name, set_in);
        }
        Some(Field {
            label: label
                .filter(|label| !label.is_empty())
                .unwrap_or_else(|| name.clone()),
            labels: BTreeMap::new(),
            name,
            column,
            shown,
            required,
            kind,
            link,
            read_only,
            link_target,
            link_class,
        })
    }

    fn needed(&self, part: usize) -> Option<String> {
        if self.parts[part].is_none() {
            let findings = self.section.findings;
            findings.push(
                findings
                    .error(self.at, Mistake::MissingPart)
                    .param("part", PARTS[part])
                    .remedy("[\"UserRoom\", \"Pokój\", \"room\", 1, 0, \"var\"]".to_owned()),
            );
        }
        self.text(part)
    }

    fn text(&self, part: usize) -> Option<String> {
        let node = self.parts[part]?;
        match &node.value {
            Value::Text(text) if text.chars().any(char::is_control) => {
                let findings = self.section.findings;
                findings.push(
                    findings
                        .error(&node.at, Mistake::ControlCharacter)
                        .param("key", PARTS[part]),
                );
                None
            }
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.wrong(part, node, "a text in quotes", "\"…\"");
                None
            }
        }
    }

    fn bool(&self, part: usize) -> bool {
        let Some(node) = self.parts[part] else {
            return false;
        };
        // An empty text is no, as it is in Perl.
        if matches!(&node.value, Value::Text(text) if text.is_empty()) {
            return false;
        }
        as_switch(node).unwrap_or_else(|| {
            self.wrong(part, node, "0 or 1", "0");
            false
        })
    }

    fn shown(&self) -> Shown {
        let Some(node) = self.parts[3] else {
            return Shown::Always;
        };
        match (&node.value, as_switch(node)) {
            (Value::Number(2), _) => Shown::AlsoLite,
            (Value::Text(text), _) if text == "2" => Shown::AlsoLite,
            (_, Some(true)) => Shown::Always,
            (_, Some(false)) => Shown::Never,
            _ => {
                self.wrong(
                    3,
                    node,
                    "0 (never), 1 (always) or 2 (also in the short view)",
                    "1",
                );
                Shown::Always
            }
        }
    }

    fn kind(&self) -> FieldKind {
        let Some(node) = self.parts[5] else {
            return FieldKind::Var;
        };
        let Some(text) = self.text(5) else {
            return FieldKind::Var;
        };
        let known = KINDS.iter().find(|(name, _)| *name == text);
        known.map_or_else(
            || {
                let names = KINDS.iter().map(|(name, _)| *name);
                let meant = nearest(&text, names.clone()).unwrap_or("var");
                self.section.findings.push(
                    self.section
                        .findings
                        .error(&node.at, Mistake::NotAChoice)
                        .param("key", "type")
                        .param("choices", names.collect::<Vec<_>>().join(", "))
                        .found(node.found())
                        .remedy(format!("{meant:?}")),
                );
                FieldKind::Var
            },
            |(_, kind)| *kind,
        )
    }

    fn wrong(&self, part: usize, node: &Node, expected: &str, remedy: &str) {
        self.section.findings.push(
            self.section
                .findings
                .error(&node.at, Mistake::WrongType)
                .param("key", PARTS[part])
                .param("expected", expected)
                .found(node.found())
                .remedy(remedy.to_owned()),
        );
    }
}

fn check_names(section: &Section<'_>, table: &Table) {
    for (name, entry) in table {
        if !PARTS.contains(&name.as_str()) {
            section.findings.push(
                section
                    .findings
                    .error(&entry.key_at, Mistake::UnknownKey)
                    .param("key", name)
                    .param("section", "a map entry")
                    .remedy(nearest(name, PARTS).map(str::to_owned)),
            );
        }
    }
}

/// Whether a link would run as a script in the browser.
pub(crate) fn is_script(link: &str) -> bool {
    let lower: String = link
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .take(12)
        .collect();
    ["javascript:", "vbscript:", "data:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}
