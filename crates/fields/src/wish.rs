//! What somebody wants of a field.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use kartoteka_directory::{FieldError, FieldProblem};
use kartoteka_model::{FieldKind, Shown};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::column::LARGEST;

/// How many characters a column may take that is added.
const SIZES: RangeInclusive<u32> = 1..=LARGEST;

/// Where a field may be put; behind the last is the last place.
const POSITIONS: RangeInclusive<usize> = 1..=1000;

/// What a field is to be. What is none stays, or is as usual in a new field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FieldWish {
    pub label: Option<String>,
    /// By the codes of the languages: `pl`.
    pub labels: Option<BTreeMap<String, String>>,
    /// Only of a new field.
    pub column: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<FieldKind>,
    /// How many characters its column holds that is added.
    pub size: Option<u32>,
    pub shown: Option<Shown>,
    pub required: Option<bool>,
    pub read_only: Option<bool>,
    pub link: Option<String>,
    /// Values with their labels.
    pub choices: Option<BTreeMap<String, String>>,
    /// Where it stands among the fields of its source, from 1.
    pub position: Option<usize>,
}

/// What is done to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldStep {
    Add(FieldWish),
    Change(FieldWish),
    /// It is taken out of the map; its data stays.
    Remove,
}

impl FieldWish {
    /// Reads the members of a JSON object.
    ///
    /// # Errors
    /// What is wrong with each of them.
    pub fn read(members: &Map<String, Value>) -> Result<Self, Vec<FieldError>> {
        let mut errors = vec![];
        for (name, value) in members {
            let alone = Map::from_iter([(name.clone(), value.clone())]);
            let read = Self::deserialize(Value::Object(alone));
            if value.is_null() && read.is_ok() {
                errors.push(FieldError::new(name, FieldProblem::NotAChoice));
            } else if let Err(error) = read {
                let problem = match error.to_string().starts_with("unknown field") {
                    true => FieldProblem::UnknownField,
                    false => FieldProblem::NotAChoice,
                };
                errors.push(FieldError::new(name, problem));
            }
        }
        let wish = Self::deserialize(Value::Object(members.clone()));
        if let Ok(wish) = &wish {
            let places = [
                ("size", wish.size.is_none_or(|size| SIZES.contains(&size))),
                (
                    "position",
                    wish.position.is_none_or(|at| POSITIONS.contains(&at)),
                ),
            ];
            let wrong = places.into_iter().filter(|(_, fits)| !fits);
            errors.extend(wrong.map(|(name, _)| FieldError::new(name, FieldProblem::NotAChoice)));
        }
        match wish {
            Ok(wish) if errors.is_empty() => Ok(wish),
            _ => Err(errors),
        }
    }
}
