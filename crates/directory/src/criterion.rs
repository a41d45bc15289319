//! What a detail search asks of one field, as a condition.

use kartoteka_model::field::is_phone;
use kartoteka_model::search::{is_number, wildcard};
use kartoteka_model::text::digits;
use kartoteka_model::{Condition, Part, Pattern};

use crate::search::Criterion;

/// What a criterion asks of a field.
pub(crate) fn condition_of(field: &str, criterion: &Criterion) -> Condition {
    let one_of = |values: &[String]| Condition::OneOf {
        field: field.to_owned(),
        values: values.iter().cloned().collect(),
    };
    match criterion {
        Criterion::Like(text) => {
            let pattern = wildcard(text);
            if pattern.is_any() || text.is_empty() {
                Condition::Everything
            } else {
                Condition::Matches {
                    fields: vec![field.to_owned()],
                    pattern,
                }
            }
        }
        Criterion::Contains(text) => contained(field, text),
        Criterion::OneOf(values) if values.is_empty() => Condition::Everything,
        Criterion::OneOf(values) => one_of(values),
        Criterion::NoneOf(values) => one_of(values).negate(),
    }
}

/// What a text asks of a field that is to contain it.
fn contained(field: &str, text: &str) -> Condition {
    let fields = vec![field.to_owned()];
    let matches = |pattern| Condition::Matches {
        fields: fields.clone(),
        pattern,
    };
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    if let Some(exactly) = quoted.filter(|exactly| !exactly.is_empty()) {
        return matches(Pattern::exact(exactly));
    }
    let Pattern(mut parts) = wildcard(text);
    if parts.contains(&Part::Any) || parts.is_empty() {
        return condition_of(field, &Criterion::Like(text.to_owned()));
    }
    parts.insert(0, Part::Any);
    parts.push(Part::Any);
    let words = matches(Pattern(parts));
    if !is_phone(field) || !is_number(text) {
        return words;
    }
    let pattern = Pattern::contains(digits(text));
    Condition::Any(vec![words, Condition::Digits { fields, pattern }])
}
