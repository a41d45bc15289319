//! What keys a section has: the one description that reading, suggestions, the environment, the JSON
//! schema and the documentation share.

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// 0, 1, true, false, "yes", "no".
    Switch,
    /// A list of texts.
    Texts,
    /// A text, or a list of them.
    OneOrMore,
    Choice(&'static [&'static str]),
    Table(&'static [Key]),
    /// The entries of a field map.
    Map,
    /// Field to stored value to label.
    Selections,
}

/// One key of a section.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// The default as TOML; empty if there is none.
    pub(crate) default: &'static str,
    /// An example as TOML, where there is no default.
    pub(crate) example: &'static str,
    pub(crate) doc: &'static str,
    /// Its value is never shown.
    pub(crate) secret: bool,
}

impl Key {
    pub(crate) const fn new(
        name: &'static str,
        kind: Kind,
        default: &'static str,
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            default,
            example: "",
            doc,
            secret: false,
        }
    }

    /// A key without a default.
    pub(crate) const fn optional(
        name: &'static str,
        kind: Kind,
        example: &'static str,
        doc: &'static str,
    ) -> Self {
        Self {
            example,
            ..Self::new(name, kind, "", doc)
        }
    }

    pub(crate) const fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }

    /// What to write: the default, else the example.
    pub(crate) fn model(&self) -> &'static str {
        if self.default.is_empty() {
            self.example
        } else {
            self.default
        }
    }
}

impl Kind {
    /// In words, for "must be …".
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::Choice(_) => "a text in quotes",
            Self::Whole(..) => "a whole number",
            Self::Switch => "yes or no (1, 0, true, false, \"yes\", \"no\")",
            Self::Texts => "a list of texts",
            Self::OneOrMore => "a text in quotes, or a list of them",
            Self::Table(_) => "a table",
            Self::Map => "a list of map entries",
            Self::Selections => "a table of fields, each a table of value and label",
        }
    }
}
