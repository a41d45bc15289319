//! The one tree that every search becomes, and its meaning.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::text::{TextMode, same_key};

/// One piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// Ordinary text, compared as the source's [`TextMode`] says.
    Text(String),
    /// Any text, also none: `*`.
    Any,
}

/// A text with wildcards. It has to match a whole value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pattern(pub Vec<Part>);

/// What a search asks of a record. Compiled to other languages elsewhere; [`Condition::matches`] is
/// what all of them mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// True of every record.
    Everything,
    /// True of no record.
    Nothing,
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// One of these fields matches the pattern.
    Matches {
        fields: Vec<String>,
        pattern: Pattern,
    },
    /// The field is one of these values, without regard to case (D14, D25); in a source that is exact, exactly.
    OneOf {
        field: String,
        values: BTreeSet<String>,
    },
}

impl Pattern {
    /// The pattern that one text matches exactly (but for the text mode).
    pub fn exact(text: impl Into<String>) -> Self {
        Self(vec![Part::Text(text.into())])
    }

    /// The pattern of all texts that contain this one.
    pub fn contains(text: impl Into<String>) -> Self {
        Self(vec![Part::Any, Part::Text(text.into()), Part::Any])
    }

    /// Whether every text matches.
    pub fn is_any(&self) -> bool {
        !self.0.is_empty()
            && self.0.iter().all(|part| match part {
                Part::Any => true,
                Part::Text(_) => false,
            })
    }

    /// Neighbouring texts joined, runs of `*` as one, empty texts gone.
    pub fn simplified(self) -> Self {
        let mut parts: Vec<Part> = Vec::with_capacity(self.0.len());
        for part in self.0 {
            match (parts.last_mut(), part) {
                (_, Part::Text(text)) if text.is_empty() => {}
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (Some(Part::Any), Part::Any) => {}
                (_, part) => parts.push(part),
            }
        }
        Self(parts)
    }

    /// Whether a value matches: a form of the whole pattern meets a form of the value.
    pub fn matches(&self, value: &str, mode: TextMode) -> bool {
        let value = mode.forms(value);
        self.forms(mode)
            .iter()
            .any(|pattern| value.iter().any(|value| matches_form(pattern, value)))
    }

    /// The pattern's parts in each form of its texts, one or two.
    pub fn forms(&self, mode: TextMode) -> Vec<Vec<Part>> {
        let forms = |spelled: bool| {
            let part = |part: &Part| match part {
                Part::Any => Part::Any,
                Part::Text(text) => {
                    let forms = mode.forms(text);
                    Part::Text(if spelled {
                        forms.spelled.unwrap_or(forms.plain)
                    } else {
                        forms.plain
                    })
                }
            };
            self.0.iter().map(part).collect::<Vec<_>>()
        };
        let (plain, spelled) = (forms(false), forms(true));
        if plain == spelled {
            vec![plain]
        } else {
            vec![plain, spelled]
        }
    }
}

fn matches_form(pattern: &[Part], value: &str) -> bool {
    let Some((first, rest)) = pattern.split_first() else {
        return value.is_empty();
    };
    match first {
        Part::Text(text) => value
            .strip_prefix(text.as_str())
            .is_some_and(|value| matches_form(rest, value)),
        Part::Any if rest.is_empty() => true,
        Part::Any => match &rest[0] {
            Part::Any => matches_form(rest, value),
            // The last text must stand at the end; any other is best taken at its first place.
            Part::Text(text) if rest.len() == 1 => value.ends_with(text.as_str()),
            Part::Text(text) => match value.find(text.as_str()) {
                Some(at) => matches_form(&rest[1..], &value[at + text.len()..]),
                None => false,
            },
        },
    }
}

impl Condition {
    /// Whether a record satisfies the condition. The reference: everything else that evaluates
    /// conditions (the search index, LDAP filters) has to agree with it.
    pub fn matches(&self, record: &Record, mode: TextMode) -> bool {
        match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::All(conditions) => conditions
                .iter()
                .all(|condition| condition.matches(record, mode)),
            Self::Any(conditions) => conditions
                .iter()
                .any(|condition| condition.matches(record, mode)),
            Self::Not(condition) => !condition.matches(record, mode),
            Self::Matches { fields, pattern } => fields
                .iter()
                .any(|field| pattern.matches(record.get(field), mode)),
            Self::OneOf { field, values } => match mode {
                TextMode::Exact => values.contains(record.get(field)),
                _ => values
                    .iter()
                    .any(|value| same_key(value, record.get(field))),
            },
        }
    }

    /// Both conditions, without needless nesting.
    pub fn and(self, other: Condition) -> Self {
        match (self, other) {
            (Self::Everything, other) | (other, Self::Everything) => other,
            (Self::All(mut all), other) => {
                all.push(other);
                Self::All(all)
            }
            (this, other) => Self::All(vec![this, other]),
        }
    }

    /// The opposite; twice is none.
    pub fn negate(self) -> Self {
        match self {
            Self::Not(condition) => *condition,
            Self::Everything => Self::Nothing,
            Self::Nothing => Self::Everything,
            condition => Self::Not(Box::new(condition)),
        }
    }
}
