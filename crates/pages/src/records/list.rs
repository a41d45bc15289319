//! The list: search box, filters, table, pages.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{
    Criterion, Error, IndexState, Kind, Page, Search, SourceInfo, ValidFilter,
};

use super::columns::{Column, chosen, columns};
use super::criteria::{Criteria, filter_key};
use super::empty::{Empty, emptiness};
use super::paging::{Link, Paging};
use super::rows::{Line, Lines, Look};
use super::screen::{CUSTOMERS, Screen};
use super::selecting::Selecting;
use super::source_chips::{SourceChip, source_chip, source_chips};
use super::syntax::{self, SyntaxMistake};
use super::views::{self, ViewLink};
use super::{fields, highlight, people};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Query;
use crate::navigation::TopSearch;

/// The part of the page that scripts replace.
pub const FRAGMENT: &str = "list";

/// What was found, with everything around it that changes with the search.
pub struct Results {
    pub screen: Screen,
    pub chips: Vec<Link>,
    /// The filter by source, where there are several.
    pub source_chips: Vec<Link>,
    /// The customer that the list is restricted to.
    pub customer: Option<CustomerChip>,
    pub sources: Vec<SourceChip>,
    /// There are several sources.
    pub many_sources: bool,
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    pub paging: Option<Paging>,
    pub mistake: Option<SyntaxMistake>,
    /// What of a search that was read may have been meant otherwise.
    pub remark: Option<SyntaxMistake>,
    /// The fields that the free search looks in, by their labels.
    pub searched: String,
    /// Records in the index while it is being built.
    pub building: Option<u64>,
    pub empty: Empty,
    /// Where criteria are dropped again.
    pub reset: String,
    /// Fields of the detail search that are in force, and the list without each.
    pub criteria: Vec<(String, String)>,
    /// Where the first person is added, while there are customers only.
    pub first_person: Option<String>,
    /// People can be selected, to change them all at once.
    pub selecting: Option<Selecting>,
    /// Views that were saved, and where this list is saved as one.
    pub views: Vec<ViewLink>,
    pub save_view: String,
    /// Where the columns are chosen.
    pub choose_columns: String,
    /// Where a detail search is.
    pub detail_search: String,
}

/// The filter by customer.
pub struct CustomerChip {
    pub name: String,
    pub href: String,
    /// The list without it.
    pub drop: String,
}

#[derive(Template)]
#[template(path = "records/list.html")]
struct ListPage {
    page: Frame,
    /// What can be typed, and the key of what it finds.
    examples: [(&'static str, &'static str); 5],
    found: Results,
}

#[derive(Template)]
#[template(path = "records/results.html")]
struct ResultsPart {
    page: Frame,
    found: Results,
}

/// `GET /customer-users`, `GET /customers`.
pub async fn show(ctx: Ctx, Query(query): Query, screen: Screen) -> Outcome {
    let sources = ctx.directory.sources(screen.kind);
    let criteria = Criteria::parse(&query, &fields::searchable_names(&sources), ctx.page_size());
    let mut page = frame(&ctx, screen, &criteria);
    let (status, found) = find(&ctx, &page, screen, &sources, &criteria, &screen.list()).await?;
    if ctx.wants(FRAGMENT) {
        // Half a search is usual while one types.
        return ctx.render(&ResultsPart { page, found });
    }
    page.search.wrong = found.mistake.is_some();
    ctx.render_with(
        status,
        &ListPage {
            page,
            examples: syntax::examples(screen, ctx.blanks()),
            found,
        },
    )
}

fn frame(ctx: &Ctx, screen: Screen, criteria: &Criteria) -> Frame {
    let page = ctx
        .frame(ctx.t(&screen.text("title")))
        .group(ctx.t("nav-group-people"));
    let page = page.searching(top_search(ctx, screen, criteria));
    let can_add = page.may_edit()
        && ctx
            .directory
            .sources(screen.kind)
            .iter()
            .any(|source| source.writable);
    if can_add {
        page.action(&screen.new_record(), ctx.t(&screen.text("add")), Some("n"))
    } else {
        page
    }
}

/// The field at the top, which is the list's own.
pub fn top_search(ctx: &Ctx, screen: Screen, criteria: &Criteria) -> TopSearch {
    let others = Criteria {
        text: String::new(),
        page: 1,
        ..criteria.clone()
    };
    TopSearch {
        list: screen.list(),
        label: ctx.t(&screen.text("search-label")),
        text: criteria.text.clone(),
        kept: others.pairs(),
        wrong: false,
    }
}

/// Searches, and puts the answer into what the page shows. A malformed search is an answer, too.
pub async fn find(
    ctx: &Ctx,
    page: &Frame,
    screen: Screen,
    sources: &[SourceInfo],
    criteria: &Criteria,
    path: &str,
) -> Result<(StatusCode, Results), Failure> {
    let path = ctx.url(path);
    let chosen = chosen(screen, sources, &ctx.preferences);
    let mut results = Results::nothing(page, screen, sources, criteria, (&path, &chosen));
    let search = criteria.search(sources);
    let first = ctx.directory.list_limit(screen.kind);
    let reachable = first.saturating_sub(search.offset);
    let shown = Search {
        limit: search.limit.min(reachable).max(1),
        ..search.clone()
    };
    let found = match ctx.directory.search(&ctx.actor, screen.kind, &shown).await {
        // No page goes beyond what the list says that it shows.
        Ok(found) if reachable == 0 => Page {
            rows: Vec::new(),
            ..found
        },
        Ok(found) => found,
        Err(Error::Syntax(error)) => {
            results.mistake = Some(SyntaxMistake::new(page, &criteria.text, &error));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, results));
        }
        Err(error) => return Err(error.into()),
    };
    let customers = if screen.is_people() {
        let ids = found
            .rows
            .iter()
            .map(|row| row.record.get("UserCustomerID"));
        let ids = ids.chain([criteria.customer.as_str()]);
        customer_names(ctx, ids.map(str::to_owned).collect()).await?
    } else {
        BTreeMap::new()
    };
    results.customer = customer_chip(page, criteria, &path, &customers);
    let words = highlight::words(&criteria.text, screen.grammar(), ctx.blanks());
    let back = criteria.query();
    let lines = Lines {
        page,
        screen,
        sources,
        words: &words,
        customers: &customers,
        back: &back,
        columns: &results.columns,
    };
    results.lines = found.rows.iter().map(|row| lines.line(row)).collect();
    results.sources = found
        .sources
        .iter()
        .map(|status| source_chip(page, sources, status))
        .collect();
    results.building = match found.index {
        IndexState::Current => None,
        IndexState::Building { done } => Some(done),
    };
    if !found.rows.is_empty() {
        results.selecting = Selecting::new(ctx, screen, criteria, found.total);
    }
    if screen == CUSTOMERS && !found.rows.is_empty() {
        results.first_person = people::first_person_of_all(ctx, page, &found.rows).await?;
    }
    results.views = views::links(ctx, page, screen, criteria).await?;
    results.empty = emptiness(ctx, screen, criteria, &found).await?;
    if !found.rows.is_empty() || criteria.page > 1 {
        results.paging = Some(Paging::new(
            page.language,
            &path,
            criteria,
            found.total,
            (found.rows.len(), found.next.is_some()),
            u64::from(first),
        ));
    }
    Ok((StatusCode::OK, results))
}

impl Results {
    /// Whether there is something to say of a source: it does not answer, has more, or may have changed.
    pub fn any_source_down(&self) -> bool {
        self.sources.iter().any(|source| {
            source.down.is_some() || source.stale.is_some() || source.first_only.is_some()
        })
    }

    fn nothing(
        page: &Frame,
        screen: Screen,
        sources: &[SourceInfo],
        criteria: &Criteria,
        (path, chosen): (&str, &[String]),
    ) -> Self {
        let filters = [ValidFilter::Valid, ValidFilter::Invalid, ValidFilter::All];
        let chip = |valid: ValidFilter| Link {
            label: page.t(&filter_key(screen, valid)),
            href: Criteria {
                valid,
                page: 1,
                ..criteria.clone()
            }
            .address(path),
            current: criteria.valid == valid,
        };
        let named = |(field, values): &(String, Vec<String>)| {
            let words = super::changes::Words { page, sources };
            let values: Vec<String> = values
                .iter()
                .map(|value| words.value(field, value))
                .collect();
            let text = format!(
                "{}: {}",
                fields::label(page, sources, field),
                values.join(", ")
            );
            let mut without = criteria.clone();
            without.fields.retain(|(name, _)| name != field);
            without.page = 1;
            (text, without.address(path))
        };
        Self {
            screen,
            chips: if criteria.asks_validity() {
                Vec::new()
            } else {
                filters.map(chip).into()
            },
            source_chips: source_chips(page, sources, criteria, path),
            customer: customer_chip(page, criteria, path, &BTreeMap::new()),
            sources: Vec::new(),
            many_sources: sources.len() > 1,
            columns: columns(page, screen, sources, criteria, path, chosen),
            lines: Vec::new(),
            paging: None,
            mistake: None,
            remark: SyntaxMistake::remark(page, &criteria.text, screen.grammar()),
            searched: fields::searched(page, sources),
            building: None,
            empty: Empty::No,
            reset: path.to_owned(),
            criteria: criteria.fields.iter().map(named).collect(),
            first_person: None,
            selecting: None,
            views: Vec::new(),
            save_view: page.url(&criteria.address(&screen.views())),
            choose_columns: page.url(&screen.columns()),
            detail_search: page.url(&screen.detail_search()),
        }
    }
}

/// The names of customers by lower-case ID: one search for all of them.
pub async fn customer_names(
    ctx: &Ctx,
    mut ids: Vec<String>,
) -> Result<BTreeMap<String, String>, Failure> {
    ids.retain(|id| !id.is_empty());
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let search = Search {
        limit: u32::try_from(ids.len()).unwrap_or(u32::MAX),
        fields: vec![("CustomerID".into(), Criterion::OneOf(ids))],
        valid: ValidFilter::All,
        ..Search::default()
    };
    let customers = ctx
        .directory
        .search(&ctx.actor, Kind::Customer, &search)
        .await?;
    let named = |row: &kartoteka_directory::Row| {
        (
            kartoteka_model::text::lower(&row.key),
            row.record.get("CustomerCompanyName").to_owned(),
        )
    };
    Ok(customers.rows.iter().map(named).collect())
}

fn customer_chip(
    page: &Frame,
    criteria: &Criteria,
    path: &str,
    names: &BTreeMap<String, String>,
) -> Option<CustomerChip> {
    let id = criteria.customer.as_str();
    let name = names
        .get(&kartoteka_model::text::lower(id))
        .filter(|name| !name.is_empty());
    (!id.is_empty()).then(|| CustomerChip {
        name: name.map_or(id, String::as_str).to_owned(),
        href: page.url(&CUSTOMERS.record(id)),
        drop: Criteria {
            customer: String::new(),
            page: 1,
            ..criteria.clone()
        }
        .address(path),
    })
}
