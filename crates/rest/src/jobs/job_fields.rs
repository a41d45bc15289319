//! Fields that a job is to change, as a body asks for them.

use kartoteka_directory::{Error, FieldError};
use kartoteka_jobs::{FieldChange, FieldEdit};
use serde_json::Value;

use super::super::body::Body;
use super::super::messages::Mistake;
use super::super::problem::{Place, Problem};

/// Reads a list of them, with all that is wrong at its place.
pub fn read_fields(
    list: Option<Vec<Value>>,
    mistakes: &mut Vec<(Place, Mistake)>,
) -> Vec<FieldChange> {
    let mut fields = vec![];
    for (at, one) in list.unwrap_or_default().into_iter().enumerate() {
        let place = |part: String| Place::Member {
            list: "fields",
            at,
            part,
        };
        let Value::Object(members) = one else {
            let expected = "object";
            mistakes.push((place(String::new()), Mistake::Type { expected }));
            continue;
        };
        let mut body = Body::of(members);
        let change = field_change(&mut body);
        let wrong = body.mistakes();
        match change.filter(|_| wrong.is_empty()) {
            Some(change) => fields.push(change),
            None => mistakes.extend(wrong.into_iter().map(|(at, mistake)| match at {
                Place::Field(part) => (place(part), mistake),
                other => (other, mistake),
            })),
        }
    }
    fields
}

/// A value for a field, or a part of it that becomes another.
fn field_change(body: &mut Body) -> Option<FieldChange> {
    let field = body.required("field");
    let edit = match body.has("replace") {
        true => {
            let (replace, by) = (body.required("replace"), body.required("by"));
            FieldEdit::Replace {
                replace: replace?,
                by: by?,
            }
        }
        false => FieldEdit::Set {
            value: body.required("value")?,
        },
    };
    Some(FieldChange {
        field: field?,
        edit,
    })
}

/// What the directory refuses of a job that changes fields, at its place in the body.
pub fn refused_field(error: Error) -> Problem {
    let Error::Invalid(errors) = error else {
        return error.into();
    };
    let place = |error: FieldError| {
        let of = error.field.split_once('.');
        let at = of.and_then(|(at, part)| Some((at.parse().ok()?, part)));
        let place = match (at, error.field.as_str()) {
            (Some((at, part)), _) => Place::Member {
                list: "fields",
                at,
                part: part.to_owned(),
            },
            (None, "changes") => Place::Field("fields".into()),
            (None, "select") => Place::Field(error.field),
            (None, field) => Place::Select(format!("fields/{field}")),
        };
        (place, Mistake::Field(error.problem))
    };
    Problem::invalid(errors.into_iter().map(place).collect())
}
