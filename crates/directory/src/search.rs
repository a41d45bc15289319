//! Searching customer users and customers over all sources.

use kartoteka_model::Record;
use serde::{Deserialize, Serialize};

/// Which validities are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidFilter {
    #[default]
    Valid,
    Invalid,
    All,
}

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    #[default]
    Up,
    Down,
}

/// One field to order by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub field: String,
    pub direction: Direction,
}

/// What is asked of one field in a detail search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Criterion {
    /// A text with `*` as wildcard.
    Like(String),
    /// One of these values, exactly.
    OneOf(Vec<String>),
    /// None of these values.
    NoneOf(Vec<String>),
}

/// A look-up by one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// The sender of a mail, exactly but for case (OTOBO's `PostMasterSearch`).
    Sender(String),
    /// Logins that contain this, with `*` as wildcard (OTOBO's search by `UserLogin`).
    Login(String),
    /// People whose primary customer ID is this, with `*` as wildcard (OTOBO's `CustomerID`).
    Customer(String),
    /// People whose primary customer ID is exactly this but for case (OTOBO's `CustomerIDRaw`).
    CustomerExactly(String),
}

/// A search: all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// A text in the search language; without one everybody is found.
    pub text: Option<String>,
    /// Detail search: field name and criterion.
    pub fields: Vec<(String, Criterion)>,
    /// A look-up that mail, forms and the terminal use.
    pub lookup: Option<Lookup>,
    /// The grammar of `text`; without one, words for customer users and the full grammar for customers.
    pub grammar: Option<kartoteka_model::search::Grammar>,
    pub valid: ValidFilter,
    /// Empty: by last name, first name, login; customers by name, then ID (D05).
    pub order: Vec<Order>,
    /// At most so many rows on the page; 0 stands for the configured page size.
    pub limit: u32,
    /// Rows to leave out before the page.
    pub offset: u32,
    /// Instead of an offset: the cursor that the page before gave ([`Page::next`]).
    pub after: Option<String>,
}

/// How many records a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub count: u64,
    /// Otherwise there are more than that.
    pub exact: bool,
}

/// One record found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key, as stored.
    pub key: String,
    /// The source that has it.
    pub source: String,
    pub record: Record,
    /// The display text: list fields, as OTOBO joins them (`"Anna Nowak" <anna@…>`).
    pub text: String,
}

/// How a source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceStatus {
    pub id: String,
    pub name: String,
    pub writable: bool,
    /// Since when it has not answered, in seconds since 1970; none while it answers.
    pub unavailable_since: Option<i64>,
}

/// How far the search index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum IndexState {
    /// Every record is searched.
    Current,
    /// The index is being built; so many records are in it.
    Building { done: u64 },
}

/// One page of what a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
    pub total: Total,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    pub sources: Vec<SourceStatus>,
    pub index: IndexState,
}

impl crate::Directory {
    /// Finds customer users or customers. Role: reader.
    ///
    /// # Errors
    /// `Syntax` for a malformed text, `Invalid` for fields that no source has.
    pub async fn search(&self, actor: &crate::Actor, kind: crate::Kind, search: &Search) -> crate::Result<Page> {
        let _ = (actor, kind, search);
        todo!()
    }
}
