//! Searches and what they find: what is asked, and a page of the answer.

use kartoteka_model::Record;
use kartoteka_model::search::Grammar;
use serde::{Deserialize, Serialize};

use crate::error::{Error, FieldProblem, Result};
use crate::source_status::SourceStatus;

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
    /// A text that the value contains; one with `*` as [`Criterion::Like`], one in quotes exactly. Phone numbers are
    /// found by their digits alone, too.
    Contains(String),
    /// One of these values, exactly.
    OneOf(Vec<String>),
    /// None of these values.
    NoneOf(Vec<String>),
}

/// A look-up by one property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    /// A text in the search language; without one everybody is found.
    pub text: Option<String>,
    /// Detail search: field name and criterion.
    pub fields: Vec<(String, Criterion)>,
    /// Leave the customer ID out of what `text` looks at (OTOBO's `CustomerUserOnly`).
    pub without_customer: bool,
    /// A look-up that mail, forms and the terminal use.
    pub lookup: Option<Lookup>,
    /// The grammar of `text`; without one, words for customer users and the full grammar for customers.
    pub grammar: Option<Grammar>,
    pub valid: ValidFilter,
    /// Only records that this source speaks for.
    pub source: Option<String>,
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

/// The most rows that one page may have.
pub(crate) const MAX_LIMIT: u32 = 10_000;

/// The key that a cursor stands for.
pub(crate) fn cursor_key(cursor: &str) -> Result<String> {
    let bytes = hex::decode(cursor).ok();
    let key = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| Error::field("after", FieldProblem::NotAChoice))
}
