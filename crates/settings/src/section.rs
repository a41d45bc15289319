//! Reading one section: each getter gives the value, or reports what is wrong and gives none.

use std::collections::BTreeMap;

use kartoteka_model::RegExp;
use kartoteka_model::regexp::RegExpError;

use crate::column::{check_attribute, check_identifier};
use crate::document::{Entry, Node, Table, Value};
use crate::findings::{At, Findings};
use crate::key::{Key, Kind};
use crate::mistake::Mistake;
use crate::set_in::SetIn;
use crate::source::Module;
use kartoteka_model::nearest;

/// Lists longer than this are a mistake.
pub(crate) const LONGEST_LIST: usize = 1000;

pub(crate) struct Section<'t> {
    /// As the admin reads it: `[server]`, `[CustomerUser.Params]`.
    pub(crate) title: String,
    pub(crate) keys: &'static [Key],
    table: Option<&'t Table>,
    pub(crate) findings: &'t Findings<'t>,
    /// What a source is read with, which says what its columns may be called.
    pub(crate) module: Module,
}

impl<'t> Section<'t> {
    /// Opens a section and reports the keys that it does not have.
    pub(crate) fn open(
        title: String,
        keys: &'static [Key],
        entry: Option<&'t Entry>,
        findings: &'t Findings<'t>,
    ) -> Self {
        let mut section = Self {
            title,
            keys,
            table: None,
            findings,
            module: Module::Database,
        };
        let Some(entry) = entry else { return section };
        let Value::Table(table) = &entry.node.value else {
            let name = section.title.clone();
            findings.push(
                findings
                    .error(&entry.node.at, Mistake::WrongType)
                    .param("key", name)
                    .param("expected", "a section")
                    .found(entry.node.found())
                    .remedy(section.title.clone()),
            );
            return section;
        };
        section.table = Some(table);
        for (name, entry) in table {
            if keys.iter().all(|key| key.name != name) && !findings.is_full() {
                let meant = nearest(name, keys.iter().map(|key| key.name));
                findings.push(
                    findings
                        .error(&entry.key_at, Mistake::UnknownKey)
                        .param("key", name)
                        .param("section", &section.title)
                        .remedy(meant.map(str::to_owned)),
                );
            }
        }
        section
    }

    /// Reports a name that no column can have; true if one can.
    pub(crate) fn check_column(&self, at: &At, key: &str, name: &str) -> bool {
        match self.module {
            Module::Database => check_identifier(self.findings, at, key, name),
            Module::Csv => true,
            Module::Ldap => check_attribute(self.findings, at, key, name),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'t Node> {
        debug_assert!(self.keys.iter().any(|key| key.name == name), "{name}");
        self.table?.get(name).map(|entry| &entry.node)
    }

    /// The keys that are there, and where each stands.
    pub(crate) fn named(&self) -> BTreeMap<String, SetIn> {
        let table = self.table.into_iter().flatten();
        let set_in = |entry: &Entry| match &entry.node.at {
            At::Below(place) if place.file.starts_with(crate::OTOBO_SETTINGS) => SetIn::Otobo,
            At::Byte(_) | At::Below(_) => SetIn::File,
            At::Variable(name) => SetIn::Variable(name.clone()),
        };
        table
            .map(|(name, entry)| (name.clone(), set_in(entry)))
            .collect()
    }

    /// The node with its description.
    pub(crate) fn given(&self, name: &str) -> Option<(&'t Node, &'static Key)> {
        let key = self.keys.iter().find(|key| key.name == name)?;
        Some((self.get(name)?, key))
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let (node, key) = self.given(name)?;
        self.text_of(node, key)
    }

    /// A text that is read further; what cannot be is reported with what is expected.
    pub(crate) fn parsed<T>(
        &self,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let (node, key) = self.given(name)?;
        let text = self.text_of(node, key)?;
        let value = parse(&text);
        if value.is_none() {
            self.bad(node, key, expected);
        }
        value
    }

    /// A regular expression, none for an empty text. One that cannot be used is reported with the reason.
    pub(crate) fn expression(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<RegExp, RegExpError>,
    ) -> Option<Option<RegExp>> {
        let (node, key) = self.given(name)?;
        let text = self.text_of(node, key)?;
        if text.is_empty() {
            return Some(None);
        }
        match read(&text) {
            Ok(expression) => Some(Some(expression)),
            Err(error) => {
                self.findings.push(
                    self.findings
                        .error(&node.at, Mistake::BadExpression)
                        .param("key", name)
                        .param("reason", error.to_string())
                        .found(node.found())
                        .remedy(format!("{name} = {}", key.model())),
                );
                None
            }
        }
    }

    pub(crate) fn number<T: TryFrom<i64>>(&self, name: &str) -> Option<T> {
        let (node, key) = self.given(name)?;
        let number = match &node.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) if node.is_variable() => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number else {
            self.wrong_type(node, key);
            return None;
        };
        if let Kind::Whole(least, most) = key.kind
            && !(least..=most).contains(&number)
        {
            self.findings.push(
                self.findings
                    .error(&node.at, Mistake::OutOfRange)
                    .param("key", name)
                    .param("least", least.to_string())
                    .param("most", most.to_string())
                    .found(node.found())
                    .remedy(format!("{name} = {}", number.clamp(least, most))),
            );
            return None;
        }
        T::try_from(number).ok()
    }

    pub(crate) fn bool(&self, name: &str) -> Option<bool> {
        let (node, key) = self.given(name)?;
        let switch = as_switch(node);
        if switch.is_none() {
            self.wrong_type(node, key);
        }
        switch
    }

    /// One of the texts of the key's choice, without regard to case.
    pub(crate) fn choice(&self, name: &str) -> Option<&'static str> {
        let (node, key) = self.given(name)?;
        let text = self.text_of(node, key)?;
        let Kind::Choice(choices) = key.kind else {
            return None;
        };
        let choice = choices
            .iter()
            .find(|choice| choice.eq_ignore_ascii_case(&text));
        if choice.is_none() {
            let meant = nearest(&text, choices.iter().copied()).unwrap_or(choices[0]);
            self.findings.push(
                self.findings
                    .error(&node.at, Mistake::NotAChoice)
                    .param("key", name)
                    .param("choices", choices.join(", "))
                    .found(node.found())
                    .remedy(format!("{name} = {meant:?}")),
            );
        }
        choice.copied()
    }

    /// The texts of a list, each with its place. Entries that are no texts are reported and left out.
    pub(crate) fn texts(&self, name: &str) -> Option<Vec<(String, &'t At)>> {
        let (node, key) = self.given(name)?;
        match &node.value {
            Value::List(items) if items.len() > LONGEST_LIST => {
                self.too_many(node, name);
                None
            }
            Value::List(items) => Some(
                items
                    .iter()
                    .filter_map(|item| Some((self.text_of(item, key)?, &item.at)))
                    .collect(),
            ),
            Value::Text(_) if !node.is_variable() && matches!(key.kind, Kind::OneOrMore) => {
                Some(vec![(self.text_of(node, key)?, &node.at)])
            }
            Value::Text(text) if node.is_variable() => Some(
                text.split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .take(LONGEST_LIST)
                    .map(|part| (part.to_owned(), &node.at))
                    .collect(),
            ),
            _ => {
                self.wrong_type(node, key);
                None
            }
        }
    }

    /// The texts that stand under a key, one or more. What is none is reported by whoever reads them for their meaning.
    pub(crate) fn named_in(&self, name: &str) -> Vec<String> {
        let text = |node: &Node| match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let Some(node) = self.get(name) else {
            return vec![];
        };
        match &node.value {
            Value::List(items) => items.iter().filter_map(text).collect(),
            _ => text(node).into_iter().collect(),
        }
    }

    /// The section under a key.
    pub(crate) fn table(&self, name: &str) -> Self {
        let keys = match self.keys.iter().find(|key| key.name == name) {
            Some(Key {
                kind: Kind::Table(keys),
                ..
            }) => *keys,
            _ => &[],
        };
        let entry = self.table.and_then(|table| table.get(name));
        let title = format!("[{}.{name}]", self.title.trim_matches(['[', ']']));
        Self::open(title, keys, entry, self.findings)
    }

    /// A text without control characters.
    pub(crate) fn text_of(&self, node: &Node, key: &Key) -> Option<String> {
        match &node.value {
            Value::Text(text) if text.chars().any(char::is_control) => {
                self.findings.push(
                    self.findings
                        .error(&node.at, Mistake::ControlCharacter)
                        .param("key", key.name),
                );
                None
            }
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_type(node, key);
                None
            }
        }
    }

    pub(crate) fn bad(&self, node: &Node, key: &Key, expected: &str) {
        let model = key.model();
        self.findings.push(
            self.findings
                .error(&node.at, Mistake::BadValue)
                .param("key", key.name)
                .param("expected", expected)
                .found((!key.secret).then(|| node.found()))
                .remedy((!model.is_empty()).then(|| format!("{} = {model}", key.name))),
        );
    }

    pub(crate) fn wrong_type(&self, node: &Node, key: &Key) {
        let model = match (&key.kind, &node.value) {
            (Kind::Texts, Value::Text(text)) if !key.secret => format!("[{text:?}]"),
            (Kind::Text, Value::Number(number)) if !key.secret => format!("\"{number}\""),
            _ => key.model().to_owned(),
        };
        self.findings.push(
            self.findings
                .error(&node.at, Mistake::WrongType)
                .param("key", key.name)
                .param("expected", key.kind.expected())
                .found((!key.secret).then(|| node.found()))
                .remedy((!model.is_empty()).then(|| format!("{} = {model}", key.name))),
        );
    }

    pub(crate) fn too_many(&self, node: &Node, name: &str) {
        self.findings.push(
            self.findings
                .error(&node.at, Mistake::TooMany)
                .param("key", name)
                .param("limit", LONGEST_LIST.to_string()),
        );
    }
}

/// Yes and no as people write them.
pub(crate) fn as_switch(node: &Node) -> Option<bool> {
    match &node.value {
        Value::Switch(switch) => Some(*switch),
        Value::Number(0) => Some(false),
        Value::Number(1) => Some(true),
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "1" | "yes" | "true" | "on" => Some(true),
            "0" | "no" | "false" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
