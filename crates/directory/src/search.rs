//! Searching customer users and customers over all sources.

use kartoteka_boxed::boxed;
use kartoteka_index::{Hit, Query, Sort};
use kartoteka_model::search::{Affixes, Grammar, parse, wildcard};
use kartoteka_model::{Condition, Record, Validity};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::bounds::within_bounds;
use crate::error::{Error, FieldProblem, Result};
use crate::inside::Inside;
use crate::kind::Kind;
use crate::live;
use crate::names;
use crate::open::Directory;
use crate::rights::{Action, Object};

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

/// How a source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceStatus {
    pub id: String,
    pub name: String,
    pub writable: bool,
    /// Whether the search index has its records; otherwise the search asked the source.
    pub mirrored: bool,
    /// Since when it has not answered, in seconds since 1970; none while it answers.
    pub unavailable_since: Option<i64>,
    /// Of a source that was asked: how many of its records were looked at, if it has more that may be meant.
    pub first_only: Option<u32>,
    /// Since when what the index has of it may be outdated, in seconds since 1970; none while it is as current as it has to
    /// be.
    pub stale_since: Option<i64>,
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

impl Directory {
    /// How many of the hits of a search can be paged through: OTOBO's `CustomerUserSearchListLimit` and
    /// `CustomerCompanySearchListLimit`, the smallest of all sources, where one has it.
    pub fn list_limit(&self, kind: Kind) -> u32 {
        let handles = self.handles(kind).iter();
        let smallest = handles.filter_map(|handle| handle.spec.list_limit).min();
        smallest.unwrap_or(self.generation.settings.lists.first)
    }

    /// Finds customer users, customers, groups or services. Role: reader.
    ///
    /// # Errors
    /// `Syntax` for a malformed text, `Invalid` for fields that no source has, for an unknown source and for a cursor
    /// of no record.
    #[boxed]
    pub async fn search(&self, actor: &Actor, kind: Kind, search: &Search) -> Result<Page> {
        actor.require(Action::See, Object::Records(kind))?;
        if let Some(table) = crate::named::table(kind) {
            return self.search_named(kind, table, search).await;
        }
        let condition = self.inside().condition(kind, search)?;
        let sort = self.sort(kind, &search.order)?;
        let lists = &self.generation.settings.lists;
        let limit = if search.limit == 0 {
            lists.page_size
        } else {
            search.limit.min(MAX_LIMIT)
        };
        let after = search.after.as_deref().map(cursor_key).transpose()?;
        let place = after.as_deref().and_then(live::place);
        let query = Query {
            condition,
            partition: self.inside().partition(kind, search),
            sort,
            // Of the index all was seen; how many it has is counted all the same.
            limit: if place.is_some() { 1 } else { limit },
            offset: search.offset,
            after: after.filter(|_| place.is_none()),
            count_to: u64::from(self.list_limit(kind)),
        };
        let source = search.source.as_deref();
        let source = source
            .map(|id| self.inside().source_number(kind, id))
            .transpose()?;
        let asked = (&query.condition, &query.sort);
        let (of_index, live) = futures::try_join!(
            self.search_index(kind, &query, source),
            Box::pin(self.search_live(kind, search, asked, source)),
        )?;
        let ((mut found, gone, state), mut live) = (of_index, live);
        let total = live.total(found.totals);
        let query = Query { limit, ..query };
        if place.is_some() {
            found.hits.clear();
            found.more = false;
        }
        let live_page = live.page(&query, place, &found);
        if found.hits.is_empty() && live_page.rows.is_empty() {
            self.some_source_answered(kind)?;
        }
        let last = found.hits.last().filter(|_| found.more);
        let next = last.map(|hit| hit.key.clone()).or(live_page.next);
        let handles = self.handles(kind);
        let row = |hit: Hit| {
            let handle = handles.get(hit.source)?;
            Some(Row {
                text: names::listed(&handle.spec, &hit.record),
                source: handle.spec.id.clone(),
                key: hit.key,
                record: hit.record,
            })
        };
        let hits = found.hits.into_iter();
        let shown = hits.filter(|hit| !gone.has(&hit.key));
        let rows = shown.filter_map(row).chain(live_page.rows);
        Ok(Page {
            rows: rows.collect(),
            total,
            next: next.map(hex::encode),
            sources: handles.iter().map(|one| live.noted(one.status())).collect(),
            index: state,
        })
    }

    /// How far the search index of a kind is, on which counts and searches stand.
    pub fn index_state(&self, kind: Kind) -> IndexState {
        self.index_sync(kind).state()
    }

    /// Values asked of a field with choices must be among them.
    fn check_choices(&self, kind: Kind, field: &str, values: &[String]) -> Result<()> {
        let choices: Vec<&String> = self
            .handles(kind)
            .iter()
            .filter_map(|handle| handle.spec.selections.get(field))
            .flat_map(|choices| choices.keys())
            .collect();
        let known = |value: &String| match choices.is_empty() {
            true => field != "ValidID" || value.parse().ok().and_then(Validity::from_id).is_some(),
            false => choices.contains(&value),
        };
        if values.iter().all(known) {
            Ok(())
        } else {
            Err(Error::field(field, FieldProblem::NotAChoice))
        }
    }

    fn text_condition(&self, kind: Kind, search: &Search, text: &str) -> Result<Condition> {
        let grammar = search.grammar.unwrap_or(match kind {
            Kind::Customer => Grammar::Full,
            _ => Grammar::Words,
        });
        let blanks = self.generation.settings.lists.blanks;
        // Sources with other search fields or affixes read the same text in their own way.
        let mut conditions = vec![];
        for handle in self.handles(kind) {
            let spec = &handle.spec;
            let affixes = Affixes {
                prefix: spec.search_prefix.clone(),
                suffix: spec.search_suffix.clone(),
            };
            let columns = spec.search_fields.iter();
            let columns: Vec<String> = columns
                .filter(|column| !search.without_customer || *column != "customer_id")
                .cloned()
                .collect();
            let fields: Vec<String> = spec.field_names(&columns).map(str::to_owned).collect();
            if fields.len() < columns.len() {
                return Err(Error::field("SearchFields", FieldProblem::UnknownField));
            }
            let condition =
                parse(text, grammar, blanks, &affixes, &fields).map_err(Error::Syntax)?;
            conditions.push((spec.id.clone(), condition));
        }
        Ok(Condition::per_source(conditions))
    }

    fn sort(&self, kind: Kind, order: &[Order]) -> Result<Sort> {
        if order.is_empty() {
            return Ok(Sort::Natural);
        }
        let mut fields: Vec<(String, bool)> = vec![];
        for Order { field, direction } in order {
            let known = self.handles(kind).iter().any(|handle| {
                handle
                    .spec
                    .map
                    .find(field)
                    .is_some_and(|field| !field.is_secret())
            });
            if !known || fields.iter().any(|(earlier, _)| earlier == field) {
                return Err(Error::field(field, FieldProblem::UnknownField));
            }
            fields.push((field.clone(), *direction == Direction::Down));
        }
        Ok(Sort::Fields(fields))
    }
}

impl Inside<'_> {
    /// The place of a source among those of a kind.
    ///
    /// # Errors
    /// `Invalid` for one that is not set up.
    pub fn source_number(self, kind: Kind, id: &str) -> Result<usize> {
        let known = self.handles(kind).iter();
        let number = known
            .map(|handle| &handle.spec.id)
            .position(|one| one == id);
        number.ok_or_else(|| Error::field("source", FieldProblem::NotAChoice))
    }

    /// What a search asks, as a condition.
    ///
    /// # Errors
    /// As [`Directory::search`].
    pub fn condition(self, kind: Kind, search: &Search) -> Result<Condition> {
        within_bounds(search)?;
        let mut condition = Condition::Everything;
        let handles = self.handles(kind);
        if let Some(text) = &search.text {
            condition = condition.and(self.text_condition(kind, search, text)?);
        }
        for (field, criterion) in &search.fields {
            let known = handles.iter().any(|handle| {
                handle
                    .spec
                    .map
                    .find(field)
                    .is_some_and(|field| !field.is_secret())
            });
            if !known {
                return Err(Error::field(field, FieldProblem::UnknownField));
            }
            if let Criterion::OneOf(values) = criterion {
                self.check_choices(kind, field, values)?;
            }
            condition = condition.and(condition_of(field, criterion));
        }
        if let Some(lookup) = &search.lookup {
            condition = condition.and(self.lookup_condition(lookup));
        }
        Ok(condition)
    }
}

/// What a criterion asks of a field.
pub(crate) fn condition_of(field: &str, criterion: &Criterion) -> Condition {
    let one_of = |values: &[String]| Condition::OneOf {
        field: field.to_owned(),
        values: values.iter().cloned().collect(),
    };
    match criterion {
        Criterion::Like(text) => {
            let pattern = wildcard(text);
            if pattern.is_any() || text.is_empty() {
                Condition::Everything
            } else {
                Condition::Matches {
                    fields: vec![field.to_owned()],
                    pattern,
                }
            }
        }
        Criterion::Contains(text) => crate::lookup::contained(field, text),
        Criterion::OneOf(values) if values.is_empty() => Condition::Everything,
        Criterion::OneOf(values) => one_of(values),
        Criterion::NoneOf(values) => one_of(values).negate(),
    }
}

/// The key that a cursor stands for.
pub(crate) fn cursor_key(cursor: &str) -> Result<String> {
    let bytes = hex::decode(cursor).ok();
    let key = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| Error::field("after", FieldProblem::NotAChoice))
}
