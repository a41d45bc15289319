//! The field map: which fields a source's records have, and which column or attribute holds each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How the values of a field are stored (position 5 of OTOBO's map entries).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    #[default]
    Var,
    /// A whole number.
    Int,
    /// A dynamic field, kept outside the source's table.
    DynamicField,
}

/// Where a field is shown (position 3 of OTOBO's map entries).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Not in information blocks.
    Never,
    /// In information blocks.
    #[default]
    Always,
    /// Also in the short view.
    AlsoLite,
}

/// One entry of a field map, with the ten positions that OTOBO's entries have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The name that the outside sees: `UserLogin`, `UserRoom`.
    pub name: String,
    /// The label; translated where a translation is known.
    pub label: String,
    /// Labels in languages, by their codes (`pl`): each counts before the translation of [`Field::label`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// The column or attribute that holds the value.
    pub column: String,
    pub shown: Shown,
    pub required: bool,
    pub kind: FieldKind,
    /// A link template for information blocks; empty for none.
    pub link: String,
    /// Shown but never changed by a save.
    pub read_only: bool,
    pub link_target: String,
    pub link_class: String,
}

impl Field {
    /// A text field that is shown and optional.
    pub fn new(name: &str, label: &str, column: &str) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            labels: BTreeMap::new(),
            column: column.into(),
            shown: Shown::Always,
            required: false,
            kind: FieldKind::Var,
            link: String::new(),
            read_only: false,
            link_target: String::new(),
            link_class: String::new(),
        }
    }

    /// The same field, required.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field, kept out of information blocks.
    pub fn hidden(mut self) -> Self {
        self.shown = Shown::Never;
        self
    }

    /// The same field, holding a whole number.
    pub fn int(mut self) -> Self {
        self.kind = FieldKind::Int;
        self
    }

    /// Whether this field holds a password: never part of a record, search, list or export.
    pub fn is_secret(&self) -> bool {
        let name = self
            .name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .to_lowercase();
        name.ends_with("password") || name.ends_with("pw")
    }
}

/// Whether a field of this name holds phone numbers, which are found by their digits alone (D27): `UserPhone`,
/// `UserMobile`, `UserFax` and what is called like them.
pub fn is_phone(name: &str) -> bool {
    let name = name
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .to_lowercase();
    ["phone", "mobile", "fax"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The fields of a source, in the order in which forms show them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FieldMap(pub Vec<Field>);

impl FieldMap {
    /// The field of this name (exact, as OTOBO compares them).
    pub fn find(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name == name)
    }

    /// The first field that this column holds.
    pub fn find_column(&self, column: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.column == column)
    }

    /// The fields that records carry: all but secrets.
    pub fn visible(&self) -> impl Iterator<Item = &Field> {
        self.0.iter().filter(|field| !field.is_secret())
    }

    /// The fields that the source's own table holds, one per column, secrets left out.
    pub fn stored(&self) -> impl Iterator<Item = &Field> {
        self.0.iter().enumerate().filter_map(|(at, field)| {
            let first = self.0[..at]
                .iter()
                .all(|earlier| earlier.column != field.column);
            (first && !field.is_secret() && field.kind != FieldKind::DynamicField).then_some(field)
        })
    }

    /// The field that holds the password, if any.
    pub fn password(&self) -> Option<&Field> {
        self.0
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case("UserPassword"))
    }
}
