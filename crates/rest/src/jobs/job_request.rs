//! What a new job is to do and for whom, as a body asks for it.

use kartoteka_directory::{
    Criterion, Error, FieldError, JobChange, JobRelation, Lookup, Search, ValidFilter,
};
use kartoteka_jobs::{FieldChange, Selection};
use serde_json::Value;

use super::super::access::{place_of_change, read_change};
use super::super::body::Body;
use super::super::messages::Mistake;
use super::super::problem::{Place, Problem};
use super::job_fields::read_fields;

/// The most logins in one request.
const MOST_LOGINS: usize = 100_000;
/// The most changes in one request.
const MOST_CHANGES: usize = 100;

const RELATIONS: &str = "customer, person-group, service";
const VALIDITIES: &str = "valid, invalid, all";

/// What a body asks for.
pub struct JobRequest {
    pub selection: Selection,
    pub changes: Vec<JobChange>,
    /// The name of a template whose changes are made, too.
    pub template: Option<String>,
    /// Fields that change, if that is asked for; then there are no changes and no template.
    pub fields: Option<Vec<FieldChange>>,
}

/// Takes whom a job is for and what it changes out of a body.
///
/// # Errors
/// With all that is wrong with their shape, each at its place.
pub fn take(body: &mut Body) -> Result<JobRequest, Problem> {
    let select = body.object("select");
    let template = body.nullable("template").filter(|name| !name.is_empty());
    let of_fields = body.has("fields");
    let fields = match of_fields {
        true => body.list("fields", MOST_CHANGES),
        false => None,
    };
    if of_fields && (template.is_some() || body.has("changes")) {
        body.mistake("fields", Mistake::EitherOr { other: "changes" });
    }
    let list = match (template.is_some() || of_fields) && !body.has("changes") {
        true => None,
        false => body.list("changes", MOST_CHANGES),
    };
    let mut mistakes = body.mistakes();
    let fields = read_fields(fields, &mut mistakes);
    let selection = select.and_then(|mut select| {
        let selection = selection(&mut select);
        mistakes.extend(select.mistakes().into_iter().map(|(place, mistake)| {
            let part = match place {
                Place::Field(name) => name,
                _ => String::new(),
            };
            (Place::Select(part), mistake)
        }));
        selection
    });
    let changes = listed(list, &mut mistakes);
    match selection.filter(|_| mistakes.is_empty()) {
        Some(selection) => Ok(JobRequest {
            selection,
            changes,
            template,
            fields: of_fields.then_some(fields),
        }),
        None => Err(Problem::invalid(mistakes)),
    }
}

/// Takes the changes out of a body that has nothing else left.
///
/// # Errors
/// With all that is wrong with them, each at its place.
pub fn changes(body: &mut Body) -> Result<Vec<JobChange>, Problem> {
    let list = body.list("changes", MOST_CHANGES);
    let mut mistakes = body.mistakes();
    let changes = listed(list, &mut mistakes);
    match mistakes.is_empty() {
        true => Ok(changes),
        false => Err(Problem::invalid(mistakes)),
    }
}

fn listed(list: Option<Vec<Value>>, mistakes: &mut Vec<(Place, Mistake)>) -> Vec<JobChange> {
    let mut changes = vec![];
    for (at, one) in list.unwrap_or_default().into_iter().enumerate() {
        match read_change(at, one, change) {
            Ok(change) => changes.push(change),
            Err(wrong) => mistakes.extend(wrong),
        }
    }
    changes
}

/// These logins, or everybody whom a search finds; nobody is everybody by mistake.
fn selection(select: &mut Body) -> Option<Selection> {
    if select.has("logins") {
        let list = select.list("logins", MOST_LOGINS)?;
        let logins: Option<Vec<String>> = list
            .into_iter()
            .map(|login| match login {
                Value::String(login) => Some(login),
                _ => None,
            })
            .collect();
        if logins.is_none() {
            let expected = "array of strings";
            select.mistake("logins", Mistake::Type { expected });
        }
        return logins.map(Selection::Logins);
    }
    if !select.has("search") {
        select.rest();
        select.mistake("logins", Mistake::EitherOr { other: "search" });
        return None;
    }
    let text = select.text("search");
    let valid = valid(select);
    let source = select.nullable("source").filter(|id| !id.is_empty());
    let customer = select.nullable("customer").filter(|id| !id.is_empty());
    let fields = fields(select);
    Some(Selection::Search(Box::new(Search {
        text: Some(text?).filter(|text| !text.trim().is_empty()),
        valid: valid?,
        source,
        lookup: customer.map(Lookup::CustomerExactly),
        fields: fields?,
        ..Search::default()
    })))
}

fn valid(select: &mut Body) -> Option<ValidFilter> {
    if !select.has("valid") {
        return Some(ValidFilter::default());
    }
    let valid = match select.text("valid")?.as_str() {
        "valid" => Some(ValidFilter::Valid),
        "invalid" => Some(ValidFilter::Invalid),
        "all" => Some(ValidFilter::All),
        _ => None,
    };
    if valid.is_none() {
        select.mistake("valid", Mistake::Choice { of: VALIDITIES });
    }
    valid
}

/// One text with `*` as wildcard, or a list of texts of which one has to be there exactly, for each field.
fn fields(select: &mut Body) -> Option<Vec<(String, Criterion)>> {
    if !select.has("fields") {
        return Some(vec![]);
    }
    let mut found = vec![];
    for (name, value) in select.object("fields")?.rest() {
        let criterion = match value {
            Value::String(text) => Some(Criterion::Like(text)),
            Value::Array(values) => {
                let texts = values.iter().map(|one| one.as_str().map(str::to_owned));
                texts.collect::<Option<Vec<String>>>().map(Criterion::OneOf)
            }
            _ => None,
        };
        match criterion {
            Some(criterion) => found.push((name, criterion)),
            None => {
                let expected = "string or array of strings";
                select.mistake(&format!("fields/{name}"), Mistake::Type { expected });
            }
        }
    }
    Some(found)
}

/// One change; nothing when something is wrong with it, which the body then knows.
fn change(body: &mut Body) -> Option<JobChange> {
    let relation = body.required("relation")?;
    if !RELATIONS.split(", ").any(|one| one == relation) {
        body.rest();
        body.mistake("relation", Mistake::Choice { of: RELATIONS });
        return None;
    }
    let given = body.required_flag("given");
    let relation = match relation.as_str() {
        "customer" => JobRelation::Customer {
            customer: body.required("customer")?,
        },
        "person-group" => {
            let (group, permission) = (body.required("group"), body.required("permission"));
            JobRelation::PersonGroup {
                group: group?,
                permission: permission?,
            }
        }
        _ => JobRelation::Service {
            service: body.required("service")?,
        },
    };
    Some(JobChange {
        relation,
        given: given?,
    })
}

/// What the directory refuses of a job, at its place in the body; so many changes stand there, and what comes after them
/// is the template's.
pub fn refused(error: Error, own: usize) -> Problem {
    let Error::Invalid(errors) = error else {
        return error.into();
    };
    let place = |error: FieldError| match error.field.as_str() {
        "changes" | "select" => (Place::Field(error.field), Mistake::Field(error.problem)),
        "source" => {
            let of = "the sources of /api/v1/fields";
            (Place::Select("source".into()), Mistake::Choice { of })
        }
        field if field.contains('.') => match place_of_change(error) {
            (Place::Change { at, .. }, mistake) if at >= own => {
                (Place::Field("template".into()), mistake)
            }
            placed => placed,
        },
        field => (
            Place::Select(format!("fields/{field}")),
            Mistake::Field(error.problem),
        ),
    };
    Problem::invalid(errors.into_iter().map(place).collect())
}

/// What the directory refuses of a template, at its place in the body.
pub fn refused_in_body(error: Error) -> Problem {
    match error {
        Error::Invalid(errors) => {
            Problem::invalid(errors.into_iter().map(place_of_change).collect())
        }
        error => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Taken = (Selection, Vec<JobChange>);
    type Wrong = Vec<(Place, &'static str)>;

    fn taken(value: Value) -> Result<Taken, Wrong> {
        let Value::Object(members) = value else {
            panic!("an object")
        };
        let taken = take(&mut Body::of(members));
        let taken = taken.map(|asked| (asked.selection, asked.changes));
        taken.map_err(|problem| {
            let mistakes = problem.mistakes.iter();
            mistakes
                .map(|(place, mistake)| (place.clone(), mistake.code()))
                .collect()
        })
    }

    #[test]
    fn a_search_with_everything_is_read() {
        let (selection, changes) = taken(json!({
            "select": {"search": "nowak", "valid": "all", "customer": "MUSTER", "source": "CustomerUser",
                "fields": {"UserCity": "War*", "ValidID": ["1", "2"]}},
            "changes": [{"relation": "service", "service": "IT", "given": false}],
        }))
        .unwrap();
        let Selection::Search(search) = selection else {
            panic!("a search")
        };
        assert_eq!(search.text.as_deref(), Some("nowak"));
        assert_eq!(search.valid, ValidFilter::All);
        assert_eq!(search.fields.len(), 2);
        assert_eq!(
            search.lookup,
            Some(Lookup::CustomerExactly("MUSTER".into()))
        );
        assert_eq!(changes.len(), 1);
        assert!(!changes[0].given);
    }

    #[test]
    fn fields_are_read_and_stand_alone() {
        let wanted = json!({
            "select": {"logins": ["anna"]},
            "fields": [{"field": "UserCity", "value": ""}, {"field": "UserEmail", "replace": "@a", "by": ""}],
        });
        let Value::Object(members) = wanted else {
            unreachable!()
        };
        let asked = take(&mut Body::of(members)).unwrap();
        let fields = asked.fields.unwrap();
        assert_eq!(fields.len(), 2);
        assert_eq!(fields[1].after("x@A").as_deref(), Some("x"));
        let at = |at, part: &str| Place::Member {
            list: "fields",
            at,
            part: part.into(),
        };
        let wrong = taken(json!({
            "select": {"logins": ["anna"]},
            "changes": [],
            "fields": [{"field": "UserCity"}, {"field": "UserEmail", "replace": "x", "value": "y"}, 7],
        }));
        assert_eq!(
            wrong.unwrap_err(),
            [
                (Place::Field("fields".into()), "either-or"),
                (at(0, "value"), "required"),
                (at(1, "by"), "required"),
                (at(1, "value"), "unknown-field"),
                (at(2, ""), "wrong-type"),
            ]
        );
    }

    #[test]
    fn everybody_has_to_be_asked_for_and_mistakes_have_places() {
        let select = |part: &str| Place::Select(part.into());
        let at = |at, part: &str| Place::Change {
            at,
            part: part.into(),
        };
        assert_eq!(
            taken(json!({"select": {}, "changes": []})).unwrap_err(),
            [(select("logins"), "either-or")]
        );
        let wrong = taken(json!({
            "select": {"search": "x", "valid": "some", "logins2": 1},
            "changes": [{"relation": "customer-group", "given": true}, {"relation": "service", "given": 1}, 7],
        }))
        .unwrap_err();
        assert_eq!(
            wrong,
            [
                (select("valid"), "not-a-choice"),
                (select("logins2"), "unknown-field"),
                (at(0, "relation"), "not-a-choice"),
                (at(1, "given"), "wrong-type"),
                (at(1, "service"), "required"),
                (at(2, ""), "wrong-type"),
            ]
        );
        let wrong = taken(json!({"select": {"logins": ["a", 1]}, "changes": []}));
        assert_eq!(wrong.unwrap_err(), [(select("logins"), "wrong-type")]);
    }
}
