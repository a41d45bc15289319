//! The list of groups, and that of services as a tree.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Error, Row, Search, ValidFilter};
use kartoteka_model::service::{SEPARATOR, branches};

use super::criteria::{Criteria, filter_key};
use super::empty::{Empty, emptiness};
use super::highlight::{self, Piece, pieces};
use super::list::{FRAGMENT, top_search};
use super::paging::Link;
use super::rows::{Mark, validity};
use super::screen::{SERVICES, Screen};
use super::syntax::SyntaxMistake;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;

/// So many names are listed: far more than there are, and few enough for one page.
const MOST: u32 = 2000;

/// A group, or a service in its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeRow {
    pub href: String,
    /// So many levels are above it in the list.
    pub depth: usize,
    /// The name of the level above, for those who don't see the indentation: `IT::`.
    pub above: String,
    pub label: Vec<Piece>,
    pub comment: String,
    pub validity: Mark,
}

impl TreeRow {
    /// Leaves the name of a service that all of the list are below out of the label.
    pub fn place_below(&mut self, service: &str) {
        if self.depth > 0 {
            return;
        }
        let above = format!("{service}{SEPARATOR}");
        let whole: String = self.label.iter().map(|piece| piece.text.as_str()).collect();
        if let Some(rest) = whole.strip_prefix(&above) {
            self.label = pieces(rest, &[]);
            self.above = above;
        }
    }
}

/// What was found, with everything around it that changes with the search.
pub struct TreeRows {
    screen: Screen,
    chips: Vec<Link>,
    lines: Vec<TreeRow>,
    /// How many there are, in words.
    count: String,
    mistake: Option<SyntaxMistake>,
    empty: Empty,
    /// Where criteria are dropped again.
    reset: String,
}

#[derive(Template)]
#[template(path = "records/tree.html")]
struct TreePage {
    page: Frame,
    found: TreeRows,
}

#[derive(Template)]
#[template(path = "records/tree_rows.html")]
struct TreeRowsPart {
    page: Frame,
    found: TreeRows,
}

/// `GET /groups`, `GET /services`.
pub async fn show(ctx: Ctx, Query(query): Query, screen: Screen) -> Outcome {
    let criteria = Criteria::parse(&query, &[], ctx.page_size());
    let page = ctx
        .frame(ctx.t(&screen.text("title")))
        .about(screen.kind.name())
        .group(ctx.t("nav-group-people"))
        .searching(top_search(&ctx, screen, &criteria));
    let page = match screen == SERVICES {
        true => page.action(
            "/default-services",
            ctx.t("ties-default-services-title"),
            None,
        ),
        false => page,
    };
    let mut page = if page.may_change(screen.kind) {
        page.action(&screen.new_record(), ctx.t(&screen.text("add")), Some("n"))
    } else {
        page
    };
    let mut found = nothing(&page, screen, &criteria);
    let search = Search {
        text: (!criteria.text.is_empty()).then(|| criteria.text.clone()),
        valid: criteria.valid,
        limit: MOST,
        ..Search::default()
    };
    let mut status = StatusCode::OK;
    match ctx.directory.search(&ctx.actor, screen.kind, &search).await {
        Ok(all) => {
            let words = highlight::words(&criteria.text, screen.grammar(), ctx.blanks());
            found.lines = tree_rows(&page, screen, &all.rows, &words.texts, &criteria.query());
            found.count = if all.rows.len() as u64 == all.total.count {
                page.count(&screen.text("count"), all.total.count)
            } else {
                page.with("records-count-limit", "limit", page.number(MOST))
            };
            found.empty = emptiness(&ctx, screen, &criteria, &all).await?;
        }
        Err(Error::Syntax(error)) => {
            found.mistake = Some(SyntaxMistake::new(&page, &criteria.text, &error));
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Err(error) => return Err(error.into()),
    }
    if ctx.wants(FRAGMENT) {
        // Half a search is usual while one types.
        return ctx.render(&TreeRowsPart { page, found });
    }
    page.search.wrong = found.mistake.is_some();
    let tree = TreePage { page, found };
    ctx.render_with(status, &tree)
}

fn nothing(page: &Frame, screen: Screen, criteria: &Criteria) -> TreeRows {
    let path = page.url(&screen.list());
    let chip = |valid: ValidFilter| Link {
        label: page.t(&filter_key(screen, valid)),
        href: Criteria {
            valid,
            ..criteria.clone()
        }
        .address(&path),
        current: criteria.valid == valid,
    };
    TreeRows {
        screen,
        chips: [ValidFilter::Valid, ValidFilter::Invalid, ValidFilter::All]
            .map(chip)
            .into(),
        lines: Vec::new(),
        count: String::new(),
        mistake: None,
        empty: Empty::No,
        reset: path,
    }
}

/// The rows of a list as the page shows them.
pub fn tree_rows(
    page: &Frame,
    screen: Screen,
    rows: &[Row],
    words: &[String],
    back: &str,
) -> Vec<TreeRow> {
    let keys = rows.iter().map(|row| row.key.as_str());
    let places: Vec<(usize, String)> = if screen == SERVICES {
        branches(keys)
            .into_iter()
            .map(|branch| (branch.depth, branch.label))
            .collect()
    } else {
        keys.map(|key| (0, key.to_owned())).collect()
    };
    let tree_row = |(row, (depth, label)): (&Row, (usize, String))| {
        let href = page.url(&screen.record(&row.key));
        TreeRow {
            href: if back.is_empty() {
                href
            } else {
                format!("{href}?{back}")
            },
            above: row.key.strip_suffix(&label).unwrap_or_default().to_owned(),
            depth,
            label: pieces(&label, words),
            comment: row.record.get("Comment").to_owned(),
            validity: validity(page, row.record.get("ValidID")),
        }
    };
    rows.iter().zip(places).map(tree_row).collect()
}
