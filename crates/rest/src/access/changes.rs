//! The changes of relations that a body asks for, and the places of what is wrong with them.

use kartoteka_access::Wanted;
use kartoteka_directory::FieldError;
use kartoteka_model::access::Context;
use serde_json::Value;

use super::super::body::Body;
use super::super::messages::Mistake;
use super::super::problem::{Place, Problem};
use crate::places::member;

/// The most changes in one request.
pub const MOST: usize = 10_000;

const RELATIONS: &str = "customer, person-group, customer-group, service";

/// Takes all changes out of a body.
///
/// # Errors
/// With all that is wrong with their shape, each at its place.
pub fn take(body: &mut Body) -> Result<Vec<Wanted>, Problem> {
    let list = body.list("changes", MOST);
    let mut mistakes = body.mistakes();
    let mut wanted = vec![];
    for (at, one) in list.unwrap_or_default().into_iter().enumerate() {
        match read(at, one, change) {
            Ok(change) => wanted.push(change),
            Err(wrong) => mistakes.extend(wrong),
        }
    }
    match mistakes.is_empty() {
        true => Ok(wanted),
        false => Err(Problem::invalid(mistakes)),
    }
}

/// Reads the change at a place of the list.
///
/// # Errors
/// With all that is wrong with it.
pub fn read<T>(
    at: usize,
    change: Value,
    take: impl FnOnce(&mut Body) -> Option<T>,
) -> Result<T, Vec<(Place, Mistake)>> {
    let place = |part: String| Place::Change { at, part };
    let Value::Object(members) = change else {
        let mistake = Mistake::Type { expected: "object" };
        return Err(vec![(place(String::new()), mistake)]);
    };
    let mut body = Body::of(members);
    let taken = take(&mut body);
    let wrong = body.mistakes();
    let wrong = match taken {
        Some(taken) if wrong.is_empty() => return Ok(taken),
        _ => wrong.into_iter().map(|(found, mistake)| {
            let part = match found {
                Place::Field(name) => name,
                _ => String::new(),
            };
            (place(part), mistake)
        }),
    };
    Err(wrong.collect())
}

/// One change; nothing when something is wrong with it, which the body then knows.
fn change(body: &mut Body) -> Option<Wanted> {
    let relation = body.required("relation")?;
    if !RELATIONS.split(", ").any(|one| one == relation) {
        body.rest();
        body.mistake("relation", Mistake::Choice { of: RELATIONS });
        return None;
    }
    let given = body.required_flag("given");
    match relation.as_str() {
        "customer" => {
            let (login, customer) = (body.required("login"), body.required("customer"));
            Some(Wanted::Customer {
                login: login?,
                customer: customer?,
                given: given?,
            })
        }
        "person-group" => {
            let (login, group) = (body.required("login"), body.required("group"));
            let permission = body.required("permission");
            Some(Wanted::PersonGroup {
                login: login?,
                group: group?,
                permission: permission?,
                given: given?,
            })
        }
        "customer-group" => {
            let (customer, group) = (body.required("customer"), body.required("group"));
            let permission = body.required("permission");
            let context = context(body);
            Some(Wanted::CustomerGroup {
                customer: customer?,
                group: group?,
                permission: permission?,
                context: context?,
                given: given?,
            })
        }
        "service" => {
            let (login, service) = (body.required("login"), body.required("service"));
            Some(Wanted::Service {
                login: login?,
                service: service?,
                given: given?,
            })
        }
        _ => None,
    }
}

/// The context; tickets of the same customer without one.
fn context(body: &mut Body) -> Option<Context> {
    if !body.has("context") {
        return Some(Context::Same);
    }
    let name = body.text("context")?;
    let context = Context::ALL.into_iter().find(|one| one.name() == name);
    if context.is_none() {
        body.mistake("context", Mistake::Choice { of: "same, other" });
    }
    context
}

/// What a plan finds wrong, at its places in the body.
pub fn places(errors: Vec<FieldError>) -> Vec<(Place, Mistake)> {
    errors.into_iter().map(place).collect()
}

/// What a plan finds wrong with one change, at its place in the body.
pub fn place(error: FieldError) -> (Place, Mistake) {
    let FieldError { field, problem } = error;
    let found = field
        .split_once('.')
        .and_then(|(at, part)| Some((at.parse().ok()?, member(part))));
    let place = match found {
        Some((at, part)) => Place::Change { at, part },
        None => Place::Field(field),
    };
    (place, Mistake::Field(problem))
}

#[cfg(test)]
mod tests {
    use kartoteka_directory::FieldProblem;
    use serde_json::json;

    use super::*;

    fn body(value: Value) -> Body {
        match value {
            Value::Object(members) => Body::of(members),
            _ => Body::default(),
        }
    }

    #[test]
    fn each_mistake_is_found_at_its_place() {
        let problem = take(&mut body(json!({"changes": [
            {"relation": "customer", "login": "anna", "customer": "MUSTER", "given": true},
            7,
            {"relation": "customer", "login": 1, "given": "yes", "group": "x"},
            {"relation": "friend"},
            {"relation": "customer-group", "customer": "M", "group": "g", "permission": "ro", "context": "all", "given": true},
        ], "more": 1})))
        .unwrap_err();
        let found: Vec<(Place, &str)> = problem
            .mistakes
            .iter()
            .map(|(place, mistake)| (place.clone(), mistake.code()))
            .collect();
        let at = |at, part: &str| Place::Change {
            at,
            part: part.into(),
        };
        assert_eq!(
            found,
            [
                (Place::Field("more".into()), "unknown-field"),
                (at(1, ""), "wrong-type"),
                (at(2, "given"), "wrong-type"),
                (at(2, "login"), "wrong-type"),
                (at(2, "customer"), "required"),
                (at(2, "group"), "unknown-field"),
                (at(3, "relation"), "not-a-choice"),
                (at(4, "context"), "not-a-choice"),
            ]
        );
    }

    #[test]
    fn a_plan_points_into_the_body() {
        let error = FieldError::new("3.Group", FieldProblem::UnknownGroup);
        let place = Place::Change {
            at: 3,
            part: "group".into(),
        };
        assert_eq!(
            places(vec![error]),
            [(place, Mistake::Field(FieldProblem::UnknownGroup))]
        );
    }
}
