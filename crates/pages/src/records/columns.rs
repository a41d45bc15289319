//! The columns of a list: which ones an agent sees, and how their headers order it.

use kartoteka_directory::{Direction, Order, SourceInfo};
use kartoteka_login::{UiPreference, UiPreferences};

use super::criteria::Criteria;
use super::fields;
use super::screen::Screen;
use crate::frame::Frame;

/// A column's header.
pub struct Column {
    /// The field that it shows; empty for the source.
    pub field: String,
    pub label: String,
    /// The list ordered by it; none where that is not possible.
    pub href: Option<String>,
    /// `ascending`, `descending` or empty.
    pub sorted: &'static str,
}

/// The field by which lists are ordered if nothing else is asked for, which the first column orders by.
fn name_field(screen: Screen) -> &'static str {
    match screen.is_people() {
        true => "UserLastname",
        false => "CustomerCompanyName",
    }
}

/// Where an agent's choice of columns is kept.
pub fn preference(screen: Screen) -> UiPreference {
    match screen.is_people() {
        true => UiPreference::PeopleColumns,
        false => UiPreference::CustomerColumns,
    }
}

/// The fields that columns can show: all that lists can be ordered by, but what stands in the first column.
pub fn offered(screen: Screen, sources: &[SourceInfo]) -> Vec<String> {
    let in_name: &[&str] = match screen.is_people() {
        true => &["UserLastname", "UserFirstname", "UserTitle"],
        false => &["CustomerCompanyName"],
    };
    let mut names = fields::searchable_names(sources);
    names.retain(|name| !in_name.contains(&name.as_str()) && !fields::is_validity(name));
    names
}

/// The columns that an agent chose, as far as there are such fields; without a choice the usual ones.
pub fn chosen(screen: Screen, sources: &[SourceInfo], preferences: &UiPreferences) -> Vec<String> {
    let usual: &[&str] = match screen.is_people() {
        true => &["UserLogin", "UserEmail", "UserCustomerID"],
        false => &["CustomerID", "CustomerCompanyCity"],
    };
    let usual: Vec<String> = usual.iter().map(ToString::to_string).collect();
    let wanted = preferences.get(&preference(screen)).map(|value| {
        let names = value.split(',').filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    });
    let offered = offered(screen, sources);
    let mut chosen: Vec<String> = wanted.unwrap_or(usual);
    // A field may be gone since.
    chosen.retain(|name| offered.contains(name));
    chosen
}

/// What a field is called at the head of a column.
pub fn label(page: &Frame, screen: Screen, sources: &[SourceInfo], field: &str) -> String {
    let short = match field {
        "UserLogin" | "CustomerID" => "column-key",
        "UserEmail" => "column-email",
        "UserCustomerID" => "column-customer",
        "CustomerCompanyCity" => "column-city",
        field if field == name_field(screen) => "column-name",
        _ => return fields::label(page, sources, field),
    };
    page.t(&screen.text(short))
}

/// The table's columns.
pub fn columns(
    page: &Frame,
    screen: Screen,
    sources: &[SourceInfo],
    criteria: &Criteria,
    path: &str,
    chosen: &[String],
) -> Vec<Column> {
    let known = fields::searchable_names(sources);
    let name = name_field(screen);
    let shown = std::iter::once(name).chain(chosen.iter().map(String::as_str));
    let column = |field: &str| Column {
        label: label(page, screen, sources, field),
        href: known
            .iter()
            .any(|known| known == field)
            .then(|| turned(criteria, field, field == name).address(path)),
        sorted: match direction(criteria, field, field == name) {
            Some(Direction::Up) => "ascending",
            Some(Direction::Down) => "descending",
            None => "",
        },
        field: field.to_owned(),
    };
    let mut columns: Vec<Column> = shown.map(column).collect();
    if sources.len() > 1 {
        columns.push(Column {
            field: String::new(),
            label: page.t("records-column-source"),
            href: None,
            sorted: "",
        });
    }
    columns
}

/// How the list is ordered by a field. `usual`: it is if nothing else is asked for.
fn direction(criteria: &Criteria, field: &str, usual: bool) -> Option<Direction> {
    match &criteria.sort {
        Some(order) if order.field == field => Some(order.direction),
        None if usual => Some(Direction::Up),
        _ => None,
    }
}

/// The list ordered by a field, and the other way round if it is already.
fn turned(criteria: &Criteria, field: &str, usual: bool) -> Criteria {
    let direction = match direction(criteria, field, usual) {
        Some(Direction::Up) => Direction::Down,
        _ => Direction::Up,
    };
    Criteria {
        sort: Some(Order {
            field: field.to_owned(),
            direction,
        }),
        page: 1,
        ..criteria.clone()
    }
}
