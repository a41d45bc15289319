//! Lists: a search with its parameters, and pages by cursor.

use axum::Json;
use kartoteka_directory::{
    Actor, Criterion, Direction, Directory, Error, FieldError, Kind, Order, Search, ValidFilter,
};
use kartoteka_wire::records;
use serde_json::Value;
use utoipa::IntoParams;

use super::messages::Mistake;
use super::problem::Problem;
use super::query::Query;
use super::records::NO_SUCH_SOURCE;

/// The most records on a page.
pub const LARGEST_PAGE: i64 = 1000;

/// The parameters of lists. Beside these, `field.NAME=VALUE` asks for one field each, with `*` as wildcard;
/// given more than once for a field, one of the values has to be there exactly.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `read` takes them")]
pub struct ListParameters {
    /// A text in the search language: `nowak anna`, `"anna.nowak"`, `anna OR jan`, `!nowak`, `now*`.
    #[param(required = false, example = "nowak")]
    search: String,
    /// Which validities are listed; `valid` without it.
    #[param(required = false, inline)]
    valid: Valid,
    /// Only records of the source with this ID, as `/api/v1/fields` lists them.
    #[param(required = false, example = "CustomerUser")]
    source: String,
    /// At most so many records on the page; the configured page size without it.
    #[param(required = false, minimum = 1, maximum = 1000)]
    limit: u32,
    /// The `next` of the page before.
    #[param(required = false)]
    after: String,
    /// Names of fields to sort by, separated by commas; `-` before one turns its order around.
    #[param(required = false, example = "UserLastname,-UserFirstname")]
    sort: String,
}

/// Which validities are listed.
#[derive(utoipa::ToSchema)]
#[expect(
    clippy::enum_variant_names,
    reason = "they are the words of the parameter"
)]
#[schema(rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes the values of a parameter")]
enum Valid {
    Valid,
    Invalid,
    All,
}

/// Answers with a page of records.
pub async fn list(
    directory: &Directory,
    actor: &Actor,
    kind: Kind,
    query: Query,
) -> Result<Json<Value>, Problem> {
    let search = read(query)?;
    let page = directory
        .search(actor, kind, &search)
        .await
        .map_err(|error| in_parameters(&search, error))?;
    Ok(Json(records::page(&page)))
}

/// The search that parameters ask for.
fn read(mut query: Query) -> Result<Search, Problem> {
    let search = Search {
        text: query.text("search").filter(|text| !text.trim().is_empty()),
        valid: query
            .choice("valid", "valid, invalid, all", validity)
            .unwrap_or_default(),
        source: query.text("source").filter(|id| !id.is_empty()),
        limit: query
            .number("limit", 1, LARGEST_PAGE)
            .map_or(0, |limit| limit as u32),
        after: query.text("after").filter(|cursor| !cursor.is_empty()),
        order: query
            .text("sort")
            .map(|text| order(&text))
            .unwrap_or_default(),
        fields: criteria(query.beginning("field.")),
        ..Search::default()
    };
    query.finish()?;
    Ok(search)
}

fn validity(text: &str) -> Option<ValidFilter> {
    match text {
        "valid" => Some(ValidFilter::Valid),
        "invalid" => Some(ValidFilter::Invalid),
        "all" => Some(ValidFilter::All),
        _ => None,
    }
}

fn order(text: &str) -> Vec<Order> {
    let names = text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names
        .map(|name| match name.strip_prefix('-') {
            Some(name) => Order {
                field: name.into(),
                direction: Direction::Down,
            },
            None => Order {
                field: name.into(),
                direction: Direction::Up,
            },
        })
        .collect()
}

fn criteria(given: Vec<(String, String)>) -> Vec<(String, Criterion)> {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in given {
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => fields.push((name, vec![value])),
        }
    }
    let criterion = |mut values: Vec<String>| match values.len() {
        1 => Criterion::Like(values.remove(0)),
        _ => Criterion::OneOf(values),
    };
    fields
        .into_iter()
        .map(|(name, values)| (name, criterion(values)))
        .collect()
}

/// What the directory finds wrong with a search is wrong with the parameters.
fn in_parameters(search: &Search, error: Error) -> Problem {
    let Error::Invalid(errors) = error else {
        return error.into();
    };
    let sorted = |field: &str| search.order.iter().any(|order| order.field == field);
    let asked = |field: &str| search.fields.iter().any(|(name, _)| name == field);
    let place = |error: FieldError| match error.field.as_str() {
        "after" => ("after".into(), Mistake::Cursor),
        "source" => ("source".into(), NO_SUCH_SOURCE),
        field if asked(field) => (format!("field.{field}"), Mistake::Field(error.problem)),
        field if sorted(field) => ("sort".into(), Mistake::Field(error.problem)),
        _ => (error.field, Mistake::Field(error.problem)),
    };
    let mistakes: Vec<_> = errors.into_iter().map(place).collect();
    let names: Vec<_> = mistakes.iter().map(|(name, _)| name.as_str()).collect();
    let detail = format!("Query parameters are wrong: {}.", names.join(", "));
    Problem::parameters(detail, mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_fields_ask_for_one_of_their_values() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let found = criteria(vec![
            pair("UserCity", "War*"),
            pair("ValidID", "1"),
            pair("ValidID", "2"),
        ]);
        assert_eq!(
            found[0],
            ("UserCity".into(), Criterion::Like("War*".into()))
        );
        assert_eq!(
            found[1],
            (
                "ValidID".into(),
                Criterion::OneOf(vec!["1".into(), "2".into()])
            )
        );
    }

    #[test]
    fn sorting_names_fields_and_directions() {
        let order = order("UserLastname,-UserFirstname, ");
        assert_eq!(order.len(), 2);
        assert_eq!(
            (order[1].field.as_str(), order[1].direction),
            ("UserFirstname", Direction::Down)
        );
    }
}
