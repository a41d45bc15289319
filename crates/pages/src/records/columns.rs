//! The columns of a list, and how their headers order it.

use kartoteka_directory::{Direction, Order, SourceInfo};

use super::criteria::Criteria;
use super::fields;
use super::screen::Screen;
use crate::frame::Frame;

/// A column's header.
pub struct Column {
    pub label: String,
    /// The list ordered by it; none where that is not possible.
    pub href: Option<String>,
    /// `ascending`, `descending` or empty.
    pub sorted: &'static str,
}

/// The table's columns: text key, and the field that it is ordered by.
pub fn columns(
    page: &Frame,
    screen: Screen,
    sources: &[SourceInfo],
    criteria: &Criteria,
    path: &str,
) -> Vec<Column> {
    let known = fields::searchable_names(sources);
    let fields: &[(&str, &str)] = if screen.is_people() {
        &[
            ("column-name", "UserLastname"),
            ("column-key", "UserLogin"),
            ("column-email", "UserEmail"),
            ("column-customer", "UserCustomerID"),
        ]
    } else {
        &[
            ("column-name", "CustomerCompanyName"),
            ("column-key", "CustomerID"),
            ("column-city", "CustomerCompanyCity"),
        ]
    };
    let mut columns: Vec<Column> = Vec::new();
    for (at, (text, field)) in fields.iter().enumerate() {
        let usual = at == 0;
        columns.push(column(
            page.t(&screen.text(text)),
            field,
            usual,
            &known,
            criteria,
            path,
        ));
    }
    if sources.len() > 1 {
        columns.push(Column {
            label: page.t("records-column-source"),
            href: None,
            sorted: "",
        });
    }
    columns.push(column(
        page.t("records-column-validity"),
        "ValidID",
        false,
        &known,
        criteria,
        path,
    ));
    columns
}

/// `usual`: the column that lists are ordered by if nothing else is asked for.
fn column(
    label: String,
    field: &str,
    usual: bool,
    known: &[String],
    criteria: &Criteria,
    path: &str,
) -> Column {
    let direction = match &criteria.sort {
        Some(order) if order.field == field => Some(order.direction),
        None if usual => Some(Direction::Up),
        _ => None,
    };
    let turned = if direction == Some(Direction::Up) {
        Direction::Down
    } else {
        Direction::Up
    };
    let sort = Some(Order {
        field: field.to_owned(),
        direction: turned,
    });
    Column {
        label,
        href: known.iter().any(|name| name == field).then(|| {
            Criteria {
                sort,
                page: 1,
                ..criteria.clone()
            }
            .address(path)
        }),
        sorted: match direction {
            Some(Direction::Up) => "ascending",
            Some(Direction::Down) => "descending",
            None => "",
        },
    }
}
