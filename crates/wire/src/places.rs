//! Where mistakes are, and how problems and plans list them.

use kartoteka_directory::FieldError;
use serde_json::{Value, json};

use crate::language::Language;
use crate::messages::Mistake;

/// Where a mistake is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A member of the body.
    Field(String),
    /// A member of one of the changes in the body; empty for the change as a whole.
    Change { at: usize, part: String },
    /// A member of whom is selected in the body; empty for the selection as a whole.
    Select(String),
    /// A member of one of the things in a list of the body; empty for the thing as a whole.
    Member {
        list: &'static str,
        at: usize,
        part: String,
    },
    /// An item of a review, which the body does not name.
    Item { item: i64, part: String },
    /// A query parameter.
    Parameter(String),
    /// The body as a whole.
    Body,
}

/// Mistakes as problems and plans list them.
pub fn mistakes(mistakes: &[(Place, Mistake)], language: Language) -> Value {
    mistakes
        .iter()
        .map(|(place, mistake)| one_mistake(place, mistake, language))
        .collect()
}

fn one_mistake(place: &Place, mistake: &Mistake, language: Language) -> Value {
    let (code, message) = (mistake.code(), mistake.message(language));
    match place {
        Place::Field(name) => {
            let pointer = format!("/{}", escaped(name));
            let mut document =
                json!({"field": name, "code": code, "pointer": pointer, "message": message});
            if let Some(violations) = mistake.violations(language) {
                document["violations"] = violations;
            }
            document
        }
        Place::Change { at, part } => in_list("changes", *at, part, code, &message),
        Place::Member { list, at, part } => in_list(list, *at, part, code, &message),
        Place::Item { item, part } => {
            json!({"item": item, "field": part, "code": code, "message": message})
        }
        Place::Select(part) => {
            json!({"field": part, "code": code, "pointer": format!("/select/{part}"), "message": message})
        }
        Place::Parameter(name) => json!({"parameter": name, "code": code, "message": message}),
        Place::Body => json!({"pointer": "", "code": code, "message": message}),
    }
}

fn in_list(list: &str, at: usize, part: &str, code: &str, message: &str) -> Value {
    if part.is_empty() {
        return json!({"pointer": format!("/{list}/{at}"), "code": code, "message": message});
    }
    let pointer = format!("/{list}/{at}/{}", escaped(part));
    json!({"field": part, "code": code, "pointer": pointer, "message": message})
}

/// A name within a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The directory's mistakes in fields, as members of the body.
pub fn in_body(errors: Vec<FieldError>) -> Vec<(Place, Mistake)> {
    errors
        .into_iter()
        .map(|error| (Place::Field(error.field), Mistake::Field(error.problem)))
        .collect()
}

/// Mistakes at items, which are named by their numbers (`12.Group`), and others.
pub fn at_items(errors: Vec<FieldError>) -> Vec<(Place, Mistake)> {
    let one = |error: FieldError| {
        let place = error.field.split_once('.');
        let item = place.and_then(|(item, part)| Some((item.parse().ok()?, part.to_owned())));
        let place = match item {
            Some((item, part)) => Place::Item { item, part },
            None => Place::Field(error.field),
        };
        (place, Mistake::Field(error.problem))
    };
    errors.into_iter().map(one).collect()
}

/// The member of a change that a field of the directory comes from.
pub fn member(field: &str) -> String {
    match field {
        "UserLogin" => "login",
        "CustomerID" => "customer",
        "Group" => "group",
        "Permission" => "permission",
        "Context" => "context",
        "Service" => "service",
        other => other,
    }
    .to_owned()
}

/// Mistakes of relations that no body names, by the member that they are about; what is wrong with several is said
/// once.
pub fn without_places(errors: Vec<FieldError>) -> Vec<(Place, Mistake)> {
    let mut found = vec![];
    for error in errors {
        let part = error.field.split_once('.').map(|(_, part)| part);
        let field = part.map_or_else(|| error.field.clone(), member);
        let mistake = (Place::Field(field), Mistake::Field(error.problem));
        if !found.contains(&mistake) {
            found.push(mistake);
        }
    }
    found
}
