//! What can be wrong with a wish.

use std::collections::BTreeMap;

use kartoteka_directory::{FieldError, FieldProblem};
use kartoteka_model::{FieldKind, link};
use kartoteka_settings::{Mistake, SetIn, Settings};

use crate::row::FieldRow;
use crate::wish::FieldWish;

/// The most values to choose from, and the longest of them.
const MOST_CHOICES: usize = 500;
const LONGEST_TEXT: usize = 200;
const LONGEST_LINK: usize = 1000;

/// Why a field can't be changed here.
pub(crate) fn of_file(base: &Settings, source: &str, name: &str) -> Option<FieldProblem> {
    base.places.field(source, name).map(fixed_by)
}

fn fixed_by(set_in: &SetIn) -> FieldProblem {
    match set_in {
        SetIn::File => FieldProblem::FixedByFile,
        SetIn::Otobo => FieldProblem::FixedByOtobo,
        SetIn::Variable(variable) => FieldProblem::FixedByVariable {
            variable: variable.clone(),
        },
    }
}

/// What a wish changes that the file says.
pub(crate) fn fixed(
    base: &Settings,
    source: &str,
    row: &FieldRow,
    wish: &FieldWish,
    errors: &mut Vec<FieldError>,
) {
    let whole = of_file(base, source, &row.name);
    let choices = base.places.choices(source, &row.name).map(fixed_by);
    let order = base.places.order(source).map(fixed_by);
    fn differs<T: PartialEq>(wanted: &Option<T>, now: &T) -> bool {
        wanted.as_ref().is_some_and(|wanted| wanted != now)
    }
    for (member, changes, problem) in [
        ("label", differs(&wish.label, &row.label), &whole),
        ("labels", differs(&wish.labels, &row.labels), &whole),
        ("shown", differs(&wish.shown, &row.shown), &whole),
        ("required", differs(&wish.required, &row.required), &whole),
        (
            "read_only",
            differs(&wish.read_only, &row.read_only),
            &whole,
        ),
        ("link", differs(&wish.link, &row.link), &whole),
        (
            "choices",
            differs(&wish.choices, &row.choices),
            if choices.is_some() { &choices } else { &whole },
        ),
        ("position", differs(&wish.position, &row.position), &order),
    ] {
        if let (true, Some(problem)) = (changes, problem) {
            errors.push(FieldError::new(member, problem.clone()));
        }
    }
}

/// What is wrong with a wish whatever the field is.
pub(crate) fn check(wish: &FieldWish, errors: &mut Vec<FieldError>) {
    let mut text = |member: &str, text: &str, max: usize| {
        if text.chars().any(char::is_control) {
            errors.push(FieldError::new(member, FieldProblem::ControlCharacter));
        } else if text.chars().count() > max {
            errors.push(FieldError::new(member, FieldProblem::TooLong { max }));
        }
    };
    text(
        "label",
        wish.label.as_deref().unwrap_or_default(),
        LONGEST_TEXT,
    );
    text(
        "link",
        wish.link.as_deref().unwrap_or_default(),
        LONGEST_LINK,
    );
    for (code, label) in wish.labels.iter().flatten() {
        text("labels", code, 10);
        text("labels", label, LONGEST_TEXT);
    }
    for (value, label) in wish.choices.iter().flatten() {
        text("choices", value, LONGEST_TEXT);
        text("choices", label, LONGEST_TEXT);
    }
    let many = |map: &Option<BTreeMap<String, String>>, max| {
        map.as_ref().is_some_and(|map| map.len() > max)
    };
    if many(&wish.choices, MOST_CHOICES) {
        let problem = FieldProblem::TooMany { max: MOST_CHOICES };
        errors.push(FieldError::new("choices", problem));
    }
    if many(&wish.labels, 20) {
        errors.push(FieldError::new("labels", FieldProblem::TooMany { max: 20 }));
    }
    if let Some(Err(reason)) = wish.link.as_deref().map(link::pieces) {
        let reason = reason.to_string();
        errors.push(FieldError::new("link", FieldProblem::NotALink { reason }));
    }
    if wish.kind == Some(FieldKind::DynamicField) {
        errors.push(FieldError::new("type", FieldProblem::NotAChoice));
    }
}

/// What the layer itself says against a field.
pub(crate) fn mistaken(mistake: Mistake) -> FieldError {
    let (member, problem) = match mistake {
        Mistake::SecretMapped => ("column", FieldProblem::SecretField),
        Mistake::NotAnIdentifier => ("column", FieldProblem::NotAName),
        Mistake::ColumnNotMapped => ("name", FieldProblem::NeededField),
        Mistake::UnsafeLink => {
            let reason = link::NoLink::NoScheme.to_string();
            ("link", FieldProblem::NotALink { reason })
        }
        _ => ("name", FieldProblem::NotAccepted),
    };
    FieldError::new(member, problem)
}
