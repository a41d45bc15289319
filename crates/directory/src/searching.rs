//! Searching customer users and customers over all sources.

use kartoteka_boxed::boxed;
use kartoteka_index::{Hit, Query, Sort};
use kartoteka_model::search::{Affixes, Grammar, parse};
use kartoteka_model::{Condition, Validity};

use crate::actor::Actor;
use crate::bounds::within_bounds;
use crate::criterion::condition_of;
use crate::directory::{Directory, Inside};
use crate::error::{Error, FieldProblem, Result};
use crate::kind::Kind;
use crate::live;
use crate::names;
use crate::rights::{Action, Object};
use crate::search::{
    Criterion, Direction, IndexState, MAX_LIMIT, Order, Page, Row, Search, cursor_key,
};

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
