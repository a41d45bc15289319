//! The rows of a list: one person or customer in a line.

use std::collections::BTreeMap;

use kartoteka_directory::{Row, SourceInfo};
use kartoteka_model::Validity;
use kartoteka_model::email::in_letters;
use kartoteka_model::field::is_phone;

use super::columns::Column;
use super::fields;
use super::highlight::{Piece, Words, number_pieces, pieces};
use super::screen::{CUSTOMERS, Screen};
use crate::frame::Frame;

/// Fields that the first column shows.
const NAME: [&str; 3] = ["UserFirstname", "UserLastname", "CustomerCompanyName"];

/// A row as the table shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The key as stored.
    pub stored: String,
    pub href: String,
    pub name: Vec<Piece>,
    pub title: String,
    pub email: Vec<Piece>,
    /// What the columns after the name show.
    pub cells: Vec<Cell>,
    /// Fields that no column shows and that the search hit, with their labels.
    pub also: Vec<(String, Vec<Piece>)>,
    pub source: Badge,
    pub validity: Mark,
}

/// What a column shows of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The column's head, for narrow screens.
    pub label: String,
    pub pieces: Vec<Piece>,
    /// The whole text.
    pub text: String,
    pub look: Look,
}

/// How a cell looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    Text,
    /// A login or e-mail address; one is worth copying.
    Address {
        copy: bool,
    },
    /// The source, by its badge.
    Source(Badge),
    Customer(Customer),
}

/// The customer of a person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub href: String,
    pub id: String,
    /// Whether there is such a customer.
    pub known: bool,
}

/// A source in a few letters, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    pub short: String,
    pub name: String,
}

/// A validity as icon, word and colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `valid`, `invalid`, `invalid-temporarily`, or `unknown`.
    pub name: &'static str,
    pub label: String,
}

/// What the rows of one page have in common.
pub struct Lines<'a> {
    pub page: &'a Frame,
    pub screen: Screen,
    pub sources: &'a [SourceInfo],
    /// The words to mark.
    pub words: &'a Words,
    /// The names of the customers on the page by lower-case ID.
    pub customers: &'a BTreeMap<String, String>,
    /// The query string of the list, which records lead back to.
    pub back: &'a str,
    /// The columns; where there is no table, none.
    pub columns: &'a [Column],
}

impl Lines<'_> {
    /// A row for the table.
    pub fn line(&self, row: &Row) -> Line {
        let mark = |text: &str| pieces(text, &self.words.texts);
        let record = &row.record;
        let href = self.page.url(&self.screen.record(&row.key));
        Line {
            stored: row.key.clone(),
            href: if self.back.is_empty() {
                href
            } else {
                format!("{href}?{}", self.back)
            },
            name: mark(&self.name(row)),
            title: self.label("UserTitle", row),
            email: mark(&in_letters(record.get("UserEmail"))),
            cells: self
                .columns
                .iter()
                .skip(1)
                .map(|column| self.cell(column, row))
                .collect(),
            also: self.also(row),
            source: badge(self.sources, &row.source),
            validity: validity(self.page, record.get("ValidID")),
        }
    }

    /// A value as its source's drop-down calls it.
    fn label(&self, field: &str, row: &Row) -> String {
        let value = row.record.get(field);
        let source = self.sources.iter().find(|source| source.id == row.source);
        let labels = source.and_then(|source| source.selections.get(field));
        match labels.and_then(|labels| labels.get(value)) {
            Some(label) if !label.is_empty() => self.page.label(label),
            _ => value.to_owned(),
        }
    }

    /// What a record is called in a list: family name first.
    pub fn name(&self, row: &Row) -> String {
        let record = &row.record;
        let name = if self.screen == CUSTOMERS {
            record.get("CustomerCompanyName").to_owned()
        } else if self.screen.is_named() {
            String::new()
        } else {
            format!(
                "{} {}",
                record.get("UserLastname"),
                record.get("UserFirstname")
            )
        };
        match name.trim() {
            "" => row.key.clone(),
            name => name.to_owned(),
        }
    }

    /// Where else the search hit, so that one sees why the record was found.
    fn also(&self, row: &Row) -> Vec<(String, Vec<Piece>)> {
        let source = self.sources.iter().find(|source| source.id == row.source);
        let searched = source.map_or(&[][..], |source| &source.searched);
        let hit = |name: &String| {
            let value = row.record.get(name);
            let pieces = match is_phone(name) {
                true => number_pieces(value, &self.words.numbers),
                false => pieces(value, &self.words.texts),
            };
            let hit = pieces.iter().any(|piece| piece.hit);
            hit.then(|| (fields::label(self.page, self.sources, name), pieces))
        };
        let in_column = |name: &str| self.columns.iter().any(|column| column.field == name);
        let unseen = searched
            .iter()
            .filter(|name| !NAME.contains(&name.as_str()) && !in_column(name));
        unseen.filter_map(hit).collect()
    }

    fn cell(&self, column: &Column, row: &Row) -> Cell {
        let value = row.record.get(&column.field);
        let (text, look) = match column.field.as_str() {
            "" => {
                let badge = badge(self.sources, &row.source);
                (badge.name.clone(), Look::Source(badge))
            }
            "UserLogin" | "CustomerID" => (row.key.clone(), Look::Address { copy: false }),
            "UserEmail" => (in_letters(value), Look::Address { copy: true }),
            "UserCustomerID" => match self.customer(value) {
                Some((name, customer)) => (name, Look::Customer(customer)),
                None => (String::new(), Look::Text),
            },
            field => (self.label(field, row), Look::Text),
        };
        let pieces = match is_phone(&column.field) {
            true => number_pieces(&text, &self.words.numbers),
            false => pieces(&text, &self.words.texts),
        };
        Cell {
            label: column.label.clone(),
            pieces,
            text,
            look,
        }
    }

    /// The name of a person's customer, with where it is.
    fn customer(&self, id: &str) -> Option<(String, Customer)> {
        if id.is_empty() {
            return None;
        }
        let name = self.customers.get(&kartoteka_model::text::lower(id));
        let shown = name
            .filter(|name| !name.is_empty())
            .map_or(id, String::as_str);
        let customer = Customer {
            href: self.page.url(&CUSTOMERS.record(id)),
            id: id.to_owned(),
            known: name.is_some(),
        };
        Some((shown.to_owned(), customer))
    }
}

/// The badge of a source: `DB` for the first, `DB1` for `CustomerUser1`, `CSV2` for a file.
pub fn badge(sources: &[SourceInfo], id: &str) -> Badge {
    let number = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let source = sources.iter().find(|source| source.id == id);
    let module = source.map_or("DB", |source| source.module);
    Badge {
        short: format!("{module}{number}"),
        name: source.map_or(id, |source| &source.name).to_owned(),
    }
}

/// The mark of a validity, as the field holds it; records of a source without the field are valid.
pub fn validity(page: &Frame, value: &str) -> Mark {
    let known = if value.is_empty() {
        Some(Validity::Valid)
    } else {
        Validity::parse(value)
    };
    match known {
        Some(validity) => Mark {
            name: validity.name(),
            label: page.validity(validity.name()),
        },
        None => Mark {
            name: "unknown",
            label: value.to_owned(),
        },
    }
}
