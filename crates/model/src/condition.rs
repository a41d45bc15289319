//! The one tree that every search becomes, and its meaning.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::text::{TextMode, digits, same_key};

/// What a condition calls the source that a record is from. No field map has a field of this name, since it is no
/// plain identifier.
pub const SOURCE: &str = "@source";

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
    /// The digits of one of these fields match the pattern, whatever stands between them: phone numbers (D27).
    Digits {
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
        matches_forms(&self.forms(mode), value, mode)
    }

    /// The pattern's parts in each form of its texts, one or two; simplified, since folding may leave
    /// nothing of a text.
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
            Self(self.0.iter().map(part).collect()).simplified().0
        };
        let (plain, spelled) = (forms(false), forms(true));
        if plain == spelled {
            vec![plain]
        } else {
            vec![plain, spelled]
        }
    }
}

fn matches_forms(forms: &[Vec<Part>], value: &str, mode: TextMode) -> bool {
    let value = mode.forms(value);
    forms
        .iter()
        .any(|form| value.iter().any(|value| matches_form(form, value)))
}

/// Matches a simplified pattern without backtracking: behind a `*` each text is best taken at its
/// first place, only the last one has to stand at the end.
fn matches_form(form: &[Part], value: &str) -> bool {
    let mut left = value;
    let mut anywhere = false;
    for (index, part) in form.iter().enumerate() {
        let last = index + 1 == form.len();
        let found = match part {
            Part::Any => {
                anywhere = true;
                continue;
            }
            Part::Text(text) if !anywhere => left.strip_prefix(text.as_str()),
            Part::Text(text) if last => left.ends_with(text.as_str()).then_some(""),
            Part::Text(text) => left.find(text.as_str()).map(|at| &left[at + text.len()..]),
        };
        match found {
            Some(rest) => left = rest,
            None => return false,
        }
        anywhere = false;
    }
    anywhere || left.is_empty()
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
            Self::Matches { fields, pattern } => {
                let forms = pattern.forms(mode);
                fields
                    .iter()
                    .any(|field| matches_forms(&forms, record.get(field), mode))
            }
            Self::Digits { fields, pattern } => fields
                .iter()
                .any(|field| matches_form(&pattern.0, &digits(record.get(field)))),
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

    /// Of the records of each source what its own condition says. Sources that ask the same are asked at once.
    pub fn per_source(conditions: Vec<(String, Condition)>) -> Self {
        let mut alike: Vec<(BTreeSet<String>, Condition)> = vec![];
        for (source, condition) in conditions {
            match alike.iter_mut().find(|(_, known)| *known == condition) {
                Some((sources, _)) => {
                    sources.insert(source);
                }
                None => alike.push((BTreeSet::from([source]), condition)),
            }
        }
        if alike.len() == 1 {
            return alike.remove(0).1;
        }
        let of_sources = |(values, condition): (BTreeSet<String>, Condition)| {
            let field = SOURCE.to_owned();
            Self::All(vec![Self::OneOf { field, values }, condition])
        };
        Self::Any(alike.into_iter().map(of_sources).collect())
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
