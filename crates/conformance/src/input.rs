//! What a call is given, and what it gives.

use kartoteka_directory::{Actor, Error, FieldProblem};
use serde_json::{Map, Value};

/// What a call gave, in OTOBO's terms.
pub type Outcome = std::result::Result<Value, &'static str>;

pub(crate) type Input = Map<String, Value>;

pub(crate) fn text<'a>(input: &'a Input, key: &str) -> Option<&'a str> {
    input.get(key).and_then(Value::as_str)
}

pub(crate) fn texts(input: &Input, key: &str) -> Vec<String> {
    let all = input
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    all.filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

/// The kind of refusal, in the words of the cases. Where there are several mistakes, the object comes first, then
/// what is needed, then the rest.
pub(crate) fn kind_of(error: &Error) -> &'static str {
    match error {
        Error::NotFound { .. } | Error::Unknown { .. } => "not_found",
        Error::Forbidden { .. }
        | Error::WrongCredentials
        | Error::PasswordDue
        | Error::TooMany { .. } => "forbidden",
        Error::Syntax(error) if error.kind == kartoteka_model::search::SyntaxErrorKind::Empty => {
            "needed"
        }
        Error::Syntax(_) => "syntax",
        Error::Conflict(_) => "conflict",
        Error::ReadOnly { .. } => "read_only",
        Error::Busy { .. } | Error::Unavailable { .. } => "unavailable",
        Error::Internal(cause) => {
            eprintln!("internal error: {cause:?}");
            "internal"
        }
        Error::Invalid(errors) => {
            let has = |wanted: fn(&FieldProblem) -> bool| {
                errors.iter().any(|error| wanted(&error.problem))
            };
            let unknown = |problem: &FieldProblem| {
                matches!(
                    problem,
                    FieldProblem::UnknownPerson
                        | FieldProblem::UnknownGroup
                        | FieldProblem::UnknownService
                )
            };
            if has(unknown) {
                "not_found"
            } else if has(|problem| matches!(problem, FieldProblem::TakeRwFirst { .. })) {
                "conflict"
            } else if has(|problem| matches!(problem, FieldProblem::Required)) {
                "needed"
            } else if errors
                .iter()
                .all(|error| matches!(error.problem, FieldProblem::Taken { .. }))
            {
                "conflict"
            } else {
                "invalid"
            }
        }
    }
}

#[expect(non_snake_case, reason = "stands for a constant that holds a text")]
pub(crate) fn ACTOR() -> &'static Actor {
    static ACTOR: std::sync::OnceLock<Actor> = std::sync::OnceLock::new();
    ACTOR.get_or_init(Actor::operator)
}
